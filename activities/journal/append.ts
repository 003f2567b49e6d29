import pg from 'pg';
import { withClient } from '../../prisma/client.ts';
import { announcementsOf } from './announced.ts';
import { appendStatement, type Section } from './append-statement.ts';
import { handedOnOf } from './handed-on.ts';
import { loansToTell } from './loan-news.ts';
import { type Moved, movedBy, readMoved } from './moved.ts';
import { multirange } from './multirange.ts';
import type { AppendInput, AppendItem, AppendResult, JournalKind, JournalRow } from './port.ts';
import { numberOf } from './process.ts';
import { endedAttention, readModelTables, rowsOf } from './read-model.ts';
import { recalledGoodsOf } from './recalled-goods.ts';
import { issuedRow, issueEntry } from './store-credit-rows.ts';
import type { Row } from './table.ts';
import { readPage } from './tail.ts';

const UNIQUE_VIOLATION = '23505';
/** The classes of what a constraint bars, and of values that no column takes: trying again changes neither. */
const NEVER_WRITTEN: readonly (string | undefined)[] = ['23', '22'];

/**
 * Writes what was decided and all that follows from it: journal, read model, both ledgers, holds, refund counters,
 * outbox; all or nothing, in one statement. Every item that was not refused becomes a row, also one without events, so
 * that its command is known from then on. Without such an item nothing is written and the tail is read.
 *
 * @throws whatever the connection or the server throws otherwise: to be tried again, as nothing was written or the next
 * try finds its commands known
 */
export async function append<K extends JournalKind>(pool: pg.Pool, input: AppendInput<K>): Promise<AppendResult<K>> {
  const accepted = input.items.filter((item) => item.refusal === null);
  const rows = accepted.map((item, index) => journalRowOf(item, input.expectedVersion + 1 + index));
  return withClient(pool, async (client) => {
    const outcome = rows.length === 0 ? nothingWritten : await write(client, input, accepted, rows);
    if (outcome.written)
      return { conflict: false, rows, refused: refusals(input), behind: null, forbidden: null, stale: null };
    return explain(client, input, outcome);
  });
}

type Outcome = {
  readonly written: boolean;
  readonly detail: string | null;
  readonly moved: Moved | null;
  readonly forbidden: string | null;
};

const nothingWritten: Outcome = { written: false, detail: null, moved: null, forbidden: null };

async function write<K extends JournalKind>(
  client: pg.PoolClient,
  input: AppendInput<K>,
  accepted: readonly AppendItem<K>[],
  rows: readonly JournalRow<K>[],
): Promise<Outcome> {
  const closing = rows.some(({ events }) => events.some(({ type }) => type === 'closed'));
  const version = input.expectedVersion + rows.length;
  const sections = sectionsOf(input, rows, version, closing);
  const stored = rows.map(({ commandId, ...row }, index) => ({
    ...row,
    command_id: commandId,
    command: accepted[index]?.command,
  }));
  try {
    const { rows: answers } = await client.query<{ written: number; detail: string | null }>({
      ...appendStatement(
        sections.map(([section]) => section),
        closing,
      ),
      values: [
        input.process,
        input.expectedVersion,
        JSON.stringify(stored),
        // Also those that were refused: one that is known already was taken, so its refusal must not be told.
        input.items.map((item) => item.commandId),
        numberOf(input.process),
        version,
        ...sections.map(([, content]) => JSON.stringify(content)),
      ],
    });
    const answer = answers[0];
    return { ...nothingWritten, written: (answer?.written ?? 0) > 0, detail: answer?.detail ?? null };
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    const moved = movedBy(error);
    if (moved !== null) return { ...nothingWritten, moved };
    if (error.code === UNIQUE_VIOLATION && error.table === 'journal') return nothingWritten;
    if (NEVER_WRITTEN.includes(error.code?.slice(0, 2))) {
      return { ...nothingWritten, forbidden: error.constraint ?? error.code ?? null };
    }
    throw error;
  }
}

