const whole = '73MN-Q9TX-0';

const bulk = (rma = whole, lines = 1) =>
  `INSERT INTO bulk_returns (rma, order_id, program, instrument, facility, lines, units, worth, currency, command_id, file_sha256, requested_by)
     SELECT '${rma}', id, 'business', 'credit_memo', 'RC-1', ${lines}, 1, 0, currency, 'c', 'x', 'key' FROM orders`;
const section = `${bulk()}; INSERT INTO bulk_sections VALUES ('${whole}.01', '${whole}', '{}')`;
const row = (at: string, quantity: number) =>
  `${section}; INSERT INTO bulk_rows VALUES ('${at}', 1, '${whole}.01', 'L1', 'O-1:1', 'S', NULL, ${quantity}, 'defective')`;
const delivery = (units: number) =>
  `${section}; INSERT INTO bulk_deliveries (whole, delivery, last, units, file_sha256, received_by) VALUES ('${whole}', 'D', true, ${units}, 'x', 'key')`;
const share = (of: string, quantity: number) =>
  `${delivery(1)}; INSERT INTO bulk_delivery_shares VALUES ('${whole}', 'D', 1, 1, '${of}', NULL, 'S', NULL, ${quantity}, false)`;
const part = (rma: string, amount: number, memo = 'NULL, NULL') =>
  `${bulk()}; INSERT INTO credit_memo_parts VALUES ('r', '${whole}', '${rma}', 'S1', 'S1-1', ${amount}, 'EUR', now(), ${memo})`;
const memo = (amount: number) =>
  `INSERT INTO credit_memos SELECT 'main', 1, 'm', '${whole}', 'S1', id, ${amount}, currency FROM orders`;
const dispute = (columns: string, values: string, number = 1) =>
  `${memo(5)}; INSERT INTO credit_memo_disputes (legal_entity, number, dispute, command_id, rma, line, note, opened_by, ${columns})
     VALUES ('main', 1, ${number}, 'c', 'R-1', 'L1', 'n', 'key', ${values})`;

/** Statements that break one rule each of bulk returns and their credit memos, on a database with one return. */
export const bulkBreaches: Readonly<Record<string, string>> = {
  bulk_returns_number_form: bulk('X'),
  bulk_returns_counts_positive: bulk(whole, 0),
  bulk_sections_number_of_whole: `${bulk()}; INSERT INTO bulk_sections VALUES ('73MN-Q9TX-1.01', '${whole}', '{}')`,
  bulk_rows_quantity_positive: row(whole, 0),
  bulk_rows_section_of_whole: row('73MN-Q9TX-1', 1),
  bulk_rows_append_only: 'UPDATE bulk_rows SET quantity = 9',
  bulk_deliveries_units_not_negative: delivery(-1),
  bulk_delivery_shares_quantity_positive: share(`${whole}.01`, 0),
  bulk_delivery_shares_section_of_whole: share('73MN-Q9TX-1.01', 1),
  bulk_delivery_shares_append_only: 'DELETE FROM bulk_delivery_shares',
  credit_memo_parts_amount: part(`${whole}.01`, 0),
  credit_memo_parts_memo_whole: part(`${whole}.01`, 1, `'main', NULL`),
  credit_memo_parts_section_of_whole: part('73MN-Q9TX-1.01', 1),
  credit_memo_parts_once: `${part(`${whole}.01`, 5)}; ${memo(5)}; UPDATE credit_memo_parts SET legal_entity = 'main', number = 1;
    UPDATE credit_memo_parts SET legal_entity = NULL, number = NULL`,
  credit_memos_sum_of_parts: `${part(`${whole}.01`, 5)}; ${memo(6)}; UPDATE credit_memo_parts SET legal_entity = 'main', number = 1;
    SET CONSTRAINTS ALL IMMEDIATE`,
  credit_memo_disputes_about_known: dispute('about', `'taste'`),
  credit_memo_disputes_state_known: dispute(
    'about, state, answered_at, answered_by, answer_note',
    `'price', 'lost', now(), 'k', 'n'`,
  ),
  credit_memo_disputes_number_bounded: dispute('about', `'price'`, 1_001),
  credit_memo_disputes_answered_whole: dispute('about, state', `'price', 'upheld'`),
  credit_memo_disputes_figures: dispute('about, claimed_quantity', `'quantity', 0`),
};
