import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { z } from 'zod';
import type { RowError } from '../../api/orders/row.ts';
import { type Match, matchPurchase, type Purchase, type Taken } from '../../domain/sale/matching.ts';
import type { PrismaClient } from '../../prisma/client.ts';
import { dropPlans, type Plan, readAdmitted, settlePlans, writePlans } from './admitted.ts';
import { type ApiClient, Refused } from './client.ts';
import { type Mapping, mapped } from './mapping.ts';
import { type QueuedRow, queueForPeople } from './people.ts';
import { readClaims, readPurchases } from './purchases.ts';
import { type PlacedRow, type ReturnedRow, readDocument } from './returned-row.ts';
import { adjoining, type TableRow } from './table.ts';

/** What became of a row; `known` says that an earlier import had dealt with it. */
export type Admission = { readonly id: string; readonly row: number; readonly document: string | null } & (
  | { readonly type: 'returned'; readonly rma: string; readonly plan: Plan; readonly known: boolean }
  | { readonly type: 'queued'; readonly reason: string; readonly known: boolean }
  | { readonly type: 'rejected'; readonly errors: readonly RowError[] }
);

export type ReturnImport = {
  readonly client: ApiClient;
  readonly db: PrismaClient;
  readonly pool: Pool;
  readonly mapping: Mapping;
  /** Names the system that the documents come from: their numbers are unique in it. */
  readonly source: string;
  readonly method: 'drop_off' | 'pickup';
  readonly facility?: string | undefined;
  /** Rows that can't be read go to the people's queue too, instead of back to who sent the file. */
  readonly queueUnreadable?: boolean;
};

/** What a return takes at most, as its process does. */
const LINES_A_RETURN = 250;
const Created = z.object({ rma: z.string() });

/**
 * Imports returns from a table, a document after the other in the order of the file: each row becomes a line of a return
 * of the purchase that it matches, or goes to the people's queue with the reason. Rows of one document that match one
 * order make one return. The same file may come again: a row is known by its document and position.
 */
export async function* importReturns(
  rows: AsyncIterable<TableRow>,
  options: ReturnImport,
): AsyncIterable<readonly Admission[]> {
  const { mapping, source } = options;
  const documentOf = ({ values }: TableRow) => (values === null ? null : (mapped(mapping, values)['document'] ?? null));
  const positions = new Map<string, number>();
  for await (const group of adjoining(rows, documentOf)) {
    const document = group[0] === undefined ? null : documentOf(group[0]);
    const before = document === null ? 0 : (positions.get(document) ?? 0);
    if (document !== null) positions.set(document, before + group.length);
    yield await admitDocument(readDocument(group, mapping, source, before), options);
  }
}

async function admitDocument(rows: readonly PlacedRow[], options: ReturnImport): Promise<readonly Admission[]> {
  const { db } = options;
  const admitted = new Map<string, Admission>();
  const plans = new Map<string, Plan>();
  for (const known of await readAdmitted(
    db,
    rows.map(({ id }) => id),
  )) {
    const placed = rows.find(({ id }) => id === known.id);
    if (placed === undefined) continue;
    const { id, row, document } = placed;
    if (known.type === 'queued') {
      admitted.set(id, { id, row, document, type: 'queued', reason: known.reason, known: true });
    } else if (known.rma !== null) {
      admitted.set(id, { id, row, document, type: 'returned', rma: known.rma, plan: known.plan, known: true });
    } else plans.set(id, known.plan);
  }
  for (const placed of rows) {
    const { id, row, document } = placed;
    if (admitted.has(id) || plans.has(id)) continue;
    if (placed.line === null && options.queueUnreadable !== true) {
      admitted.set(id, { id, row, document, type: 'rejected', errors: placed.errors });
    } else if (placed.line === null) {
      admitted.set(id, await queue(db, placed, 'unreadable_row', null, []));
    } else {
      const match = await matchRow(options, placed.line, [...plans.values()]);
      if (match.type === 'matched') plans.set(id, planOf(placed, placed.line, match, [...plans.values()]));
      else admitted.set(id, await queue(db, placed, match.reason, match.detail, match.candidates));
    }
  }
  await writePlans(db, plans);
  for (const [key, planned] of Map.groupBy(plans, ([, plan]) => plan.key)) {
    for (const admission of await createReturn(options, rows, key, new Map(planned))) {
      admitted.set(admission.id, admission);
    }
  }
  return rows.flatMap(({ id }) => admitted.get(id) ?? []);
}

