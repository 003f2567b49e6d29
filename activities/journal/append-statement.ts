import { leaveLoanNews } from './loan-news.ts';
import { type ReadModelTable, readModel } from './read-model.ts';
import { countRecalled, recalledGoods } from './recalled-goods.ts';
import { storeCredits } from './store-credit-rows.ts';
import type { Table } from './table.ts';

/** What an append writes beside its journal rows; each has one parameter, a JSON array of rows. */
export type Section =
  | ReadModelTable
  | 'recalled_goods'
  | 'loan_news'
  | 'gone_items'
  | 'ended_attention'
  | 'payments'
  | 'unit_holds'
  | 'store_credits'
  | 'credit_journals'
  | 'new_shipments'
  | 'sent_again'
  | 'stock_entries'
  | 'money_entries'
  | 'handed_on'
  | 'outbox';

/** One letter each for the statement's name, which PostgreSQL cuts after 63 characters. */
const CODES = {
  returns: 'r',
  return_lines: 'l',
  return_items: 'i',
  parcels: 'p',
  pickups: 'u',
  claims: 'c',
  inspections: 'n',
  settlements: 's',
  clawbacks: 'b',
  exchanges: 'w',
  payment_holds: 'H',
  card_charges: 'G',
  warranties: 't',
  refunds: 'f',
  executions: 'x',
  execution_items: 'z',
  certificates: 'd',
  deliveries: 'v',
  recalls: 'q',
  network_processes: 'N',
  transfers: 'T',
  transfer_lines: 'U',
  trips: 'P',
  trip_stops: 'S',
  trip_loads: 'A',
  rebalances: 'Z',
  attention: 'a',
  gone_items: 'g',
  ended_attention: 'e',
  payments: 'y',
  unit_holds: 'h',
  store_credits: 'j',
  credit_journals: 'C',
  new_shipments: 'J',
  sent_again: 'Q',
  stock_entries: 'k',
  money_entries: 'm',
  handed_on: 'B',
  outbox: 'o',
  recalled_goods: 'R',
  loan_news: 'L',
  loans: 'O',
  loan_units: 'V',
} as const satisfies Record<Section, string>;

/** Parameters of every append: process, expected version, journal rows, command ids, RMA, the version after it. */
const FIXED = 6;
const GUARD = 'EXISTS (SELECT FROM written)';

export const ledgers = {
  stock_entries: {
    entry: 'text',
    from_account: 'text',
    to_account: 'text',
    facility: 'text',
    sku: 'text',
    lot: 'text',
    grade: 'text',
    owner: 'text',
    quantity: 'int',
    item: 'text',
    location: 'text',
  },
  money_entries: { entry: 'text', debit: 'text', credit: 'text', amount: 'bigint', currency: 'text', subject: 'text' },
} as const;

/**
 * The one statement of an append. It is a transaction of its own and one round trip: the journal rows are inserted only
 * where the version is the expected one and no command is known (and, when closing, the ledgers agree), and all the
 * rest is written only where they were. Prepared once a connection for each set of sections.
 */
export function appendStatement(sections: readonly Section[], closing: boolean): Statement {
  const name = `append ${closing ? 'closing ' : ''}${sections.map((section) => CODES[section]).join('')}`;
  const known = built.get(name);
  if (known !== undefined) return known;
  const statement = { name, text: build(sections, closing) };
  built.set(name, statement);
  return statement;
}

type Statement = { readonly name: string; readonly text: string };
const built = new Map<string, Statement>();

function build(sections: readonly Section[], closing: boolean): string {
  const parameter = (section: Section) => `$${FIXED + 1 + sections.indexOf(section)}::jsonb`;
  const parts = sections.map((section) => `${section}_written AS (${write(section, parameter(section), closing)})`);
  const disagreement = closing ? [disagreementAtClose(parameter('stock_entries'), parameter('money_entries'))] : [];
  const agreed = closing ? 'AND (SELECT detail FROM disagreement) IS NULL' : '';
  const journal = `written AS (
    INSERT INTO journal (process, version, command_id, at, by, command, events)
    SELECT $1, n.version, n.command_id, n.at, n.by, n.command, n.events
    FROM jsonb_to_recordset($3::jsonb) AS n(version int, command_id text, at timestamptz, by text, command text, events jsonb)
    WHERE $2::int = (SELECT coalesce(max(version), 0) FROM journal WHERE process = $1)
      AND NOT EXISTS (SELECT FROM unnest($4::text[]) AS c(id) JOIN journal ON process = $1 AND command_id = c.id) ${agreed}
    RETURNING version)`;
  return `WITH used AS (SELECT $5::text, $6::int), ${[...disagreement, journal, ...parts].join(',\n')}
    SELECT (SELECT count(*) FROM written)::int AS written, ${closing ? '(SELECT detail FROM disagreement)' : 'NULL'} AS detail`;
}

