import { z } from 'zod';
import { Prisma, type PrismaClient } from '../../prisma/generated/client.ts';
import { endpoint } from '../endpoint.ts';
import { OutsideCode } from '../fields.ts';
import { cursorParameter, cursorText, cursorTime, limitParameter, listBody, pageOf } from '../page.ts';
import { Problem } from '../problem.ts';

const Time = z.iso.datetime();

const ProcessBody = z
  .object({
    kind: z.string(),
    number: z.string(),
    status: z.string(),
    nextDeadline: Time.nullable().meta({ description: 'What it waits for by the clock, at the latest until then.' }),
    needsPerson: z.array(z.string()).meta({ description: 'Why it waits for a person; empty where it does not.' }),
  })
  .meta({ id: 'HoldingProcess' });

const PositionBody = z
  .object({
    facility: z.string().meta({ description: 'Where they are; of goods under way, where they come to.' }),
    account: z
      .string()
      .meta({ description: 'Where they are in the stock ledger: `sellable`, `quarantine`, `in_transit`, …' }),
    sku: z.string(),
    lot: z.string().nullable(),
    units: z.int(),
    process: ProcessBody.nullable().meta({ description: 'The process that has them; null where none does.' }),
  })
  .meta({ id: 'StockPosition' });

const MovementBody = z
  .object({
    at: Time,
    process: z.string().meta({ description: 'By its name in the journal: `return:…`, `transfer:…`.' }),
    from: z.string(),
    to: z.string(),
    facility: z.string(),
    sku: z.string(),
    lot: z.string().nullable(),
    units: z.int(),
  })
  .meta({ id: 'StockMovement' });

const PositionsBody = listBody(MovementBody)
  .extend({
    positions: z
      .array(PositionBody)
      .meta({ description: 'What the ledger has now, at most 200 rows, most units first.' }),
    levels: z
      .array(z.object({ facility: z.string(), sku: z.string(), onHand: z.int(), reserved: z.int(), stopped: z.int() }))
      .meta({
        description: 'The counts of the SKU by facility: on hand, of these kept for somebody, and stopped by recalls.',
      }),
  })
  .meta({ id: 'StockPositions' });

const MOST_POSITIONS = 200;

/** Where goods are, where they were, and what they wait for. */
export const getPositions = endpoint({
  method: 'get',
  path: '/v1/stock/positions',
  id: 'getStockPositions',
  tag: 'Stock',
  summary: 'Where goods are, where they were, and what they wait for',
  description:
    'By SKU, lot or serial, or several of them: what the stock ledger has of them and which process holds it, the counts of facilities, and the ledger’s entries, newest first. ' +
    'The ledger knows the goods that came back or moved; the counts know the rest of a shop’s stock. A serial is looked for in the items of returns, in transfers and in loans.',
  permission: 'stock:read',
  query: z.strictObject({
    sku: OutsideCode.optional(),
    lot: OutsideCode.optional(),
    serial: OutsideCode.optional(),
    limit: limitParameter,
    cursor: cursorParameter(z.tuple([cursorTime, cursorText, cursorText])),
  }),
  responses: { 200: { description: 'Positions, counts and a page of entries.', schema: PositionsBody } },
  problems: [422],
  handle: async ({ query: { sku, lot, serial, limit, cursor } }, { db }) => {
    if (sku === undefined && lot === undefined && serial === undefined) {
      throw new Problem(422, 'nothing_named', 'name a SKU, a lot or a serial', { field: 'sku' });
    }
    const which = conditionOf({ sku, lot, serial });
    const [positions, levels, entries] = await Promise.all([
      heldNow(db, serial === undefined ? sums(which) : lastOf(serial, which)),
      sku === undefined ? [] : levelsOf(db, sku),
      movements(db, which, limit, cursor),
    ]);
    const page = pageOf(entries, limit, (row) => [row.writtenAt, row.process, row.entry]);
    return {
      status: 200,
      body: {
        positions: positions.map(positionOut),
        levels: [...levels],
        data: page.rows.map(({ writtenAt, entry: _, ...row }) => ({ ...row, at: new Date(writtenAt).toISOString() })),
        nextCursor: page.nextCursor,
      },
    };
  },
});

type Which = {
  readonly sku: string | undefined;
  readonly lot: string | undefined;
  readonly serial: string | undefined;
};

/** Items of processes that have a serial, by the ledger's words: a return's item, a transfer's line, a loan's unit. */
const itemsWith = (serial: string): Prisma.Sql => Prisma.sql`(
  SELECT 'return:' || rma AS process, item FROM return_items WHERE serials @> ARRAY[${serial}] AND serials <> '{}'
  UNION ALL SELECT 'transfer:' || number, line FROM transfer_lines WHERE serials @> ARRAY[${serial}] AND serials <> '{}'
  UNION ALL SELECT 'loan:' || number, unit FROM loan_units WHERE serial = ${serial}) AS its(process, item)`;

/** What was written of an item, or of one that it was a part of before. */
const ofItem = Prisma.sql`e.process = its.process AND (e.item = its.item OR starts_with(its.item, e.item || '.'))`;

/** What of the ledger's entries is meant. */
function conditionOf({ sku, lot, serial }: Which): Prisma.Sql {
  return Prisma.join(
    [
      ...(sku === undefined ? [] : [Prisma.sql`e.sku = ${sku}`]),
      ...(lot === undefined ? [] : [Prisma.sql`e.lot = ${lot}`]),
      ...(serial === undefined
        ? []
        : [
            Prisma.sql`(e.process, e.entry) IN (SELECT e.process, e.entry FROM ${itemsWith(serial)} JOIN stock_entries e ON ${ofItem})`,
          ]),
    ],
    ' AND ',
  );
}

