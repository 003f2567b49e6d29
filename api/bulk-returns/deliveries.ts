import type { PoolClient } from 'pg';
import { z } from 'zod';
import { leaveForSections, type SectionDelivery, withBulkReturn } from '../../activities/journal/bulk.ts';
import { allocate, type Expected, type Share } from '../../domain/bulk/allocate.ts';
import type { ReceivedContent } from '../../domain/return/findings.ts';
import { endpoint } from '../endpoint.ts';
import { OutsideCode } from '../fields.ts';
import { Problem } from '../problem.ts';
import { uploadTypes } from '../upload.ts';
import { deliverToSections } from './deliver.ts';
import { BulkReturnBody, readBulkReturn, sectionsOf, WholePath } from './one.ts';
import { cell, flagCell, mostRows, type RowFault, readTable, rowsProblem, type Table, wholeCell } from './table.ts';

const MOST_OF_ROW = 1_000_000;
const MOST_UNITS = 100_000_000;
/** A section takes its share of a delivery in as one decision, an item a SKU and lot: more take longer than a task may. */
const MOST_OF_SECTION = 500;

const Row = z.strictObject({
  sku: cell(OutsideCode),
  lot: cell(OutsideCode.optional()),
  quantity: wholeCell,
  unitsPerPack: cell(wholeCell.optional()),
  damaged: flagCell,
});

const Query = z.strictObject({
  delivery: OutsideCode.meta({
    description: 'Its reference, as on the delivery note: booked in once.',
    example: 'DN-4711',
  }),
  last: z
    .enum(['true', 'false'])
    .default('false')
    .meta({ description: 'Nothing more is expected: what is absent is short.' }),
});

export const receiveDelivery = endpoint({
  method: 'post',
  path: '/v1/bulk-returns/{rma}/deliveries',
  id: 'receiveBulkDelivery',
  tag: 'Bulk returns',
  summary: 'Book in a delivery of a bulk return',
  description:
    `CSV with a header line, or newline-delimited JSON; its columns are ${Object.keys(Row.shape).join(', ')}, a row what ` +
    `was counted of a SKU and lot, in units, or in packs of so many. At most ${mostRows} rows. The units are shared out ` +
    'to the sections that expect them; over, short, wrong goods and wrong lots become discrepancies there, and none is ' +
    'left out. Sent again under its reference, it is not booked in again.',
  permission: 'returns:handle',
  streams: uploadTypes,
  params: WholePath,
  query: Query,
  responses: { 200: { description: 'The bulk return with its deliveries.', schema: BulkReturnBody } },
  problems: [404, 409, 415],
  handle: async ({ params: { rma }, query: { delivery, last }, request, caller }, api) => {
    const sections = await sectionsOf(api, rma);
    const table = await readTable(request, Row);
    const faults = [...table.faults, ...tooMany(table)];
    if (faults.length > 0) {
      throw rowsProblem(faults, table.rows.length + new Set(table.faults.map(({ row }) => row)).size);
    }
    const told = await withBulkReturn(api.pool, rma, async (client) => {
      const known = await client.query<{ file_sha256: string; section: string | null }>(
        'SELECT file_sha256 FROM bulk_deliveries WHERE whole = $1 AND delivery = $2',
        [rma, delivery],
      );
      const [before] = known.rows;
      if (before !== undefined && before.file_sha256 !== table.sha256) {
        const detail = `delivery ${delivery} was booked in with another file; use another reference for what came besides`;
        throw new Problem(409, 'delivery_known', detail, { field: 'delivery' });
      }
      if (before !== undefined) return sections.map((section) => nameOf(section, delivery));
      await mustBeDecided(client, rma);
      const counted = table.rows.map(
        ({ row, value: { sku, lot = null, quantity, unitsPerPack = 1, damaged = false } }) => ({
          ...{ row, sku, lot, damaged },
          quantity: quantity * unitsPerPack,
        }),
      );
      const expected = await expectedBy(client, rma);
      const shares = allocate(expected, counted, sections[0] ?? rma);
      await store(client, { rma, delivery, last: last === 'true', by: caller.id, table, shares });
      const messages = messagesOf({ delivery, last: last === 'true', by: caller.id, sections, expected, shares });
      await leaveForSections(client, messages);
      return messages.map(({ eventId }) => eventId);
    });
    await deliverToSections(api, told);
    return { status: 200, body: await readBulkReturn(api, rma) };
  },
});

/** What no truck brings is a slip of the keyboard, and more than the counters of stock hold. */
function tooMany({ rows }: Table<z.infer<typeof Row>>): RowFault[] {
  let units = 0;
  return rows.flatMap(({ row, value: { quantity, unitsPerPack = 1 } }): RowFault[] => {
    units += quantity * unitsPerPack;
    const fault = (detail: string) => [{ row, column: 'quantity', code: 'quantity_invalid', detail }];
    if (quantity * unitsPerPack > MOST_OF_ROW) return fault(`a row has at most ${MOST_OF_ROW} units, packs opened`);
    return units > MOST_UNITS ? fault(`a delivery has at most ${MOST_UNITS} units; book the rest in as another`) : [];
  });
}

