import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Admission } from '../import/returns.ts';
import { readTable } from '../import/table.ts';

/** What a heuristic of others made of a row. */
export type Evidence = {
  readonly row: number;
  readonly label: EvidenceClass;
  readonly document: string;
  readonly sku: string;
  readonly quantity: number;
  readonly best: string;
  readonly candidates: readonly string[];
};

type EvidenceClass = z.infer<typeof Class>;

const Class = z.enum([
  'matched_unique',
  'matched_ambiguous',
  'no_customer',
  'no_prior_purchase',
  'non_product',
  'only_later_purchase',
  'price_differs',
  'over_quantity',
  'spans_invoices',
]);

const Row = z.object({
  return_row: z.coerce.number().int(),
  InvoiceNo: z.string(),
  StockCode: z.string(),
  Quantity: z.coerce.number().int(),
  class: Class,
  best_invoice: z.string(),
  candidate_invoices: z.string(),
});

/** Reads `link_evidence.csv` of the folder; null where there is none. */
export async function readEvidence(folder: string, limit: number): Promise<readonly Evidence[] | null> {
  const file = join(folder, 'link_evidence.csv');
  if (!existsSync(file)) return null;
  const evidence: Evidence[] = [];
  for await (const { values } of readTable(file)) {
    const read = Row.parse(values);
    if (read.return_row > limit) continue;
    evidence.push({
      row: read.return_row,
      label: read.class,
      document: read.InvoiceNo,
      sku: read.StockCode,
      quantity: -read.Quantity,
      best: read.best_invoice,
      candidates: read.candidate_invoices.split(/[\s;|]+/).filter((each) => each !== ''),
    });
  }
  return evidence;
}

/** Our queue where the heuristic has a class of its own; a unique match has none. */
const sameAs: Readonly<Record<Exclude<EvidenceClass, 'matched_unique'>, string>> = {
  matched_ambiguous: 'ambiguous_match',
  no_customer: 'no_customer',
  no_prior_purchase: 'no_match',
  non_product: 'not_goods',
  only_later_purchase: 'bought_later',
  price_differs: 'price',
  over_quantity: 'quantity',
  spans_invoices: 'quantity',
};

export type Disagreement = { readonly evidence: Evidence; readonly ours: string; readonly why: string };

/** Where we came to another answer than the heuristic, and why. */
export function disagreements(
  evidence: readonly Evidence[],
  admissions: ReadonlyMap<number, Admission>,
): readonly Disagreement[] {
  return evidence.flatMap((each): Disagreement[] => {
    const admission = admissions.get(each.row);
    if (admission === undefined) return [{ evidence: each, ours: 'nothing', why: 'the row was not admitted' }];
    if (agrees(each, admission)) return [];
    return [{ evidence: each, ours: inWords(admission), why: explain(each, admission) }];
  });
}

function agrees({ label, best }: Evidence, admission: Admission): boolean {
  if (label === 'matched_unique') return admission.type === 'returned' && admission.plan.order === best;
  return admission.type === 'queued' && admission.reason === sameAs[label];
}

function inWords(admission: Admission): string {
  if (admission.type === 'returned') return `returned with ${admission.plan.order}`;
  return admission.type === 'queued' ? admission.reason : 'rejected';
}

function explain({ label, best, candidates, quantity }: Evidence, admission: Admission): string {
  if (admission.type === 'returned') {
    const { order, rule } = admission.plan;
    const others = candidates.filter((candidate) => candidate !== order);
    if (label === 'spans_invoices' && rule === 'interchangeable_lines') {
      return `no single line of ${order} has ${quantity} units, but its lines at this price do together, for the same money`;
    }
    if (label === 'matched_ambiguous') {
      return `${others.join(', ')} no longer had ${quantity} units: earlier returns had taken them, which the heuristic doesn't count`;
    }
    return `${order} is the one order with this SKU and price, before this time, that still had ${quantity} units; the heuristic says ${best === '' ? label : best}`;
  }
  if (admission.type === 'rejected') return 'the row could not be read';
  const reasons: Readonly<Record<string, string>> = {
    not_goods: 'the code stands for a fee or a correction, so nothing can come back whoever the customer was',
    no_match: 'the later purchase that the heuristic saw is not among the orders of this folder',
    quantity: `no order before it sold this at this price and still has ${quantity} units; one at another price doesn't count`,
    ambiguous_match:
      'several orders would do once the same price and the units left are counted, or an undecided line may mean the same units',
  };
  return reasons[admission.reason] ?? 'by our rules; see docs/domain.md';
}

/** As a table in plain text. */
export function tableOf(found: readonly Disagreement[]): string {
  const rows = [
    ['row', 'document', 'sku', 'heuristic', 'ours', 'why'],
    ...found.map(({ evidence: { row, document, sku, label, best }, ours, why }) => [
      String(row),
      document,
      sku,
      best === '' ? label : `${label} ${best}`,
      ours,
      why,
    ]),
  ];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
