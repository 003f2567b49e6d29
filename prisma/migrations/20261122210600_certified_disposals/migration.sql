-- Goods of many returns that are donated, recycled or destroyed together, and what the organisation certified of them.
CREATE TABLE "certificates" (
    "number" TEXT NOT NULL,
    "kind" TEXT,
    "certificate" TEXT,
    "issued_on" DATE,
    "handed_over_by" TEXT NOT NULL,
    "handed_over_grams" BIGINT,
    "weight_grams" BIGINT,
    "materials" JSONB NOT NULL,
    "material_grams" BIGINT,
    "residue_grams" BIGINT,
    "mass_basis_points" INTEGER NOT NULL,
    "value" BIGINT,
    "charge" BIGINT,
    "proceeds" BIGINT,
    "method" TEXT,
    "duty_claimed" BOOLEAN NOT NULL,
    "witnesses" JSONB NOT NULL,

    CONSTRAINT "certificates_pkey" PRIMARY KEY ("number")
);

-- AddForeignKey
ALTER TABLE "certificates" ADD CONSTRAINT "certificates_number_fkey" FOREIGN KEY ("number") REFERENCES "executions"("number") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "certificates"
  ADD CONSTRAINT "certificates_kind_known" CHECK (kind IN ('donation', 'recycling', 'destruction')),
  ADD CONSTRAINT "certificates_whole" CHECK (
    num_nulls(kind, certificate, issued_on, charge, proceeds) IN (0, 5)
    AND (kind IS NOT DISTINCT FROM 'recycling') = (material_grams IS NOT NULL)
    AND (kind IS NOT DISTINCT FROM 'recycling') = (residue_grams IS NOT NULL)
    AND (kind IS DISTINCT FROM 'recycling' OR weight_grams IS NOT NULL)
    AND (kind IS NOT DISTINCT FROM 'donation') = (value IS NOT NULL)
    AND (kind IS NOT DISTINCT FROM 'destruction') = (method IS NOT NULL)),
  ADD CONSTRAINT "certificates_figures" CHECK (
    handed_over_grams > 0 AND weight_grams > 0 AND material_grams >= 0 AND residue_grams >= 0
    AND value >= 0 AND charge >= 0 AND proceeds >= 0 AND mass_basis_points BETWEEN 0 AND 10000),
  -- What goes into recycling comes out of it, as materials or residue.
  ADD CONSTRAINT "certificates_mass_kept" CHECK (
    abs(weight_grams - material_grams - residue_grams)::numeric * 10000 <= weight_grams::numeric * mass_basis_points),
  -- Who hands goods over doesn't witness their destruction.
  ADD CONSTRAINT "certificates_witness_another" CHECK (
    NOT witnesses @> jsonb_build_array(jsonb_build_object('by', handed_over_by)));

ALTER TABLE "executions"
  DROP CONSTRAINT "executions_kind_known",
  ADD CONSTRAINT "executions_kind_known" CHECK (kind IN ('vendor_return', 'liquidation', 'certified_disposal')),
  DROP CONSTRAINT "executions_status_known",
  ADD CONSTRAINT "executions_status_known" CHECK (status IN ('requested', 'authorized', 'shipped', 'disputed', 'open', 'sold', 'handed_over', 'ending', 'closed'));

ALTER TABLE "money_entries"
  DROP CONSTRAINT "money_entries_accounts_known",
  ADD CONSTRAINT "money_entries_accounts_known" CHECK (
    debit IN ('returns', 'tax', 'payable_to_customer', 'receivable_from_customer', 'store_credit_liability', 'accounts_receivable', 'cash_clearing', 'chargebacks', 'restocking_fees', 'shipping_fees', 'diminished_value', 'inventory_at_cost', 'cost_of_returns', 'fixed_assets', 'asset_disposals', 'carrier_costs', 'carrier_payable', 'carrier_receivable', 'vendor_receivable', 'vendor_credit', 'liquidator_receivable', 'liquidator_payable', 'liquidation_sales', 'liquidation_costs', 'disposal_costs', 'disposal_payable', 'recovery', 'write_off', 'goodwill', 'external_collection') AND
    credit IN ('returns', 'tax', 'payable_to_customer', 'receivable_from_customer', 'store_credit_liability', 'accounts_receivable', 'cash_clearing', 'chargebacks', 'restocking_fees', 'shipping_fees', 'diminished_value', 'inventory_at_cost', 'cost_of_returns', 'fixed_assets', 'asset_disposals', 'carrier_costs', 'carrier_payable', 'carrier_receivable', 'vendor_receivable', 'vendor_credit', 'liquidator_receivable', 'liquidator_payable', 'liquidation_sales', 'liquidation_costs', 'disposal_costs', 'disposal_payable', 'recovery', 'write_off', 'goodwill', 'external_collection'));
