import pg from 'pg';
import { expect, test } from 'vitest';
import { asNew } from '../domain/sale.ts';
import { bulkBreaches } from './bulk-breaches.ts';
import { checkBreaches } from './check-breaches.ts';
import { arrive } from './life.ts';
import { loanBreaches } from './loan-breaches.ts';
import { lotBreaches } from './lot-breaches.ts';
import { networkBreaches } from './network-breaches.ts';
import { aRequest, DrivenReturn } from './process.ts';
import { rebalanceBreaches } from './rebalance-breaches.ts';
import { recall, recallBreaches } from './recall-breaches.ts';
import { aSale } from './sale.ts';
import { transferBreaches } from './transfer-breaches.ts';
import { tripBreaches } from './trip-breaches.ts';
import { aJournal, type World } from './world.ts';

/** Statements that break one rule each, on a database with one return whose goods were inspected and refunded, and one unexpected parcel. */
const breaches: Readonly<Record<string, string>> = {
  orders_kind_known: `UPDATE orders SET kind = 'gift'`,
  orders_agreement_has_dates: `UPDATE orders SET kind = 'agreement', valid_from = now(), valid_until = now()`,
  order_lines_credits_whole: `UPDATE order_lines SET credit_b = 1`,
  order_lines_credits_falling: offered('1', '2'),
  order_lines_credits_are_the_price: offered('2', '1'),
  order_lines_credits_of_offers: `UPDATE order_lines SET credit_a = 0, credit_b = 0, credit_c = 0, credit_d = 0`,
  order_lines_book_value_amount: asset('-1', '1'),
  order_lines_asset_single: asset('1', '2'),
  order_lines_book_values_of_assets: `UPDATE order_lines SET book_value = 0`,
  credit_memos_amount: `INSERT INTO credit_memos SELECT 'main', 1, 'r', 'X', 'S1', id, 0, currency FROM orders`,
  credit_memos_gapless: `INSERT INTO credit_memos SELECT 'main', 2, 'r', 'X', 'S1', id, 1, currency FROM orders`,
  credit_memos_append_only: 'DELETE FROM credit_memos',
  photos_number_bounded: `INSERT INTO photos SELECT rma, 1001, 'P1', 'image/png', 'x', encode(sha256('x'), 'hex'), 'key' FROM returns`,
  photos_number_not_erased: `INSERT INTO erased_photos SELECT rma, 1, 'key' FROM returns;
    INSERT INTO photos SELECT rma, 1, 'P1', 'image/png', 'x', encode(sha256('x'), 'hex'), 'key' FROM returns`,
  photos_content_type_known: `INSERT INTO photos SELECT rma, 1, 'P1', 'image/svg+xml', 'x', encode(sha256('x'), 'hex'), 'key' FROM returns`,
  photos_bytes_bounded: `INSERT INTO photos SELECT rma, 1, 'P1', 'image/png', '', encode(sha256(''), 'hex'), 'key' FROM returns`,
  photos_sha256_of_bytes: `INSERT INTO photos SELECT rma, 1, 'P1', 'image/png', 'x', 'y', 'key' FROM returns`,
  facilities_capabilities_named: `UPDATE facilities SET capabilities = '{""}'`,
  buyers_group_named: `UPDATE buyers SET buyer_group = ''`,
  orders_currency_iso: `INSERT INTO orders (id, channel, currency, country, placed_at) VALUES ('X', 'web', 'eur', 'DE', now())`,
  orders_country_iso: `UPDATE orders SET country = 'de'`,
  orders_shipping_charged_amount: 'UPDATE orders SET shipping_charged = -1',
  orders_policy_whole: `UPDATE orders SET policy_id = 'plain'`,
  order_lines_number_positive: 'UPDATE order_lines SET number = 0',
  order_lines_quantity_positive: `INSERT INTO order_lines (id, order_id, number, sku, title, category, quantity, price) VALUES ('X', 'O-1', 9, 'S', 'T', 'C', 0, 0)`,
  order_lines_fulfilled_within_quantity: `INSERT INTO fulfilments (id, order_line_id, quantity) VALUES ('X', 'O-1:1', 1)`,
  order_lines_price_amount: 'UPDATE order_lines SET price = 9007199254740992',
  order_lines_discount_within_price: 'UPDATE order_lines SET discount = price + 1',
  order_lines_promotions_within_discount: `UPDATE order_lines SET promotions = '[{"promotion": "P", "off": 1}]'`,
  kits_quantity_positive: kit('0', '0'),
  kits_add_up: kit('1', '5'),
  order_lines_add_up_to_kits: `INSERT INTO kits SELECT 'K', id, 7, 'KIT', 'Kit', 1, 0 FROM orders;
    UPDATE order_lines SET kit_part = 1, kit_id = 'K', kit_units = 1; SET CONSTRAINTS order_lines_add_up_to_kits IMMEDIATE`,
  order_lines_part_of_a_kit: 'UPDATE order_lines SET kit_part = 1',
  order_lines_kit_id_order_id_fkey: `UPDATE order_lines SET kit_part = 1, kit_id = 'X', kit_units = 1`,
  settlements_others_counted: 'UPDATE settlements SET others = -1',
  settlements_count_in_others: `UPDATE order_lines SET discount = 1, promotions = '[{"promotion": "P", "off": 1}]';
    INSERT INTO settlements (rma, settlement, total, shipping_fee, instrument, others) SELECT rma, 'S9', 1, 0, 'original', 1 FROM returns`,
  order_lines_tax_amount: 'UPDATE order_lines SET tax = -1',
  order_lines_unit_cost_amount: 'UPDATE order_lines SET unit_cost = -1',
  order_lines_unit_weight_not_negative: 'UPDATE order_lines SET unit_weight_grams = -1',
  fulfilments_quantity_positive: `INSERT INTO fulfilments (id, order_line_id, quantity) VALUES ('X', 'O-1:1', 0)`,
  payments_provider_known: `UPDATE payments SET provider = 'cash'`,
  payments_captured_amount: 'UPDATE payments SET captured = -1, refunded = 0',
  payments_refunded_within_captured: 'UPDATE payments SET refunded = captured + 1',
  payments_credited_within_captured: 'UPDATE payments SET credited = captured',
  store_credits_cause_known: storeCredit('cause', `'luck'`),
  store_credits_of_returns: storeCredit('cause', `'return'`),
  store_credits_issued_amount: storeCredit('issued', '0'),
  store_credits_balance_never_negative: storeCredit('balance', '-1'),
  store_credits_unspent: storeCredit('unspent', '1'),
  store_credit_redemptions_amounts: `${storeCredit('cause', `'goodwill'`)};
    INSERT INTO store_credit_redemptions VALUES ('SC-X', 'R1', 'O-1', 'ref', 1, 2, false)`,
  payments_charged_back_within_captured: 'UPDATE payments SET charged_back = captured + 1',
  payments_settled_by_chargeback_within: 'UPDATE payments SET settled_by_chargeback = 1',
  payments_settled_by_chargeback_captured: 'UPDATE payments SET settled_by_chargeback = -1',
  payments_refunded_beside_charged_back:
    'UPDATE payments SET charged_back = captured; UPDATE payments SET refunded = refunded + 1',
  card_charges_state_known: charge('state', `'maybe'`).replace(`'pi_1'`, 'NULL'),
  card_charges_amount: charge('amount', '0'),
  card_charges_known_once_made: charge('provider_id', 'NULL'),
  payment_holds_state_known: hold('state', `'kept'`),
  payment_holds_amount: hold('amount', '0'),
  payment_holds_taken_within: hold('taken', '3'),
  payment_holds_taken_while_taken: hold('state', `'released'`),
  payment_holds_known_while_held: hold('provider_id', 'NULL'),
  clawbacks_cause_known: clawback('cause', `'spite'`),
  clawbacks_state_known: clawback('outstanding', '0').replace(`'open'`, `'forgotten'`),
  clawbacks_total_amount: clawback('total', '-1'),
  clawbacks_within_total: clawback('paid', '1'),
  clawbacks_open_while_outstanding: clawback('state', `'paid'`),
  exchanges_kind_known: exchange('kind', `'swap'`),
  exchanges_state_known: exchange('state', `'gone'`),
  exchanges_stock_known: exchange('stock', `'somewhere'`),
  exchanges_amounts: exchange('paid', '3'),
  exchanges_due_while_asked: exchange('due', '1'),
  exchanges_ready_only_reserved: exchange('state', `'ready'`),
  warranties_cover_some_time: `INSERT INTO warranties SELECT rma, 'O-1:1', 'N', NULL, now(), now() FROM returns`,
  warranties_replace_another: `INSERT INTO warranties SELECT rma, 'O-1:1', 'N', 'N', now(), now() + interval '1 day' FROM returns`,
  warranties_repair_the_unit_itself: `INSERT INTO warranties SELECT rma, 'O-1:1', 'N', 'S-1', now(), now() + interval '1 day', true FROM returns`,
  stock_levels_reserved_within: `INSERT INTO stock_levels (facility, sku, on_hand, reserved) SELECT id, 'MUG', 1, 2 FROM facilities`,
  stock_reservations_state_known: `INSERT INTO stock_reservations (reference, state) VALUES ('R', 'hoped')`,
  disputes_status_known: `INSERT INTO disputes SELECT 'dp_1', id, 'hoped', 1, now() FROM payments`,
  disputes_amount: `INSERT INTO disputes SELECT 'dp_1', id, 'open', -1, now() FROM payments`,
  policies_version_positive: `INSERT INTO policies SELECT id, 0, program, document || '{"version": 0}', now() FROM policies`,
  policies_document_is_the_version: `INSERT INTO policies SELECT id, 2, program, document, now() FROM policies`,
  policy_drafts_revision_positive: `INSERT INTO policy_drafts SELECT id, program, document, version, 0, 'key' FROM policies`,
  policy_drafts_document_is_the_draft: `INSERT INTO policy_drafts SELECT 'other', program, document, version, 1, 'key' FROM policies`,
  fulfilments_parcel_of_one_order: `INSERT INTO orders (id, channel, currency, country, placed_at) VALUES ('X', 'web', 'EUR', 'DE', now());
    INSERT INTO shipments (tracking, order_id, carrier) VALUES ('EZ9', 'X', 'UPS'); UPDATE fulfilments SET tracking = 'EZ9'`,
  deliveries_status_known: delivery('status', `'forgotten'`),
  deliveries_reason_known: delivery('reason', `'bored'`),
  deliveries_remedy_known: delivery('remedy', `'both'`),
  deliveries_outcome_known: delivery(`status = 'closed', closed_at = now(), outcome`, `'eaten'`),
  deliveries_closed_with_outcome: delivery('outcome', `'delivered'`),
  deliveries_attempts_counted: delivery('attempts', '-1'),
  deliveries_version_positive: delivery('version', '0'),
  returns_program_known: `UPDATE returns SET program = 'gift'`,
  returns_method_known: `UPDATE returns SET method = 'pigeon'`,
  returns_instrument_known: `UPDATE returns SET instrument = 'cash'`,
  returns_goods_known: `UPDATE returns SET goods = 'elsewhere'`,
  returns_money_known: `UPDATE returns SET money = 'some'`,
  returns_outcome_known: `UPDATE returns SET outcome = 'forgotten'`,
  returns_quoted_amount: 'UPDATE returns SET quoted = -1',
  returns_settled_amount: 'UPDATE returns SET settled = -1',
  returns_version_positive: 'UPDATE returns SET version = 0',
  return_lines_verdict_known: `UPDATE return_lines SET verdict = 'maybe'`,
  return_lines_quantities_not_negative: 'UPDATE return_lines SET cancelled = -1, kept = 1',
  return_lines_quantities_conserved: 'UPDATE return_lines SET received = received - 1',
  return_items_quantity_positive: 'UPDATE return_items SET quantity = 0',
  return_items_stage_known: `UPDATE return_items SET stage = 'gone'`,
  return_items_location_of_put_away: `UPDATE return_items SET location = 'A-01'`,
  return_items_vetoes_known: `UPDATE return_items SET vetoes = '{ugly}'`,
  return_items_wiped_before_they_leave: `UPDATE return_items SET vetoes = '{data_not_wiped}', stage = 'disposed', disposition = 'liquidate'`,
  return_items_grade_known: `UPDATE return_items SET grade = 'E'`,
  return_items_acceptance_known: `UPDATE return_items SET acceptance = 'perhaps'`,
  parcels_method_known: `UPDATE parcels SET method = 'pigeon'`,
  parcels_label_known: `UPDATE parcels SET label_state = 'torn'`,
  parcels_claim_known: `UPDATE parcels SET claim = 'dreamt'`,
  claims_kind_known: claim(`'stolen', 'opened', 1, NULL`),
  claims_state_known: claim(`'lost', 'hoped', 1, NULL`),
  claims_amount_amount: claim(`'lost', 'opened', -1, NULL`),
  claims_paid_whole: claim(`'lost', 'paid', 1, NULL`),
  pickups_state_known: `INSERT INTO pickups VALUES ('R-1', 'K1', 'P1', 'late', NULL, now(), now())`,
  pickups_window_forward: `INSERT INTO pickups VALUES ('R-1', 'K1', 'P1', 'wanted', NULL, now(), now() - interval '1 hour')`,
  inspections_quantity_positive: 'UPDATE inspections SET quantity = 0',
  inspections_grade_known: `UPDATE inspections SET grade = 'E'`,
  settlements_total_amount: 'UPDATE settlements SET total = -1',
  settlements_shipping_fee_amount: 'UPDATE settlements SET shipping_fee = -1',
  settlements_instrument_known: `UPDATE settlements SET instrument = 'cash'`,
  refunds_amount_positive: 'UPDATE refunds SET amount = 0',
  refunds_destination_known: 'UPDATE refunds SET payment = NULL',
  refunds_state_known: `UPDATE refunds SET state = 'hoped'`,
  attention_of_process_whole: `INSERT INTO attention (id, rma, attention, reason, subject, raised_at) VALUES ('X', 'R-1', 'A1', 'review', 'L1', now())`,
  return_items_recovered_within_cost: 'UPDATE return_items SET recovered = cost + 1',
  return_items_added_amount: 'UPDATE return_items SET added = -1',
  return_items_refurbished_count: 'UPDATE return_items SET refurbished = -1',
  executions_work_whole: 'UPDATE executions SET budget = 1, spent = 1',
  execution_items_units_done: 'UPDATE execution_items SET mended = quantity, beyond_repair = 1, given_up = 0',
  executions_kind_known: `UPDATE executions SET kind = 'gift'`,
  executions_party_known: 'UPDATE executions SET party = NULL',
  executions_status_known: `UPDATE executions SET status = 'asleep'`,
  executions_outcome_known: `UPDATE executions SET outcome = 'forgotten'`,
  executions_expected_amount: 'UPDATE executions SET expected = 9007199254740992',
  executions_received_within_expected: 'UPDATE executions SET received = expected + 1',
  executions_version_positive: 'UPDATE executions SET version = 0',
  execution_items_quantity_positive: 'UPDATE execution_items SET quantity = 0',
  execution_items_state_known: `UPDATE execution_items SET state = 'lost'`,
  execution_items_received_within_cost: 'UPDATE execution_items SET received = expected + 1',
  execution_items_open_once: `INSERT INTO execution_items VALUES ('VR-2', 'R-1', 'P1-1', 'MUG-1', 2, NULL, 'A', 0, 0, 0, 'held', NULL)`,
  certificates_kind_known: `UPDATE certificates SET kind = 'praise', material_grams = NULL, residue_grams = NULL`,
  certificates_whole: 'UPDATE certificates SET certificate = NULL',
  certificates_figures: 'UPDATE certificates SET charge = -1',
  certificates_mass_kept: 'UPDATE certificates SET residue_grams = 99',
  certificates_witness_another: `UPDATE certificates SET witnesses = '[{"role": "witness", "by": "key", "reference": null}]'`,
  attention_reason_a_code: `INSERT INTO attention (id, reason, subject, raised_at) VALUES ('X', 'Who knows', 'L1', now())`,
  attention_resolved_whole: `INSERT INTO attention (id, reason, subject, raised_at, resolved_at) VALUES ('X', 'review', 'L1', now(), now())`,
  journal_version_positive: `INSERT INTO journal VALUES ('return:X', 0, 'c', now(), 'x', 'sync', '[]')`,
  journal_events_array: `INSERT INTO journal VALUES ('return:X', 1, 'c', now(), 'x', 'sync', '{}')`,
  journal_pkey: `INSERT INTO journal VALUES ('return:R-1', 1, 'new', now(), 'x', 'sync', '[]')`,
  journal_process_command_id_key: `INSERT INTO journal VALUES ('return:R-1', 99, 'c1', now(), 'x', 'sync', '[]')`,
  journal_append_only: `UPDATE journal SET by = 'x'`,
  stock_entries_quantity_positive: stock('quantity', '0'),
  stock_entries_accounts_differ: stock('to_account', `'customer'`),
  stock_entries_accounts_known: stock('to_account', `'attic'`),
  stock_entries_location_of_put_away: stock('location', `'A-01'`),
  stock_entries_put_away_once: putAway('X', 'P9-1') + putAway('Y', 'P9-1'),
  stock_entries_none_stopped: `${recall()}; INSERT INTO stop_sales (recall, sku, lot, mock) VALUES ('RC', 'S', NULL, false);
    ${putAway('X', 'P9-1')}`,
  stock_entries_owner_known: stock('owner', `'vendor'`),
  stock_entries_sell_what_is_ours: stock('owner', `'customer'`, { to_account: `'sellable'` }),
  stock_entries_pkey: `INSERT INTO stock_entries SELECT * FROM stock_entries`,
  stock_entries_append_only: 'DELETE FROM stock_entries',
  money_entries_amount_positive: money('amount', '0'),
  money_entries_accounts_differ: money('debit', `'returns'`),
  money_entries_accounts_known: money('debit', `'mattress'`),
  money_entries_pkey: `INSERT INTO money_entries SELECT * FROM money_entries`,
  money_entries_append_only: 'UPDATE money_entries SET amount = 1',
  policies_append_only: `UPDATE policies SET effective_from = now()`,
  unit_holds_no_unit_twice: `INSERT INTO unit_holds VALUES ('R-2', 'L1', 'O-1:1', '{[1,3)}', '{}')`,
  unit_holds_pending_within_units: `UPDATE unit_holds SET pending = '{[2,3)}'`,
  unit_holds_units_from_zero: `UPDATE unit_holds SET units = '{[-1,2)}'`,
  unit_holds_within_fulfilled: `INSERT INTO unit_holds VALUES ('R-2', 'L1', 'O-1:1', '{[3,4)}', '{}')`,
  unit_holds_widened_within_fulfilled: `UPDATE unit_holds SET units = '{[0,4)}'`,
  order_lines_fulfilled_covers_holds: `DELETE FROM fulfilments`,
  intents_kind_known: `INSERT INTO intents (reference, kind, process) VALUES ('X', 'prayer', 'x')`,
  intents_attempts_positive: `INSERT INTO intents (reference, kind, process, attempts) VALUES ('X', 'label', 'x', 0)`,
  intents_reference_plain: `INSERT INTO intents (reference, kind, process) VALUES ('a b', 'label', 'x')`,
  intents_pkey: `INSERT INTO intents (reference, kind, process) VALUES ('X', 'label', 'x'), ('X', 'label', 'x')`,
  refunds_pkey: `INSERT INTO refunds SELECT * FROM refunds`,
  inbox_provider_event_id_key: `INSERT INTO inbox (provider, event_id, payload) VALUES ('stripe', 'e', '{}'), ('stripe', 'e', '{}')`,
  payments_of_known_orders: `INSERT INTO orders (id, kind, channel, currency, country, placed_at) VALUES ('WR', 'without_receipt', 'store', 'EUR', 'DE', now());
    INSERT INTO payments (id, order_id, provider_payment_id, currency, captured) VALUES ('X', 'WR', 'X', 'EUR', 1)`,
  payments_provider_provider_payment_id_key: `INSERT INTO payments (id, order_id, provider_payment_id, currency, captured) VALUES ('X', 'O-1', 'pi_O-1_1', 'EUR', 1)`,
  payments_order_id_currency_fkey: `INSERT INTO payments (id, order_id, provider_payment_id, currency, captured) VALUES ('X', 'O-1', 'X', 'USD', 1)`,
  returns_order_id_currency_fkey: `UPDATE returns SET currency = 'USD'`,
  receipts_number_form: `INSERT INTO receipts (receipt, facility, units, units_left, received_at, received_by, version) VALUES ('X', 'RC-1', 1, 1, now(), 'k', 1)`,
  receipts_units_left_within_units: 'UPDATE receipts SET units_left = units + 1',
  receipts_version_positive: 'UPDATE receipts SET version = 0',
  receipt_lines_quantity_positive: `INSERT INTO receipt_lines VALUES ('U-7K3M-Q9TX-1', 'R9', 'S', 0, NULL, '{}', false)`,
  receipt_lines_serials_within_quantity: `INSERT INTO receipt_lines VALUES ('U-7K3M-Q9TX-1', 'R9', 'S', 1, NULL, '{A,B}', false)`,
  receipt_lines_append_only: 'UPDATE receipt_lines SET quantity = 9',
  receipt_shares_quantity_positive: share('0', `'R-1', 'c', NULL, NULL`),
  receipt_shares_one_way: share('1', `'R-1', 'c', 'destroy', 'CERT-1'`),
  receipt_shares_disposition_known: share('1', `NULL, NULL, 'restock', 'BIN-1'`),
  receipt_shares_within_counted: share('4', `'R-1', 'c', NULL, NULL`),
  receipt_shares_append_only: 'DELETE FROM receipt_shares',
  ...bulkBreaches,
  ...loanBreaches,
  ...lotBreaches,
  ...networkBreaches,
  ...tripBreaches,
  ...rebalanceBreaches,
  ...recallBreaches,
  ...transferBreaches,
  ...checkBreaches,
  api_keys_role_known: `INSERT INTO api_keys (id, name, hash, role) VALUES ('X', 'x', repeat('a', 64), 'king')`,
  api_keys_hash_hex: `INSERT INTO api_keys (id, name, hash, role) VALUES ('X', 'x', 'secret', 'admin')`,
};

