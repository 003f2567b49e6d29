import type { PoolClient } from 'pg';
import type { ConfirmationEvent } from '../../domain/recall/confirmation.ts';
import { type Compared, compareRows, type Difference } from './compare-rows.ts';
import type { Row } from './table.ts';

const compared: Compared<'recall'> = {
  recall_confirmations: {
    scope: 'recall',
    key: ['recall', 'facility', 'number'],
    columns: { recall: 'text', facility: 'text', number: 'int', at: 'timestamptz', by: 'text', counts: 'jsonb' },
  },
};

type Stored = {
  readonly process: string;
  readonly at: Date;
  readonly by: string;
  readonly events: readonly ConfirmationEvent[];
};

/** What a position of a facility has by its journal; all null while it is to be counted, or counted again. */
type Counted = {
  readonly recall: string;
  readonly facility: string;
  readonly sku: string;
  readonly lot: string | null;
  readonly found: number | null;
  readonly location: string | null;
  readonly confirmation: number | null;
};

/** How what facilities confirmed in recalls differs from what their journals make. */
export async function compareConfirmations(client: PoolClient): Promise<readonly Difference[]> {
  const { rows } = await client.query<Stored>(
    `SELECT process, at, by, events FROM journal WHERE process LIKE 'facility:%' ORDER BY process, version`,
  );
  const confirmations = rows.flatMap(({ at, by, events }): Row[] =>
    events.flatMap((event) => {
      if (event.type !== 'counted') return [];
      const { recall, facility, number, counts } = event;
      return [{ recall, facility, number, at, by, counts }];
    }),
  );
  const recalls = await client.query<{ number: string }>('SELECT number FROM recalls');
  const names = { recall: recalls.rows.map(({ number }) => number) };
  const counted = newest(rows.flatMap(({ events }) => events));
  const unlike = await client.query<{ row: Row }>(UNLIKE_THEIR_COUNT, [JSON.stringify(counted)]);
  return [
    ...(await compareRows(client, compared, new Map([['recall_confirmations', confirmations]]), names)),
    ...unlike.rows.map(({ row }): Difference => ({ table: 'recall_positions', side: 'live', row })),
  ];
}

/** What was counted last of each position. */
function newest(events: readonly ConfirmationEvent[]): readonly Counted[] {
  const counted = new Map<string, Counted>();
  const keep = (row: Counted) => counted.set(JSON.stringify([row.recall, row.facility, row.sku, row.lot]), row);
  for (const event of events) {
    const { recall, facility } = event;
    if (event.type === 'counted') {
      for (const { location, ...count } of event.counts) {
        keep({ recall, facility, ...count, location: count.found > 0 ? location : null, confirmation: event.number });
      }
    } else if (event.type === 'count_again') {
      keep({ recall, facility, sku: event.sku, lot: event.lot, found: null, location: null, confirmation: null });
    }
  }
  return [...counted.values()];
}

/** Positions that have another count than the newest of their facility's journal. */
const UNLIKE_THEIR_COUNT = `
  SELECT to_jsonb(p) AS row FROM (SELECT * FROM recall_positions WHERE consignee IS NULL) AS p
    FULL JOIN jsonb_to_recordset($1::jsonb) AS n(recall text, facility text, sku text, lot text, found int, location text, confirmation int)
      ON n.recall = p.recall AND n.facility = p.facility AND n.sku = p.sku AND coalesce(n.lot, '') = coalesce(p.lot, '')
  WHERE (p.found, p.location, p.confirmation) IS DISTINCT FROM (n.found, n.location, n.confirmation)`;