function write(section: Section, rows: string, closing: boolean): string {
  switch (section) {
    case 'recalled_goods':
      return countRecalled(recordset(rows, recalledGoods), GUARD);
    case 'loan_news':
      return leaveLoanNews(recordset(rows, { loan: 'text' }), GUARD);
    case 'gone_items':
      return `DELETE FROM return_items USING jsonb_array_elements_text(${rows}) AS gone(item)
        WHERE rma = $5 AND return_items.item = gone.item AND ${GUARD}`;
    case 'ended_attention':
      return `UPDATE attention SET resolved_at = n.resolved_at, resolution = n.resolution
        FROM jsonb_to_recordset(${rows}) AS n(id text, resolved_at timestamptz, resolution text)
        WHERE attention.id = n.id AND ${GUARD}`;
    case 'payments':
      return countRefunds(rows);
    case 'unit_holds':
      return adjustHolds(rows, closing);
    case 'store_credits':
      return `INSERT INTO store_credits (${Object.keys(storeCredits).join(', ')})
        SELECT ${Object.keys(storeCredits).join(', ')} FROM ${recordset(rows, storeCredits)} WHERE ${GUARD}`;
    case 'credit_journals':
      return `INSERT INTO journal (process, version, command_id, at, by, command, events)
        SELECT n.process, 1, n.command_id, n.at, n.by, 'issue', n.events
        FROM jsonb_to_recordset(${rows}) AS n(process text, command_id text, at timestamptz, by text, events jsonb) WHERE ${GUARD}`;
    case 'new_shipments':
      return `INSERT INTO shipments (tracking, carrier, order_id) SELECT n.tracking, n.carrier, r.order_id
        FROM jsonb_to_recordset(${rows}) AS n(tracking text, carrier text), returns r WHERE r.rma = $5 AND ${GUARD}
        ON CONFLICT (tracking) DO NOTHING`;
    case 'sent_again':
      return sendAgain(rows);
    case 'stock_entries':
    case 'money_entries':
      return postEntries(section, rows);
    case 'handed_on':
      return `INSERT INTO inbox (provider, event_id, payload, next_attempt_at)
        SELECT n->>'provider', n->>'eventId', n, now() + interval '5 seconds' FROM jsonb_array_elements(${rows}) AS n WHERE ${GUARD}`;
    case 'outbox':
      return `INSERT INTO outbox (process, version, seq, event_type, payload)
        SELECT $1, n.version, n.seq, n.event_type, n.payload
        FROM jsonb_to_recordset(${rows}) AS n(version int, seq int, event_type text, payload jsonb) WHERE ${GUARD}`;
    default:
      return upsert(section, readModel[section], rows);
  }
}

function upsert(name: string, { key, columns }: Table, rows: string): string {
  const names = Object.keys(columns);
  const rest = names.filter((column) => !key.includes(column));
  return `INSERT INTO ${name} (${names.join(', ')})
    SELECT ${names.map((column) => `n.${column}`).join(', ')} FROM ${recordset(rows, columns)} WHERE ${GUARD}
    ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${rest.map((column) => `${column} = EXCLUDED.${column}`).join(', ')}`;
}

function postEntries(ledger: keyof typeof ledgers, rows: string): string {
  const names = Object.keys(ledgers[ledger]);
  return `INSERT INTO ${ledger} (process, version, ${names.join(', ')})
    SELECT $1, $6::int, ${names.map((column) => `n.${column}`).join(', ')} FROM ${recordset(rows, ledgers[ledger])} WHERE ${GUARD}`;
}

/**
 * What each payment has refunded or is about to, what was given as store credit or other goods in its place, and what of its chargebacks
 * counts as paid: a leg counts from when its row first appears until it failed, was replaced or written off. The table's rules hold the sums within what was captured.
 */