/** A parcel that went wrong, with one thing said of it that can't be. */
function delivery(column: string, value: string): string {
  return `INSERT INTO shipments (tracking, order_id, carrier) SELECT 'EZ8', id, 'UPS' FROM orders LIMIT 1;
    INSERT INTO deliveries (tracking, order_id, carrier, status, attempts, opened_at, version) VALUES ('EZ8', 'O-1', 'UPS', 'contacting', 0, now(), 1);
    UPDATE deliveries SET ${column} = ${value}`;
}

/** Triggers that refuse nothing, but keep what follows from other rows. */
const keeping = [
  ...['fulfilments_counted', 'fulfilments_traced', 'fulfilments_traced_again', 'fulfilments_untraced'],
  'order_lines_traced',
  'executions_party_known',
  'recall_positions_counted',
  'recall_positions_beyond',
  'recall_passed_on_counted',
];

/** Triggers report under their rule's name; a second trigger of the same rule has a name of its own. */
const reportedAs: Readonly<Record<string, string>> = {
  unit_holds_widened_within_fulfilled: 'unit_holds_within_fulfilled',
  order_lines_add_up_to_kits: 'kits_add_up',
};

async function aRefundedReturn(): Promise<World> {
  const world = await aJournal(2);
  await aSale(world.pool);
  const one = new DrivenReturn(world.journal, 'R-1');
  await one.request(aRequest('O-1', 2));
  await arrive(one, 2);
  await one.send({ type: 'inspect', item: 'P1-1', findings: [{ quantity: 2, facts: asNew }] });
  await world.pool.query(`INSERT INTO receipts (receipt, facility, serials, units, units_left, received_at, received_by, version)
    VALUES ('U-7K3M-Q9TX-1', 'RC-1', '{}', 3, 3, now(), 'key', 1)`);
  await world.pool.query(`INSERT INTO receipt_lines VALUES ('U-7K3M-Q9TX-1', 'R1', 'MUG-1', 3, NULL, '{}', false)`);
  await world.pool.query(`INSERT INTO executions
    SELECT number, 'vendor_return', 'return_to_vendor', 'ACME', 'RC-1', 'EUR', 'requested', NULL, NULL, 0, 0, 0, now(), NULL, NULL, NULL, 1
    FROM unnest('{VR-1,VR-2}'::text[]) AS number`);
  await world.pool.query(
    `INSERT INTO execution_items VALUES ('VR-1', 'R-1', 'P1-1', 'MUG-1', 2, NULL, 'A', 0, 0, 0, 'held', NULL)`,
  );
  await world.pool.query(`INSERT INTO certificates
    VALUES ('VR-1', 'recycling', 'C-1', '2026-03-01', 'key', 1000, 1000, '[]', 900, 100, 0, NULL, 0, 0, NULL, false, '[]')`);
  return world;
}

