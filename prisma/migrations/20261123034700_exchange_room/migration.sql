-- Other goods are given in the place of payments, as store credit is, and take room from them.
ALTER TABLE "refunds"
  DROP CONSTRAINT "refunds_destination_known",
  ADD CONSTRAINT "refunds_destination_known" CHECK (destination IN ('payment', 'store_credit', 'credit_memo', 'exchange', 'chargeback', 'offset', 'nowhere')
    AND (destination IN ('store_credit', 'exchange') OR (destination IN ('payment', 'chargeback')) = (payment IS NOT NULL)));