function countRefunds(rows: string): string {
  const counts = (row: string) =>
    `CASE WHEN ${row}.state IN ('failed', 'replaced', 'written_off') THEN 0 ELSE ${row}.amount END`;
  const moved = `${counts('n')} - coalesce(${counts('o')}, 0)`;
  return `UPDATE payments SET refunded = refunded + moved.amount, credited = credited + moved.credit,
      settled_by_chargeback = settled_by_chargeback + moved.back
    FROM (
      SELECT n.payment, coalesce(sum(${moved}) FILTER (WHERE n.destination = 'payment'), 0) AS amount,
        coalesce(sum(${moved}) FILTER (WHERE n.destination IN ('store_credit', 'exchange')), 0) AS credit,
        coalesce(sum(${moved}) FILTER (WHERE n.destination = 'chargeback'), 0) AS back
      FROM ${recordset(rows, readModel.refunds.columns)} LEFT JOIN refunds o ON o.rma = n.rma AND o.refund = n.refund
      WHERE n.payment IS NOT NULL GROUP BY n.payment
    ) AS moved
    WHERE payments.id = moved.payment AND (moved.amount <> 0 OR moved.credit <> 0 OR moved.back <> 0) AND ${GUARD}`;
}

/**
 * What was sent in the parcel that came back is now in the new one, so that its carrier's news are news of the order; unless
 * that tracking number is another order's.
 */
const sendAgain = (rows: string): string =>
  `UPDATE fulfilments f SET tracking = n.tracking, shipped_at = n.at, delivered_at = NULL
    FROM jsonb_to_recordset(${rows}) AS n(tracking text, at timestamptz)
    WHERE f.tracking IN (SELECT tracking FROM parcels WHERE rma = $5 AND tracking IS NOT NULL)
      AND f.order_line_id IN (SELECT order_line_id FROM return_lines WHERE rma = $5)
      AND NOT EXISTS (SELECT FROM shipments s JOIN returns r ON r.order_id <> s.order_id
        WHERE s.tracking = n.tracking AND r.rma = $5) AND ${GUARD}`;

/**
 * Makes each line hold the units that the journal now names: those are pending no longer, others are let go. Pending
 * units that no append has named yet stay, until the return closes.
 */
function adjustHolds(rows: string, closing: boolean): string {
  const named = `(SELECT line, units::int4multirange FROM jsonb_to_recordset(${rows}) AS n(line text, units text)) AS named`;
  if (closing) {
    return `UPDATE unit_holds h SET units = coalesce(named.units, o.units - o.pending), pending = '{}'
      FROM unit_holds o LEFT JOIN ${named} ON named.line = o.line
      WHERE o.rma = $5 AND h.rma = o.rma AND h.line = o.line AND ${GUARD}
        AND (o.pending <> '{}' OR o.units <> coalesce(named.units, o.units))`;
  }
  return `UPDATE unit_holds h SET units = named.units + (h.pending - named.units), pending = h.pending - named.units
    FROM ${named}
    WHERE h.rma = $5 AND h.line = named.line AND ${GUARD}
      AND (h.pending && named.units OR h.units - h.pending <> named.units)`;
}

/**
 * A process may only close with none of its goods left between receipt and their end, out on loan or on their way, no work unfinished in its
 * books, and nothing owed: to the customer, by the customer, by a vendor, or between us and a liquidator or a borrower.
 */
function disagreementAtClose(stock: string, money: string): string {
  return `disagreement AS (
    SELECT string_agg(what || ' ' || balance, ', ' ORDER BY what) AS detail FROM (
      SELECT account || ':' || sku AS what, sum(change) AS balance
      FROM (SELECT from_account, to_account, sku, quantity FROM stock_entries WHERE process = $1
            UNION ALL SELECT from_account, to_account, sku, quantity FROM ${recordset(stock, ledgers.stock_entries)}) AS e,
        LATERAL (VALUES (from_account, -quantity), (to_account, quantity)) AS side(account, change)
      WHERE account IN ('quarantine', 'inspected', 'in_work', 'on_loan', 'in_transit') GROUP BY account, sku HAVING sum(change) <> 0
      UNION ALL
      SELECT account || ':' || currency, sum(change)
      FROM (SELECT debit, credit, amount, currency FROM money_entries WHERE process = $1
            UNION ALL SELECT debit, credit, amount, currency FROM ${recordset(money, ledgers.money_entries)}) AS e,
        LATERAL (VALUES (debit, amount), (credit, -amount)) AS side(account, change)
      WHERE account IN ('payable_to_customer', 'receivable_from_customer', 'customer_prepayments', 'vendor_receivable', 'liquidator_receivable', 'liquidator_payable', 'work_in_progress', 'loan_deposits', 'receivable_from_borrower')
      GROUP BY account, currency HAVING sum(change) <> 0
    ) AS off)`;
}

const recordset = (rows: string, columns: Readonly<Record<string, string>>) =>
  `jsonb_to_recordset(${rows}) AS n(${Object.entries(columns)
    .map(([name, type]) => `${name} ${type}`)
    .join(', ')})`;