test('each rule of the database bites', async () => {
  const { pool } = await aRefundedReturn();
  for (const [rule, sql] of Object.entries(breaches)) {
    const client = await pool.connect();
    await client.query('BEGIN');
    const answer = await client.query(sql).then(
      () => `nothing refused: ${sql}`,
      (error: unknown) => (error instanceof pg.DatabaseError ? (error.constraint ?? error.message) : String(error)),
    );
    await client.query('ROLLBACK');
    client.release();
    expect.soft(answer, sql).toBe(reportedAs[rule] ?? rule);
  }
});

test('every check, exclusion and guarding trigger is among those tried', async () => {
  const { pool } = await aJournal(2);
  const { rows } = await pool.query<{ name: string }>(
    `SELECT conname AS name FROM pg_constraint WHERE contype IN ('c', 'x') AND connamespace = 'public'::regnamespace
     UNION ALL
     SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgname <> ALL ($1)`,
    [keeping],
  );
  const tried = new Set(Object.keys(breaches));
  expect(rows.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual([]);
});

/** Units that leave a receipt, with where they go. */
function share(quantity: string, where: string): string {
  return `INSERT INTO receipt_shares VALUES ('U-7K3M-Q9TX-1', 'R1', 2, 0, ${quantity}, '{}', ${where})`;
}

/** A claim with its kind, state, amount and what was paid. */
function claim(columns: string): string {
  return `INSERT INTO claims VALUES ('R-1', 'P1', 'P1', ${columns}, NULL)`;
}

/** A kit without components, looked at before the transaction ends. */
function kit(quantity: string, price: string): string {
  return `SET CONSTRAINTS ALL IMMEDIATE; INSERT INTO kits (id, order_id, number, sku, title, quantity, price)
    VALUES ('K', 'O-1', 7, 'KIT', 'Kit', ${quantity}, ${price})`;
}

/** A store credit that is right but for one column. */
function storeCredit(column: string, wrong: string): string {
  const row: Record<string, string> = { cause: `'gift_card'`, issued: '2', balance: '2', [column]: wrong };
  return `INSERT INTO store_credits (credit, currency, closed, issued_at, issued_by, version, ${Object.keys(row).join(', ')})
    VALUES ('SC-X', 'EUR', false, now(), 'key', 1, ${Object.values(row).join(', ')})`;
}

/** An exchange that is right but for one column. */
function exchange(column: string, wrong: string): string {
  const row: Record<string, string> = {
    kind: `'exchange'`,
    state: `'wanted'`,
    stock: `'wanted'`,
    price: '2',
    due: '0',
    paid: '0',
    [column]: wrong,
  };
  return `INSERT INTO exchanges (rma, exchange, goods, to_ship, serials, ${Object.keys(row).join(', ')})
    SELECT rma, 'X1', '[]', '[]', '[]', ${Object.values(row).join(', ')} FROM returns`;
}

/** A charge that was made, right but for one column. */
function charge(column: string, wrong: string): string {
  const row: Record<string, string> = { amount: '2', state: `'succeeded'`, provider_id: `'pi_1'`, [column]: wrong };
  return `INSERT INTO card_charges (rma, clawback, payment, ${Object.keys(row).join(', ')})
    VALUES ('R-1', 'C1', 'PAY-1', ${Object.values(row).join(', ')})`;
}

/** A hold of which something was taken, right but for one column. */
function hold(column: string, wrong: string): string {
  const row: Record<string, string> = {
    amount: '2',
    taken: '1',
    state: `'captured'`,
    provider_id: `'pi_1'`,
    [column]: wrong,
  };
  return `INSERT INTO payment_holds (rma, hold, payment, ${Object.keys(row).join(', ')})
    VALUES ('R-1', 'H1', 'PAY-1', ${Object.values(row).join(', ')})`;
}

function clawback(column: string, wrong: string): string {
  const row: Record<string, string> = {
    cause: `'regraded'`,
    total: '1',
    outstanding: '1',
    paid: '0',
    state: `'open'`,
    [column]: wrong,
  };
  return `INSERT INTO clawbacks (rma, clawback, ${Object.keys(row).join(', ')}) VALUES ('R-1', 'C1', ${Object.values(row).join(', ')})`;
}

/** A stock entry that is right but for one column. */
function stock(column: string, wrong: string, more: Readonly<Record<string, string>> = {}): string {
  const entry: Record<string, string> = {
    from_account: `'customer'`,
    to_account: `'quarantine'`,
    quantity: '1',
    owner: `'ours'`,
    ...more,
    [column]: wrong,
  };
  return `INSERT INTO stock_entries (process, entry, version, facility, sku, item, ${Object.keys(entry).join(', ')})
    VALUES ('x', 'x', 1, 'RC-1', 'S', 'i', ${Object.values(entry).join(', ')})`;
}

/** Goods of an item put away. */
function putAway(entry: string, item: string): string {
  return `INSERT INTO stock_entries (process, entry, version, from_account, to_account, facility, sku, owner, quantity, item, location)
    VALUES ('x', '${entry}', 1, 'inspected', 'sellable', 'RC-1', 'S', 'ours', 1, '${item}', 'A-01');`;
}

/** A money entry that is right but for one column. */
function money(column: string, wrong: string): string {
  const entry: Record<string, string> = {
    debit: `'payable_to_customer'`,
    credit: `'returns'`,
    amount: '1',
    [column]: wrong,
  };
  return `INSERT INTO money_entries (process, entry, version, currency, subject, ${Object.keys(entry).join(', ')})
    VALUES ('x', 'x', 1, 'EUR', 's', ${Object.values(entry).join(', ')})`;
}

/** A line of an offer for three units at 1 each in grade A, with its credits of A and B. */
function offered(a: string, b: string): string {
  return `INSERT INTO orders (id, kind, channel, currency, country, placed_at, valid_from, valid_until)
      VALUES ('TI', 'offer', 'web', 'EUR', 'DE', now(), now(), now() + interval '1 day');
    INSERT INTO order_lines (id, order_id, number, sku, title, category, quantity, price, credit_a, credit_b, credit_c, credit_d)
      VALUES ('TI:1', 'TI', 1, 'S', 'T', 'C', 3, 3, ${a}, ${b}, 0, 0)`;
}

/** An asset with its book value, and a number of units that must be 1. */
function asset(bookValue: string, quantity: string): string {
  return `INSERT INTO orders (id, kind, channel, currency, country, placed_at) VALUES ('AR', 'assets', 'web', 'EUR', 'DE', now());
    INSERT INTO order_lines (id, order_id, number, sku, title, category, quantity, price, book_value)
      VALUES ('TAG', 'AR', 1, 'S', 'T', 'C', ${quantity}, 0, ${bookValue})`;
}
