import type { Pool, PoolClient } from 'pg';
import { foldCredit, type StoreCredit, type StoreCreditEvent } from '../../domain/store-credit/credit.ts';
import type { StoreCreditDecision, StoreCreditRefusal } from '../../domain/store-credit/decide.ts';
import { creditPostings } from '../../domain/store-credit/postings.ts';
import { inTransaction } from '../../prisma/client.ts';
import { ledgers } from './append-statement.ts';
import { creditProcess } from './process.ts';
import { type CreditEntry, creditRows, redemptions, storeCredits } from './store-credit-rows.ts';
import type { Row } from './table.ts';

/** A command for a store credit: who sent it and when, and what it decides on the credit as it is then. */
export type CreditCommand = {
  readonly credit: string;
  readonly commandId: string;
  readonly at: string;
  readonly by: string;
  readonly name: string;
  /** Null before it is issued. */
  readonly decide: (credit: StoreCredit | null, withheld: number) => StoreCreditDecision;
};

/** The credit as it is then, taken now or before. */
export type CreditTaken = { readonly type: 'taken'; readonly credit: StoreCredit } | StoreCreditRefusal;

/** Decides a command of a credit and writes what follows in one transaction. The same commandId may come any number of times. */
export const takeCreditCommand = (pool: Pool, command: CreditCommand): Promise<CreditTaken> =>
  inTransaction(pool, (client) => takeWithin(client, command));

/**
 * Puts back what was redeemed as a payment of an order. Something may have been given for goods of that order in the place of
 * this payment; and where nothing was, nothing can be from then on, as the payment has captured nothing.
 *
 * @param payment the payment, by our own id as its provider
 */
export const takeReversal = (
  pool: Pool,
  payment: string,
  commandFor: (isGivenOtherwise: boolean) => CreditCommand,
): Promise<CreditTaken> =>
  inTransaction(pool, async (client) => {
    // Locked, so that a return gives nothing for it meanwhile.
    const { rows } = await client.query<{ given: boolean }>(
      `SELECT refunded + credited > 0 AS given FROM payments WHERE provider = 'store_credit' AND provider_payment_id = $1 FOR UPDATE`,
      [payment],
    );
    const taken = await takeWithin(client, commandFor(rows.some(({ given }) => given)));
    if (taken.type === 'taken') {
      await client.query(
        `UPDATE payments SET captured = 0
         WHERE provider = 'store_credit' AND provider_payment_id = $1 AND refunded + credited = 0`,
        [payment],
      );
    }
    return taken;
  });

/** Decides a command within a transaction that has begun. */
export async function takeWithin(client: PoolClient, command: CreditCommand): Promise<CreditTaken> {
  const process = creditProcess(command.credit);
  // Commands of one credit take turns; before its first row there is nothing else to lock.
  await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [process]);
  const { rows } = await client.query<Omit<CreditEntry, 'at'> & { command_id: string; at: Date }>(
    'SELECT version, command_id, at, by, events FROM journal WHERE process = $1 ORDER BY version',
    [process],
  );
  const entries = rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  const before = foldCredit(
    null,
    entries.flatMap(({ events }) => events),
  );
  if (before !== null && rows.some(({ command_id }) => command_id === command.commandId)) {
    return { type: 'taken', credit: before };
  }
  const decision = command.decide(before, before === null ? 0 : await withheldFrom(client, before));
  if (decision.type === 'refused') return decision;
  const after = foldCredit(before, decision.events);
  if (after === null) throw new Error('a credit begins with its issue');
  if (decision.events.length > 0) await write(client, command, before, decision.events, entries);
  return { type: 'taken', credit: after };
}

/**
 * What isn't to be spent of a credit: all while the payment that it stands for is disputed, and what a bank took of that,
 * as far as the payment's younger credits don't withhold it already.
 */
async function withheldFrom(client: PoolClient, { credit, refund, balance }: StoreCredit): Promise<number> {
  if (refund === null) return 0;
  const { rows } = await client.query<{ disputed: boolean; lost: string }>(
    `SELECT p.disputed, greatest(0, p.refunded + p.credited + p.charged_back - p.captured - (
       SELECT coalesce(sum(c.balance), 0) FROM refunds o JOIN store_credits c USING (rma, refund), store_credits own
       WHERE o.payment = p.id AND own.credit = $3 AND NOT c.closed AND (c.issued_at, c.credit) > (own.issued_at, own.credit)
     )) AS lost
     FROM refunds r JOIN payments p ON p.id = r.payment WHERE r.rma = $1 AND r.refund = $2`,
    [refund.rma, refund.refund, credit],
  );
  const [payment] = rows;
  if (payment === undefined) return 0;
  return payment.disputed ? balance : Math.min(balance, Number(payment.lost));
}

/** What of a credit that is open can be spent now, in minor units. */
export const spendableOf = (pool: Pool, credit: string): Promise<number> =>
  inTransaction(pool, async (client) => {
    const { rows } = await client.query<Pick<CreditEntry, 'events'>>(
      'SELECT events FROM journal WHERE process = $1 ORDER BY version',
      [creditProcess(credit)],
    );
    const state = foldCredit(
      null,
      rows.flatMap(({ events }) => events),
    );
    return state === null ? 0 : state.balance - (await withheldFrom(client, state));
  });

async function write(
  client: PoolClient,
  { credit, commandId, at, by, name }: CreditCommand,
  before: StoreCredit | null,
  events: readonly StoreCreditEvent[],
  entries: readonly CreditEntry[],
): Promise<void> {
  const process = creditProcess(credit);
  const version = entries.length + 1;
  await client.query(
    'INSERT INTO journal (process, version, command_id, at, by, command, events) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    [process, version, commandId, at, by, name, JSON.stringify(events)],
  );
  const rows = creditRows([...entries, { version, at, by, events }]);
  await upsert(client, 'store_credits', ['credit'], storeCredits, [rows.credit]);
  await upsert(client, 'store_credit_redemptions', ['credit', 'redemption'], redemptions, rows.redemptions);
  const columns = Object.keys(ledgers.money_entries);
  await client.query(
    `INSERT INTO money_entries (process, version, ${columns.join(', ')})
     SELECT $1, $2::int, ${columns.join(', ')} FROM jsonb_to_recordset($3::jsonb)
       AS n(${Object.entries(ledgers.money_entries)
         .map((each) => each.join(' '))
         .join(', ')})`,
    [process, version, JSON.stringify(creditPostings(before, events, commandId))],
  );
}

async function upsert(
  client: PoolClient,
  table: string,
  key: readonly string[],
  columns: Readonly<Record<string, string>>,
  rows: readonly Row[],
): Promise<void> {
  const names = Object.keys(columns);
  const types = Object.entries(columns).map(([name, type]) => `${name} ${type}`);
  const set = names.filter((name) => !key.includes(name)).map((name) => `${name} = EXCLUDED.${name}`);
  await client.query(
    `INSERT INTO ${table} (${names.join(', ')}) SELECT ${names.join(', ')} FROM jsonb_to_recordset($1::jsonb) AS n(${types.join(', ')})
     ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${set.join(', ')}`,
    [JSON.stringify(rows)],
  );
}