/** What there is to write, in a fixed order, so that the same kinds of steps share a prepared statement. */
function sectionsOf<K extends JournalKind>(
  input: AppendInput<K>,
  rows: readonly JournalRow<K>[],
  version: number,
  closing: boolean,
): readonly (readonly [Section, readonly unknown[]])[] {
  const projection: JournalKind['projection'] | null = input.projection;
  const model = projection === null ? {} : rowsOf(projection, version);
  const ofReturn = projection !== null && 'return' in projection ? projection : null;
  const holds: readonly Row[] = (ofReturn?.lines ?? []).map(({ line, holds }) => ({ line, units: multirange(holds) }));
  const gift = ofReturn?.return.gift === true ? ({ gift: true } as const) : {};
  const announcements = rows.flatMap(({ version, at, events }) =>
    announcementsOf(input.process, version, at, events, gift),
  );
  const newParcels = rows.flatMap(({ at, events }) => newParcelsOf(at, events));
  const sections: readonly (readonly [Section, readonly unknown[]])[] = [
    ...readModelTables.map((table) => [table, model[table] ?? []] as const),
    ['recalled_goods', ofReturn === null ? [] : recalledGoodsOf(ofReturn)],
    ['loan_news', ofReturn === null ? [] : loansToTell(ofReturn)],
    ['gone_items', ofReturn?.goneItems ?? []],
    ['ended_attention', projection === null ? [] : endedAttention(projection)],
    ['payments', (model.refunds ?? []).filter((refund) => refund['payment'] !== null)],
    ['unit_holds', holds],
    ['store_credits', (ofReturn?.storeCredits ?? []).map(issuedRow)],
    ['credit_journals', (ofReturn?.storeCredits ?? []).map(issueEntry)],
    ['new_shipments', newParcels],
    // A second one takes nothing with it: all that came back left in the first.
    ['sent_again', newParcels.slice(0, 1)],
    ['stock_entries', input.stock.map(({ from, to, ...entry }) => ({ ...entry, from_account: from, to_account: to }))],
    ['money_entries', input.money],
    ['handed_on', handedOnOf(input.process, rows)],
    ['outbox', announcements],
  ];
  const always: readonly Section[] = closing ? ['unit_holds', 'stock_entries', 'money_entries'] : [];
  return sections.filter(([section, content]) => content.length > 0 || always.includes(section));
}

/** Parcels in which goods of a return are sent again. */
const newParcelsOf = (at: string, events: readonly JournalKind['event'][]): readonly Row[] =>
  events.flatMap((event) =>
    event.type === 'shipped_anew' ? [{ tracking: event.tracking, carrier: event.carrier, at }] : [],
  );

/** Nothing was written: because the journal says more than the caller knew, or because the world had moved. */
async function explain<K extends JournalKind>(
  client: pg.PoolClient,
  input: AppendInput<K>,
  outcome: Outcome,
): Promise<AppendResult<K>> {
  const { rows, version } = await readPage<K>(
    client,
    input.process,
    input.expectedVersion,
    input.items.map((item) => item.commandId),
  );
  const answer = {
    rows,
    refused: refusals(input),
    behind: version < input.expectedVersion ? version : null,
    forbidden: outcome.forbidden,
    stale: null,
  };
  if (rows.length > 0 || answer.behind !== null) return { ...answer, forbidden: null, conflict: true };
  if (outcome.forbidden !== null) return { ...answer, conflict: true };
  const projection: JournalKind['projection'] | null = input.projection;
  if (outcome.moved !== null && projection !== null) {
    const order = 'return' in projection ? projection.return.order : null;
    const stale = await readMoved(client, outcome.moved, order, input);
    if (stale !== null) return { ...answer, conflict: true, stale };
  }
  if (outcome.detail !== null) return { ...answer, conflict: true, stale: { type: 'ledger', detail: outcome.detail } };
  // Nothing to write, or the commit of another append fell between the two statements: then the next try sees it.
  return { ...answer, conflict: input.items.some((item) => item.refusal === null) };
}

const journalRowOf = <K extends JournalKind>(
  { commandId, at, by, events }: AppendItem<K>,
  version: number,
): JournalRow<K> => ({
  version,
  commandId,
  at,
  by,
  events,
});

const refusals = <K extends JournalKind>(input: AppendInput<K>): AppendResult<K>['refused'] =>
  input.items.flatMap(({ commandId, refusal }) => (refusal === null ? [] : [{ commandId, refusal }]));
