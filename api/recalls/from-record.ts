import type { z } from 'zod';
import type { Proposal } from '../../domain/recall/code-info/reading.ts';
import { type ReadReport, readReport, scopeFields } from '../../domain/recall/enforcement-report.ts';
import { proposedScope } from '../../domain/recall/proposed-scope.ts';
import { type DraftQuestion, questionsOf } from '../../domain/recall/questions.ts';
import type { RecallScope } from '../../domain/recall/scope.ts';
import { withClient } from '../../prisma/client.ts';
import type { Api } from '../api.ts';
import { Problem } from '../problem.ts';
import { type EnforcementRecord, reportOf } from './record.ts';

/** A question of a draft; of a lot, whether one of that code was ever booked here for the record's products. */
export type NumberedQuestion = DraftQuestion & { readonly question: number; readonly known: boolean | null };

/** What a record proposes for a draft, and what it leaves to ask. */
export type RecordRead = {
  readonly read: ReadReport;
  readonly scope: RecallScope;
  readonly questions: readonly NumberedQuestion[];
};

/**
 * Reads a record against what was booked here: which products it is about, and which of its lots are known.
 *
 * @param named SKUs that it is about; null: those that bear its GTINs, or are one of its item numbers
 * @throws {Problem} 422 `product_unknown` where nothing of ours is found, or a named SKU has no lots here
 */
export async function readRecord(
  { pool }: Pick<Api, 'pool'>,
  record: z.infer<typeof EnforcementRecord>,
  named: readonly string[] | null,
): Promise<RecordRead> {
  const report = reportOf(record);
  const read = readReport(report);
  const asked = questionsOf(report, read);
  const proposals = scopeFields.flatMap((field) => read.scope[field].proposals.map(({ proposal }) => proposal));
  const lots = proposals.flatMap((each) => (each.type === 'lot' ? [each.code] : []));
  const { rows } = await withClient(pool, (client) =>
    client.query<{ sku: string; lots: string[] }>(PRODUCTS, [named, ...productNumbers(proposals), lots]),
  );
  const strangers = (named ?? [])
    .map((sku, index) => ({ sku, index }))
    .filter(({ sku }) => !rows.some((row) => row.sku === sku));
  const [stranger] = strangers;
  if (stranger !== undefined) {
    const field = `skus[${stranger.index}]`;
    throw new Problem(422, 'product_unknown', `${field}: nothing of ${stranger.sku} was ever booked here by lot`, {
      field,
    });
  }
  if (rows.length === 0) {
    const why = 'nothing that was booked here bears a GTIN or item number of the record; name its SKUs in skus';
    throw new Problem(422, 'product_unknown', why, { field: 'skus' });
  }
  const known = new Set(rows.flatMap((row) => row.lots));
  return {
    read,
    scope: proposedScope(
      proposals,
      rows.map(({ sku, lots: its }) => ({ sku, knownLots: new Set(its) })),
    ),
    questions: asked.map((each, index) => ({
      ...each,
      question: index + 1,
      known: each.proposal?.type === 'lot' ? known.has(each.proposal.code) : null,
    })),
  };
}

/** The GTINs and the item numbers that it names. */
const productNumbers = (proposals: readonly Proposal[]): readonly (readonly string[])[] => [
  proposals.flatMap((each) => (each.type === 'gtin' ? [each.gtin] : [])),
  proposals.flatMap((each) => (each.type === 'item_number' ? [each.code] : [])),
];

/** SKUs as named (`$1`), or by their GTINs (`$2`) and item numbers (`$3`); with those of some lots (`$4`) that each has. */
const PRODUCTS = `
WITH product AS (
  SELECT DISTINCT sku FROM (
    SELECT sku FROM unnest($1::text[]) AS named(sku)
    UNION ALL SELECT l.sku FROM lots l WHERE $1::text[] IS NULL AND l.gtin = ANY ($2::text[])
    UNION ALL SELECT sku FROM unnest($3::text[]) AS item(sku) WHERE $1::text[] IS NULL
  ) AS meant
)
SELECT p.sku, coalesce((SELECT array_agg(l.lot) FROM lots l WHERE l.sku = p.sku AND l.lot = ANY ($4::text[])), '{}') AS lots
FROM product p WHERE EXISTS (SELECT FROM lots l WHERE l.sku = p.sku) ORDER BY p.sku`;
