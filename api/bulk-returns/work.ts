import { z } from 'zod';
import { dispositions } from '../../domain/goods/disposition.ts';
import type { Seen } from '../../domain/return/findings.ts';
import { endpoint } from '../endpoint.ts';
import { NoteText, OutsideCode } from '../fields.ts';
import { readSeen, seenFields } from '../returns/seen.ts';
import { sectionsOf } from './one.ts';
import { type ForSection, tellSections } from './tell.ts';
import { type Found, noted, onWhole, waiting } from './waiting.ts';

const TO_REVIEW = `SELECT DISTINCT l.rma, l.line AS name, 0 AS quantity FROM bulk_rows b
  JOIN return_lines l ON l.rma = b.section AND l.line = b.line
  WHERE b.whole = $1 AND l.verdict = 'needs_review' AND l.outstanding > 0 AND ($2::int[] IS NULL OR b.row = ANY($2)) ORDER BY 1, 2`;

// What has a discrepancy is looked at by itself: it isn't what the rest is. Discrepancies of goods are found when they come
// or are inspected; the requests, which are long, needn't be read for them.
const TO_INSPECT = `WITH odd AS MATERIALIZED (
    SELECT s.rma, array_agg(event->>'item') AS items FROM bulk_sections s JOIN journal j ON j.process = 'return:' || s.rma,
      jsonb_array_elements(j.events) AS event
    WHERE s.whole = $1 AND j.command IN ('receive', 'inspect', 'inspect_items') AND event->>'type' = 'discrepancy_found'
      AND event->>'item' IS NOT NULL GROUP BY s.rma)
  SELECT i.rma, i.item AS name, i.quantity FROM bulk_sections s JOIN return_items i ON i.rma = s.rma LEFT JOIN odd ON odd.rma = s.rma
  WHERE s.whole = $1 AND i.stage = 'received' AND ($2::text[] IS NULL OR i.sku = ANY($2)) AND ($3::text[] IS NULL OR i.lot = ANY($3))
    AND (odd.items IS NULL OR i.item <> ALL(odd.items)) ORDER BY 1, 2`;

const TO_CONFIRM = `SELECT i.rma, i.item AS name, i.quantity FROM bulk_sections s JOIN return_items i ON i.rma = s.rma
  WHERE s.whole = $1 AND i.stage = 'disposing' AND i.disposition = $2 AND i.execution IS NULL ORDER BY 1, 2`;

const OUTSTANDING = `SELECT DISTINCT l.rma, '' AS name, 0 AS quantity FROM bulk_sections s JOIN return_lines l ON l.rma = s.rma
  WHERE s.whole = $1 AND l.outstanding > 0 ORDER BY 1`;

