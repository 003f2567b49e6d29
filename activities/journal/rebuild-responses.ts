import type { PoolClient } from 'pg';
import type { ResponseEvent, Said } from '../../domain/recall/response.ts';
import { type Compared, compareRows, type Difference } from './compare-rows.ts';
import type { Row } from './table.ts';

const compared: Compared<'recall'> = {
  recall_responses: {
    scope: 'recall',
    key: ['recall', 'consignee', 'number'],
    columns: {
      recall: 'text',
      consignee: 'text',
      number: 'int',
      at: 'timestamptz',
      by: 'text',
      channel: 'text',
      positions: 'jsonb',
    },
  },
  recall_passed_on: {
    scope: 'recall',
    key: ['recall', 'consignee', 'sub_consignee', 'sku', 'lot'],
    columns: {
      recall: 'text',
      consignee: 'text',
      sub_consignee: 'text',
      sku: 'text',
      lot: 'text',
      quantity: 'int',
    },
  },
};

type Stored = {
  readonly process: string;
  readonly at: Date;
  readonly by: string;
  readonly events: readonly ResponseEvent[];
};

/** How what consignees of recalls answered differs from what their journals make. */
export async function compareResponses(client: PoolClient): Promise<readonly Difference[]> {
  const { rows } = await client.query<Stored>(
    `SELECT process, at, by, events FROM journal WHERE process LIKE 'consignee:%' ORDER BY process, version`,
  );
  const responses = rows.flatMap(({ at, by, events }) => events.map(({ type: _, ...event }) => ({ ...event, at, by })));
  const passedOn = [...Map.groupBy(rows, ({ process }) => process).values()].flatMap((journal) =>
    newest(journal.flatMap(({ events }) => events)),
  );
  const rebuilt = new Map<string, Row[]>([
    ['recall_responses', responses],
    ['recall_passed_on', passedOn],
  ]);
  const recalls = await client.query<{ number: string }>('SELECT number FROM recalls');
  const names = { recall: recalls.rows.map(({ number }) => number) };
  return [
    ...(await compareRows(client, compared, rebuilt, names)),
    ...(await positionsLike(client, UNLIKE_THEIR_RESPONSE)),
    ...(await positionsLike(client, UNLIKE_THEIR_RETURNS)),
  ];
}

/** To whom one consignee passed goods on, as it said last of each of its positions. */
function newest(events: readonly ResponseEvent[]): Row[] {
  const said = new Map<string, Said & Pick<ResponseEvent, 'recall' | 'consignee'>>();
  for (const { recall, consignee, positions } of events) {
    for (const each of positions) said.set(JSON.stringify([each.sku, each.lot]), { ...each, recall, consignee });
  }
  return [...said.values()].flatMap(({ recall, consignee, sku, lot, passedOn }) =>
    passedOn.map((sub) => ({ recall, consignee, sub_consignee: sub.consignee, sku, lot, quantity: sub.quantity })),
  );
}

/** Positions that say otherwise than the response that they name. */
const UNLIKE_THEIR_RESPONSE = `
  SELECT to_jsonb(p) AS row FROM recall_positions p LEFT JOIN recall_responses r
    ON r.recall = p.recall AND r.consignee = p.consignee AND r.number = p.response
  WHERE p.response IS NOT NULL AND NOT EXISTS (
    SELECT FROM jsonb_to_recordset(r.positions) AS s(sku text, lot text, held int, returned int, destroyed int, corrected int,
      consumed int, "soldOn" int)
    WHERE s.sku = p.sku AND s.lot IS NOT DISTINCT FROM p.lot
      AND (s.held, s.returned, s.destroyed, s.corrected, s.consumed, s."soldOn")
        = (p.said_held, p.said_returned, p.said_destroyed, p.said_corrected, p.said_consumed, p.said_sold_on))`;

/** Positions that count otherwise what came back, and was destroyed, than the items of their returns do. */
const UNLIKE_THEIR_RETURNS = `
  SELECT to_jsonb(p) AS row FROM recall_positions p CROSS JOIN LATERAL (
    SELECT coalesce(sum(i.quantity), 0) AS came,
      coalesce(sum(i.quantity) FILTER (WHERE i.stage = 'disposed' AND i.disposition = 'destroy'), 0) AS destroyed
    FROM return_lines l JOIN return_items i ON i.rma = l.rma AND i.line = l.line
    WHERE l.order_line_id = p.order_line AND (p.lot IS NULL OR i.lot IS NULL OR i.lot = p.lot)) AS of
  WHERE p.order_line IS NOT NULL AND (p.came_back, p.destroyed_here) IS DISTINCT FROM (of.came, of.destroyed)`;

async function positionsLike(client: PoolClient, found: string): Promise<readonly Difference[]> {
  const { rows } = await client.query<{ row: Row }>(found);
  return rows.map(({ row }) => ({ table: 'recall_positions', side: 'live', row }));
}