const nameOf = (section: string, delivery: string) => `${section}:delivery:${delivery}`;

/** Goods of a section that waits for its review are refused there, as with any return. */
async function mustBeDecided(client: PoolClient, whole: string): Promise<void> {
  const { rows } = await client.query<{ rma: string }>(
    `SELECT s.rma FROM bulk_sections s LEFT JOIN returns r ON r.rma = s.rma
     WHERE s.whole = $1 AND coalesce(r.goods, 'in_review') = 'in_review' ORDER BY s.rma LIMIT 1`,
    [whole],
  );
  const [waiting] = rows;
  if (waiting === undefined) return;
  throw new Problem(
    409,
    'not_authorized',
    `section ${waiting.rma} is not decided yet: review it first, then do this again`,
  );
}

/** What each line still expects. Units that were given up as missing may come after all. */
async function expectedBy(client: PoolClient, whole: string): Promise<readonly Expected[]> {
  const { rows } = await client.query<Expected>(
    `SELECT b.section, b.line, b.sku, b.lots,
       greatest(0, l.requested - l.cancelled - l.kept - greatest(l.received, coalesce(g.given, 0)))::int AS quantity
     FROM (SELECT section, line, min(sku) AS sku, min(row) AS row,
             CASE WHEN bool_and(lot IS NOT NULL) THEN array_agg(lot) ELSE '{}' END AS lots
           FROM bulk_rows WHERE whole = $1 GROUP BY section, line) b
     JOIN return_lines l ON l.rma = b.section AND l.line = b.line
     LEFT JOIN (SELECT section, line, sum(quantity) AS given FROM bulk_delivery_shares WHERE whole = $1 GROUP BY section, line) g
       ON g.section = b.section AND g.line = b.line
     ORDER BY b.row`,
    [whole],
  );
  return rows;
}

type Stored = {
  readonly rma: string;
  readonly delivery: string;
  readonly last: boolean;
  readonly by: string;
  readonly table: Pick<Table<unknown>, 'sha256'>;
  readonly shares: readonly Share[];
};

async function store(client: PoolClient, { rma, delivery, last, by, table, shares }: Stored): Promise<void> {
  const units = shares.reduce((sum, { quantity }) => sum + quantity, 0);
  await client.query(
    'INSERT INTO bulk_deliveries (whole, delivery, last, units, file_sha256, received_by) VALUES ($1, $2, $3, $4, $5, $6)',
    [rma, delivery, last, units, table.sha256, by],
  );
  const parts = shares.map((share, index) => ({ ...share, part: index + 1 }));
  await client.query(
    `INSERT INTO bulk_delivery_shares (whole, delivery, row, part, section, line, sku, lot, quantity, damaged)
     SELECT $1, $2, n.row, n.part, n.section, n.line, n.sku, n.lot, n.quantity, n.damaged
     FROM jsonb_to_recordset($3::jsonb) AS n(row int, part int, section text, line text, sku text, lot text, quantity int, damaged boolean)`,
    [rma, delivery, JSON.stringify(parts)],
  );
}

type ToTell = Pick<Stored, 'delivery' | 'last' | 'by' | 'shares'> & {
  readonly sections: readonly string[];
  readonly expected: readonly Expected[];
};

/** One receipt a section that got something; with the last delivery also one for each that still expects goods. */
function messagesOf({ delivery, last, by, sections, expected, shares }: ToTell): SectionDelivery[] {
  const given = Map.groupBy(shares, ({ section }) => section);
  const waiting = new Set(expected.flatMap(({ section, quantity }) => (quantity > 0 ? [section] : [])));
  return sections.flatMap((rma): SectionDelivery[] => {
    const mine = given.get(rma) ?? [];
    if (mine.length === 0 && !(last && waiting.has(rma))) return [];
    const contents = contentsOf(mine);
    if (contents.length > MOST_OF_SECTION) {
      const detail = `section ${rma} would get ${contents.length} SKUs and lots at once, and takes ${MOST_OF_SECTION}; book the delivery in as several`;
      throw new Problem(422, 'too_many_lots', detail);
    }
    const command = { type: 'receive', parcel: null, contents, partial: !last, delivery } as const;
    const eventId = nameOf(rma, delivery);
    return [{ provider: 'bulk', eventId, rma, message: { commandId: `bulk:${eventId}`, by, command } }];
  });
}

/** Counted units by SKU, lot and state: what was two rows of one lot is one item. */
function contentsOf(shares: readonly Share[]): ReceivedContent[] {
  const same = Map.groupBy(shares, ({ sku, lot, damaged }) => JSON.stringify([sku, lot, damaged]));
  return [...same.values()].flatMap((of): ReceivedContent[] => {
    const [first] = of;
    if (first === undefined) return [];
    const { sku, lot, damaged } = first;
    const quantity = of.reduce((sum, share) => sum + share.quantity, 0);
    return [{ sku, quantity, ...(lot === null ? {} : { lot }), ...(damaged ? { damagedInTransit: true } : {}) }];
  });
}