/** What people do with a bulk return as a whole; each section can still be worked on by itself. */
export const bulkWorkEndpoints = [
  endpoint({
    ...onWhole,
    path: '/v1/bulk-returns/{rma}/reviews',
    id: 'reviewBulkReturn',
    summary: 'Decide the lines that wait for a person',
    permission: 'returns:decide',
    body: z
      .strictObject({
        approve: z.boolean(),
        rows: z.array(z.int().positive()).min(1).max(10_000).exactOptional().meta({
          description: 'Rows of the file; all that wait where absent.',
        }),
        note: NoteText,
      })
      .meta({ id: 'BulkReview' }),
    handle: async (call, api) => {
      const { rma } = call.params;
      const { approve, rows = null, note: text } = call.body;
      await sectionsOf(api, rma);
      const lines = await waiting(api, TO_REVIEW, [rma, rows]);
      const note = await noted(api, call, text);
      return await tellSections(
        api,
        call,
        rma,
        [...lines].map(([section, found]): ForSection => {
          const decisions = found.map(({ name: line }) => ({ line, approve, note }));
          return { rma: section, command: { type: 'review', decisions } };
        }),
      );
    },
  }),
  endpoint({
    ...onWhole,
    path: '/v1/bulk-returns/{rma}/inspections',
    id: 'inspectBulkReturn',
    summary: 'Grade all goods that are as expected',
    description:
      'What was seen of the goods holds for all that arrived without a discrepancy and were not inspected yet, or for those ' +
      'of some SKUs and lots; each section settles them together. What came damaged, over or of a wrong lot is inspected by ' +
      'itself, at its section.',
    permission: 'returns:handle',
    body: z
      .strictObject({
        ...seenFields,
        skus: z.array(OutsideCode).min(1).max(1000).exactOptional(),
        lots: z.array(OutsideCode).min(1).max(1000).exactOptional(),
      })
      .transform(({ facts, answers, skus, lots }, context): { skus?: string[]; lots?: string[]; seen: Seen } => ({
        ...(skus === undefined ? {} : { skus }),
        ...(lots === undefined ? {} : { lots }),
        seen: readSeen(facts, answers, context),
      }))
      .meta({ id: 'BulkInspection' }),
    handle: async (call, api) => {
      const { rma } = call.params;
      const { seen, skus = null, lots = null } = call.body;
      await sectionsOf(api, rma);
      const items = await waiting(api, TO_INSPECT, [rma, skus, lots]);
      return await tellSections(
        api,
        call,
        rma,
        inParts(items).map(({ rma: section, name, part }): ForSection => {
          const each = part.map(({ name: item, quantity }) => ({ item, findings: [{ quantity, ...seen }] }));
          return { rma: section, name, command: { type: 'inspect_items', items: each } };
        }),
      );
    },
  }),
  endpoint({
    ...onWhole,
    path: '/v1/bulk-returns/{rma}/confirmations',
    id: 'confirmBulkReturn',
    summary: 'Confirm that all goods of a disposition went where they were to go',
    permission: 'returns:handle',
    body: z
      .strictObject({
        disposition: z.enum(dispositions),
        evidence: OutsideCode.meta({ description: 'A location, certificate or document code; no prose.' }),
      })
      .meta({ id: 'BulkConfirmation' }),
    handle: async (call, api) => {
      const { rma } = call.params;
      const { disposition, evidence } = call.body;
      await sectionsOf(api, rma);
      const items = await waiting(api, TO_CONFIRM, [rma, disposition]);
      return await tellSections(
        api,
        call,
        rma,
        inParts(items).map(({ rma: section, name, part }): ForSection => {
          const names = part.map((item) => item.name);
          return { rma: section, name, command: { type: 'confirm_items', items: names, evidence } };
        }),
      );
    },
  }),
  endpoint({
    ...onWhole,
    path: '/v1/bulk-returns/{rma}/cancellations',
    id: 'cancelBulkReturn',
    summary: 'Cancel what is outstanding',
    permission: 'returns:cancel',
    body: z.strictObject({ note: NoteText }).meta({ id: 'BulkCancellation' }),
    handle: async (call, api) => {
      const { rma } = call.params;
      await sectionsOf(api, rma);
      const outstanding = await waiting(api, OUTSTANDING, [rma]);
      const note = await noted(api, call, call.body.note);
      const messages = [...outstanding.keys()].map(
        (section): ForSection => ({ rma: section, command: { type: 'cancel', note } }),
      );
      return await tellSections(api, call, rma, messages);
    },
  }),
];

/** So many items are decided on at once: a section of 250 rows has no more, and a thousand took longer than a task may. */
const MOST_AT_ONCE = 250;

/**
 * What waits, in parts that a section decides on at once. A part has the name of its first item: asked again after some of
 * them were done, the others go out under the names that they had.
 */
const inParts = (all: ReadonlyMap<string, readonly Found[]>) =>
  [...all].flatMap(([rma, found]) =>
    Array.from({ length: Math.ceil(found.length / MOST_AT_ONCE) }, (_, index) => {
      const part = found.slice(index * MOST_AT_ONCE, (index + 1) * MOST_AT_ONCE);
      return { rma, name: part[0]?.name ?? '', part };
    }),
  );