type Held = {
  readonly facility: string;
  readonly account: string;
  readonly sku: string;
  readonly lot: string | null;
  readonly units: number;
  readonly process: string | null;
  readonly status: string | null;
  readonly nextDeadline: Date | null;
  readonly reasons: readonly string[] | null;
};

/** Goods in these accounts are with the process that wrote them there; in the others they are stock. */
const WITH_A_PROCESS: readonly string[] = ['quarantine', 'inspected', 'in_work', 'in_transit', 'on_loan'];
/** What is there is no stock of ours any more; of one unit it is told all the same. */
const ENDS: readonly string[] = ['customer', 'disposed_of', 'dismantled', 'installed'];

/** All that the ledger has now of some goods. */
const sums = (which: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT CASE WHEN account = 'in_transit' THEN NULL ELSE facility END AS facility, account, sku, lot,
    CASE WHEN account = ANY (${WITH_A_PROCESS}) THEN process END AS process, sum(change)::int AS units
  FROM stock_entries e, LATERAL (VALUES (from_account, -quantity), (to_account, quantity)) AS side(account, change)
  WHERE ${which} AND account <> ALL (${ENDS}) GROUP BY 1, 2, 3, 4, 5 HAVING sum(change) > 0
  ORDER BY units DESC, 1, 2, 3, 4 LIMIT ${MOST_POSITIONS}`;

/** Where one unit went last, as its serial was read. Of a transfer's line that came in part it may be what is under way. */
const lastOf = (serial: string, which: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT CASE WHEN account = 'in_transit' THEN NULL ELSE facility END AS facility, account, sku, lot,
    CASE WHEN account = ANY (${WITH_A_PROCESS}) THEN process END AS process, 1 AS units
  FROM (SELECT e.facility, e.sku, e.lot, e.process, e.written_at,
      CASE WHEN l.in_transit > 0 THEN 'in_transit' ELSE e.to_account END AS account, e.version, length(e.entry) AS long, e.entry
    FROM ${itemsWith(serial)} JOIN stock_entries e ON ${ofItem}
      LEFT JOIN transfer_lines l ON its.process = 'transfer:' || l.number AND its.item = l.line
    WHERE ${which} ORDER BY e.written_at DESC, e.version DESC, long DESC, e.entry DESC LIMIT 1) AS last`;

/** Goods with who has them and what that waits for; those under way are where they come to, which their transfer tells. */
const heldNow = (db: PrismaClient, goods: Prisma.Sql): Promise<readonly Held[]> => db.$queryRaw<Held[]>`
  WITH held AS (${goods})
  SELECT coalesce(h.facility, n.facility, '') AS facility, h.account, h.sku, h.lot, h.units, h.process,
    coalesce(r.goods, n.status) AS status, coalesce(r.next_deadline, n.next_deadline) AS "nextDeadline",
    (SELECT array_agg(DISTINCT a.reason) FROM attention a WHERE a.resolved_at IS NULL
      AND (a.rma = r.rma OR a.network = n.number)) AS reasons
  FROM held h LEFT JOIN returns r ON r.rma = split_part(h.process, ':', 2) AND split_part(h.process, ':', 1) = 'return'
    LEFT JOIN network_processes n ON n.number = split_part(h.process, ':', 2) AND n.kind = split_part(h.process, ':', 1)
  ORDER BY h.units DESC, facility, h.account, h.sku, h.lot`;

function positionOut({ process, status, nextDeadline, reasons, ...row }: Held): z.infer<typeof PositionBody> {
  if (process === null) return { ...row, process };
  const [kind = '', number = ''] = [process.slice(0, process.indexOf(':')), process.slice(process.indexOf(':') + 1)];
  const waits = { status: status ?? 'open', nextDeadline: nextDeadline?.toISOString() ?? null };
  return { ...row, process: { kind, number, ...waits, needsPerson: [...(reasons ?? [])] } };
}

type Level = z.infer<typeof PositionsBody>['levels'][number];

const levelsOf = (db: PrismaClient, sku: string): Promise<readonly Level[]> => db.$queryRaw<Level[]>`
  SELECT facility, sku, on_hand AS "onHand", reserved, stopped_units(level)::int AS stopped
  FROM stock_levels AS level WHERE sku = ${sku} ORDER BY facility COLLATE "C"`;

type Movement = Omit<z.infer<typeof MovementBody>, 'at'> & { readonly writtenAt: string; readonly entry: string };

const movements = (
  db: PrismaClient,
  which: Prisma.Sql,
  limit: number,
  after: readonly [string, string, string] | undefined,
): Promise<readonly Movement[]> => db.$queryRaw<Movement[]>`
  SELECT to_char(e.written_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "writtenAt", e.process, e.entry,
    e.from_account AS "from", e.to_account AS "to", e.facility, e.sku, e.lot, e.quantity AS units
  FROM stock_entries e WHERE ${which}
    ${after === undefined ? Prisma.empty : Prisma.sql`AND (e.written_at, e.process, e.entry) < (${after[0]}::timestamptz, ${after[1]}, ${after[2]})`}
  ORDER BY e.written_at DESC, e.process DESC, e.entry DESC LIMIT ${limit + 1}`;
