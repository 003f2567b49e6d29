import { z } from 'zod';
import { readRequestFacts } from '../../activities/journal/facts.ts';
import { type BulkRow, intoSections, type Section } from '../../domain/bulk/sections.ts';
import { valueOfReturn } from '../../domain/eligibility/decide-line.ts';
import { moneyInstruments, programs } from '../../domain/policy/policy.ts';
import { policyForSale, withFloor } from '../../domain/policy/rules-for.ts';
import { reasonCodes } from '../../domain/reasons.ts';
import type { RequestFacts } from '../../domain/return/commands.ts';
import type { ReturnRequest } from '../../domain/return/request.ts';
import type { Api } from '../api.ts';
import { LocalId, OutsideCode } from '../fields.ts';
import { Problem } from '../problem.ts';
import { receivedBy } from '../returns/route.ts';
import { cell, flagCell, type RowFault, rowsProblem, type Table, wholeCell } from './table.ts';

/** A row of the file: goods of one order line and lot. */
export const Row = z.strictObject({
  orderLine: cell(OutsideCode.optional()),
  sku: cell(OutsideCode.optional()),
  lot: cell(OutsideCode.optional()),
  quantity: wholeCell,
  reason: cell(z.enum(reasonCodes)),
  opened: flagCell,
  serials: cell(
    z
      .string()
      .transform((text) => text.split('|').map((serial) => serial.trim()))
      .pipe(z.array(OutsideCode).max(1000))
      .optional(),
  ),
});

export const Asked = z.strictObject({
  order: OutsideCode.meta({ description: 'The order or agreement that the goods come back of.' }),
  program: z.enum(programs).default('business'),
  instrument: z.enum(moneyInstruments).default('credit_memo'),
  facility: LocalId.optional().meta({ description: 'Absent: whom the policy’s routing names, else the nearest.' }),
  badRows: z
    .enum(['refuse', 'leave_out'])
    .default('refuse')
    .meta({ description: 'leave_out: good rows are taken all the same, and bad ones named in the answer.' }),
});

export type Planned = {
  readonly section: Section;
  readonly request: ReturnRequest;
  readonly facts: RequestFacts;
};

export type Plan = {
  readonly sections: readonly Planned[];
  readonly faults: readonly RowFault[];
  readonly rows: number;
  readonly units: number;
  readonly worth: number;
  readonly currency: string;
  readonly facility: string;
};

/**
 * Checks every row of a file against the order and divides the good ones into sections, with what each is decided on.
 * Nothing is stored or reserved.
 *
 * @throws {Problem} 422 `rows_invalid` with each bad row, or `unknown_order`, `unknown_facility`
 */
export async function planned(
  api: Api,
  whole: string,
  asked: z.infer<typeof Asked>,
  table: Table<z.infer<typeof Row>>,
): Promise<Plan> {
  const { order, program, instrument } = asked;
  const sold = await api.db.order.findUnique({
    where: { id: order },
    select: { lines: { select: { id: true, number: true, sku: true, lotControlled: true, lots: true } } },
  });
  if (sold === null) {
    const detail = `order: there is no order ${order}; import it first`;
    throw new Problem(422, 'unknown_order', detail, { field: 'order' });
  }
  const named = withOrderLines(sold.lines, table.rows);
  const faults = [...table.faults, ...named.faults];
  const unrouted = { program, order, method: 'freight', instrument } as const;
  const read: { section: Section; facts: RequestFacts }[] = [];
  for (const section of intoSections(whole, named.rows, api.sectionLines)) {
    const facts = await readRequestFacts(api.pool, { ...unrouted, lines: section.lines });
    if (facts === null) throw new Error(`order ${order} was there a moment ago`);
    faults.push(...tooMany(section, facts));
    read.push({ section, facts });
  }
  const bad = new Set(faults.map(({ row }) => row));
  const total = table.rows.length + new Set(table.faults.map(({ row }) => row)).size;
  if (bad.size > 0 && (asked.badRows === 'refuse' || bad.size === total)) {
    throw rowsProblem(
      faults.toSorted((a, b) => a.row - b.row),
      total,
    );
  }
  const good = { ...table, faults: [], rows: table.rows.filter(({ row }) => !bad.has(row)) };
  // Leaving some out moves the others together.
  if (named.rows.some(({ row }) => bad.has(row))) return { ...(await planned(api, whole, asked, good)), faults };
  const worth = read.reduce((sum, { section, facts }) => sum + worthOf(unrouted, section, facts), 0);
  const [first] = read;
  if (first === undefined) throw new Error('a file without rows was let through');
  const { order: sale } = first.facts;
  const lines = read.flatMap(({ facts }) => facts.order.lines);
  const route = await receivedBy(api, asked.facility, { ...first.facts, order: { ...sale, lines } });
  return {
    sections: read.map(({ section, facts }) => ({
      section,
      facts,
      request: { ...unrouted, ...route, lines: section.lines, section: { worth } },
    })),
    faults,
    rows: named.rows.length,
    units: named.rows.reduce((sum, { quantity }) => sum + quantity, 0),
    worth,
    currency: sale.currency,
    facility: route.facility,
  };
}

