import type { Pool } from 'pg';
import { inSnapshot } from './snapshot.ts';

/** The balance of an account: goods by SKU count, money by currency in minor units. */
export type Balance = { readonly account: string; readonly of: string; readonly balance: number };

export type LedgerReport = {
  readonly balanced: boolean;
  readonly stock: readonly Balance[];
  readonly money: readonly Balance[];
  /** What doesn't hold, by process or payment, in words of the ledger. */
  readonly disagreements: readonly { readonly subject: string; readonly what: string }[];
};

const STOCK_SIDES = `stock_entries, LATERAL (VALUES (from_account, -quantity), (to_account, quantity)) AS side(account, change)`;
const MONEY_SIDES = `money_entries, LATERAL (VALUES (debit, amount), (credit, -amount)) AS side(account, change)`;
const CLOSED = `(SELECT 'return:' || rma FROM returns WHERE closed_at IS NOT NULL
  UNION ALL SELECT replace(kind, '_', '-') || ':' || number FROM executions WHERE closed_at IS NOT NULL
  UNION ALL SELECT kind || ':' || number FROM network_processes WHERE closed_at IS NOT NULL)`;

// Goods and debts may be on their way only while their return is open; nothing leaves an account that never had it; the
// counters beside the ledgers say what their rows say.
const CHECKS = [
  `SELECT process AS subject, account || ':' || sku || ' ' || sum(change) AS what FROM ${STOCK_SIDES}
   WHERE account IN ('quarantine', 'inspected', 'in_work', 'in_transit') GROUP BY process, account, sku
   HAVING sum(change) < 0 OR (sum(change) <> 0 AND process IN ${CLOSED})`,
  `SELECT process, account || ':' || currency || ' ' || sum(change) FROM ${MONEY_SIDES}
   WHERE account = 'payable_to_customer' GROUP BY process, account, currency
   HAVING sum(change) > 0 OR (sum(change) <> 0 AND process IN ${CLOSED})`,
  `SELECT process, account || ':' || currency || ' ' || sum(change) FROM ${MONEY_SIDES}
   WHERE account = 'receivable_from_customer' GROUP BY process, account, currency
   HAVING sum(change) < 0 OR (sum(change) <> 0 AND process IN ${CLOSED})`,
  ...[
    ['refunded', "'payment'"],
    ['settled_by_chargeback', "'chargeback'"],
    ['credited', "'store_credit', 'exchange'"],
  ].map(
    ([
      counter,
      destinations,
    ]) => `SELECT p.id, '${counter} ' || p.${counter} || ' but legs ' || coalesce(sum(r.amount), 0)
   FROM payments p LEFT JOIN refunds r ON r.payment = p.id AND r.destination IN (${destinations})
     AND r.state NOT IN ('failed', 'replaced', 'written_off')
   GROUP BY p.id HAVING p.${counter} <> coalesce(sum(r.amount), 0)`,
  ),
  `SELECT process, account || ':' || currency || ' ' || sum(change) FROM ${MONEY_SIDES}
   WHERE account IN ('vendor_receivable', 'liquidator_receivable', 'work_in_progress') GROUP BY process, account, currency
   HAVING sum(change) < 0 OR (sum(change) <> 0 AND process IN ${CLOSED})`,
  `SELECT process, account || ':' || currency || ' ' || sum(change) FROM ${MONEY_SIDES}
   WHERE account = 'liquidator_payable' GROUP BY process, account, currency
   HAVING sum(change) > 0 OR (sum(change) <> 0 AND process IN ${CLOSED})`,
  ...[
    ['owed', 'receivable_from_borrower', ''],
    ['held', 'loan_deposits', '-'],
  ].map(
    ([
      column,
      account,
      sign,
    ]) => `SELECT 'loan:' || l.number, '${column} ' || l.${column} || ' but the ledger ' || coalesce(sum(side.change), 0)
   FROM loans l LEFT JOIN (SELECT process, account, ${sign}change AS change FROM ${MONEY_SIDES}) AS side
     ON side.process = 'loan:' || l.number AND side.account = '${account}'
   GROUP BY l.number, l.${column} HAVING l.${column} <> coalesce(sum(side.change), 0)`,
  ),
  `SELECT 'packaging ' || a.partner || ' ' || a.type, 'counters differ from what moved'
   FROM packaging_accounts a LEFT JOIN packaging_movements m USING (partner, type) GROUP BY a.partner, a.type
   HAVING (a.went_out, a.came_back, a.lost) IS DISTINCT FROM (coalesce(sum(m.quantity) FILTER (WHERE m.direction = 'out'), 0),
     coalesce(sum(m.quantity) FILTER (WHERE m.direction = 'in'), 0), coalesce(sum(m.quantity) FILTER (WHERE m.direction = 'lost'), 0))`,
  `SELECT 'store credit', currency || ' ' || sum(change) || ' but balances ' || coalesce(
     (SELECT sum(balance) FROM store_credits c WHERE c.currency = side_rows.currency), 0)
   FROM (SELECT currency, account, change FROM ${MONEY_SIDES}) AS side_rows WHERE account = 'store_credit_liability'
   GROUP BY currency HAVING sum(change) + coalesce((SELECT sum(balance) FROM store_credits c WHERE c.currency = side_rows.currency), 0) <> 0`,
  `SELECT e.process, 'entries of version ' || e.version || ' without a journal row'
   FROM (SELECT process, version FROM stock_entries UNION SELECT process, version FROM money_entries) AS e
   LEFT JOIN journal j ON j.process = e.process AND j.version = e.version WHERE j.process IS NULL`,
  `SELECT h.rma, 'closed with pending units of ' || h.order_line_id
   FROM unit_holds h JOIN returns r ON r.rma = h.rma WHERE r.closed_at IS NOT NULL AND h.pending <> '{}'`,
];

/** Whether both ledgers balance, in all and for each process, and agree with the counters kept beside them. */
export function checkLedgers(pool: Pool): Promise<LedgerReport> {
  return inSnapshot(pool, async (client) => {
    const balances = async (sides: string, of: string) =>
      (
        await client.query<Balance>(
          `SELECT account, ${of} AS of, sum(change)::float8 AS balance FROM ${sides} GROUP BY 1, 2 ORDER BY 1, 2`,
        )
      ).rows;
    const stock = await balances(STOCK_SIDES, 'sku');
    const money = await balances(MONEY_SIDES, 'currency');
    const found = await client.query<{ subject: string; what: string }>(CHECKS.join(' UNION ALL '));
    const even = sumsToZero(stock) && sumsToZero(money);
    return { balanced: even && found.rows.length === 0, stock, money, disagreements: found.rows };
  });
}

/** Every row has two sides, so the accounts of one SKU or currency cancel out. */
function sumsToZero(balances: readonly Balance[]): boolean {
  const sums = new Map<string, number>();
  for (const { of, balance } of balances) sums.set(of, (sums.get(of) ?? 0) + balance);
  return [...sums.values()].every((sum) => sum === 0);
}