/** The units that lines before it in the same document will take are no longer there. */
async function matchRow({ pool }: ReturnImport, row: ReturnedRow, plans: readonly Plan[]): Promise<Match> {
  const isIdentified = row.buyer !== null || row.order !== null;
  const line = { ...row, at: row.at.toISOString(), isIdentified };
  if (!line.isGoods || !isIdentified) return matchPurchase(line, []);
  const taken = plans.flatMap(({ lines }) => lines);
  const purchases = (await readPurchases(pool, row)).map((purchase): Purchase => {
    const gone = taken.filter(({ orderLine }) => orderLine === purchase.orderLine);
    return { ...purchase, returnable: purchase.returnable - unitsOf(gone) };
  });
  const claims = await readClaims(
    pool,
    row,
    purchases.map(({ order }) => order),
  );
  return matchPurchase(line, purchases, claims);
}

/** Joins the return that lines before it in the document make of the same order, as long as it has room. */
function planOf(
  { id, row }: PlacedRow,
  line: ReturnedRow,
  match: Extract<Match, { type: 'matched' }>,
  plans: readonly Plan[],
): Plan {
  const { order, rule, lines } = match;
  const joined = [...Map.groupBy(plans, ({ key }) => key).values()].find((same) => {
    const orderLines = [...same.flatMap((plan) => plan.lines), ...lines].map(({ orderLine }) => orderLine);
    return same[0]?.order === order && new Set(orderLines).size <= LINES_A_RETURN;
  });
  return { row, order, rule, key: joined?.[0]?.key ?? keyFrom(id), reason: line.reason, lines: [...lines] };
}

/** Named by the first row in it, so that asking again finds the return that was made, and no other rows ever do. */
const keyFrom = (id: string): string => `import:${createHash('sha256').update(id).digest('hex').slice(0, 40)}`;

async function createReturn(
  { client, db, method, facility }: ReturnImport,
  rows: readonly PlacedRow[],
  key: string,
  plans: ReadonlyMap<string, Plan>,
): Promise<readonly Admission[]> {
  const ids = [...plans.keys()];
  const all = [...plans.values()];
  const placed = rows.filter(({ id }) => plans.has(id));
  const order = all[0]?.order ?? '';
  const byOrderLine = Map.groupBy(
    all.flatMap(({ lines, reason }) => lines.map((line) => ({ ...line, reason }))),
    ({ orderLine }) => orderLine,
  );
  const lines = [...byOrderLine].map(([orderLine, same]) => {
    return { orderLine, quantity: unitsOf(same), reason: same[0]?.reason };
  });
  const body = { order, lines, method, ...(facility === undefined ? {} : { facility }) };
  try {
    const { rma } = Created.parse(await client.post('/v1/returns', body, key));
    await settlePlans(db, ids, rma);
    return placed.flatMap(({ id, row, document }): Admission[] => {
      const plan = plans.get(id);
      return plan === undefined ? [] : [{ id, row, document, type: 'returned', rma, plan, known: false }];
    });
  } catch (error) {
    // Otherwise it may have been done: the plan stays, and the next import asks for the same return again.
    if (!(error instanceof Refused)) throw error;
    await dropPlans(db, ids);
    const queued: Admission[] = [];
    for (const each of placed) queued.push(await queue(db, each, error.code, null, [order]));
    return queued;
  }
}

async function queue(
  db: PrismaClient,
  placed: PlacedRow,
  reason: string,
  detail: string | null,
  candidates: readonly string[],
): Promise<Admission> {
  const { id, row, line, document } = placed;
  const codes: QueuedRow['codes'] = {
    row,
    sku: line?.sku ?? null,
    quantity: line?.quantity ?? null,
    unitPrice: line?.unitPrice ?? null,
    currency: line?.currency ?? null,
    buyer: line?.buyer ?? null,
    candidates,
    faults: placed.line === null ? placed.errors.map(({ column, code }) => `${column}:${code}`) : [],
  };
  await queueForPeople(db, { id, document: document ?? `row/${row}`, reason, detail, codes });
  return { id, row, document, type: 'queued', reason, known: false };
}

const unitsOf = (lines: readonly Taken[]): number => lines.reduce((sum, { quantity }) => sum + quantity, 0);