type Sold = {
  readonly id: string;
  readonly number: number;
  readonly sku: string;
  readonly lotControlled: boolean;
  readonly lots: readonly string[];
};

/** A line is decided as one: more lots than that are more goods than a process takes up at once. */
const mostLots = 250;

/** Finds each row's order line; two rows of one may only differ by their lots. */
function withOrderLines(
  sold: readonly Sold[],
  rows: Table<z.infer<typeof Row>>['rows'],
): { readonly rows: readonly BulkRow[]; readonly faults: readonly RowFault[] } {
  const byId = new Map(sold.map((line) => [line.id, line]));
  const bySku = Map.groupBy(sold, ({ sku }) => sku);
  const seen = new Map<string, { readonly row: number; readonly reason: string }>();
  const firstOf = new Map<string, { readonly row: number; readonly reason: string }>();
  const lots = new Map<string, number>();
  const faults: RowFault[] = [];
  const good: BulkRow[] = [];
  for (const { row, value } of rows) {
    const { orderLine, sku, lot = null, quantity, reason, opened, serials } = value;
    const fault = (column: string, code: string, detail: string) => faults.push({ row, column, code, detail });
    if (orderLine === undefined && sku === undefined) {
      fault('orderLine', 'missing', 'name either orderLine or sku');
      continue;
    }
    const matching = orderLine === undefined ? (bySku.get(sku ?? '') ?? []) : [byId.get(orderLine) ?? []].flat();
    const [line, ...others] = matching;
    if (line === undefined) {
      if (orderLine === undefined) fault('sku', 'unknown_sku', `the order has no line with the SKU ${sku}`);
      else fault('orderLine', 'unknown_order_line', `the order has no line ${orderLine}`);
      continue;
    }
    if (others.length > 0) {
      fault('sku', 'ambiguous_sku', `${matching.length} lines of the order have this SKU; name one by its orderLine`);
      continue;
    }
    if (sku !== undefined && line.sku !== sku) {
      fault('sku', 'sku_differs', `order line ${line.id} is of the SKU ${line.sku}`);
      continue;
    }
    // Spreadsheets turn long lot numbers into others: 4010000000000 into 4.01E+12.
    if (lot !== null && line.lotControlled && line.lots.length > 0 && !line.lots.includes(lot)) {
      fault(
        'lot',
        'lot_not_sold',
        `no lot ${lot} was sold on order line ${line.id}; it has ${line.lots.slice(0, 20).join(', ')}`,
      );
      continue;
    }
    const twin = seen.get(`${line.id}\n${lot ?? ''}`);
    if (twin !== undefined) {
      fault('orderLine', 'duplicate_line', `row ${twin.row} is of the same order line and lot; name it once`);
      continue;
    }
    const first = firstOf.get(line.id);
    if (first !== undefined && first.reason !== reason) {
      fault('reason', 'reason_differs', `row ${first.row} gives another reason for the same order line; give one`);
      continue;
    }
    const lotsOfLine = (lots.get(line.id) ?? 0) + 1;
    if (lotsOfLine > mostLots) {
      fault(
        'lot',
        'too_many_lots',
        `at most ${mostLots} rows are taken of order line ${line.id}; bring the rest in another`,
      );
      continue;
    }
    lots.set(line.id, lotsOfLine);
    seen.set(`${line.id}\n${lot ?? ''}`, { row, reason });
    firstOf.set(line.id, first ?? { row, reason });
    good.push({
      row,
      orderLine: line.id,
      sku: line.sku,
      quantity,
      reason,
      lot,
      ...(opened === undefined ? {} : { opened }),
      ...(serials === undefined ? {} : { serials }),
    });
  }
  return { rows: good, faults };
}

/** As with a single return, a quantity that can't be right is a mistake of the file; what was never sent out is decided as such. */
function tooMany(section: Section, facts: RequestFacts): RowFault[] {
  const sold = new Map(facts.order.lines.map((line) => [line.orderLine, line]));
  return section.lines.flatMap((asked): RowFault[] => {
    const line = sold.get(asked.orderLine);
    if (line === undefined || asked.quantity <= line.returnable) return [];
    if (line.fulfilled === 0 && asked.quantity <= line.quantity) return [];
    const detail = `${asked.quantity} unit(s) exceed the ${line.returnable} still returnable on order line ${line.orderLine}`;
    return section.rows
      .filter(({ line: name }) => name === asked.line)
      .map(({ row }) => ({ row, column: 'quantity', code: 'exceeds_returnable', detail }));
  });
}

function worthOf(unrouted: Omit<ReturnRequest, 'lines' | 'facility'>, { lines }: Section, facts: RequestFacts): number {
  const policy = withFloor(policyForSale(facts.policy, facts.order), facts.floor, facts.order);
  const request = { ...unrouted, lines, facility: '' };
  return valueOfReturn({ order: facts.order, request, policy, at: new Date().toISOString() });
}
