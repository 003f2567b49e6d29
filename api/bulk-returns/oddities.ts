import { z } from 'zod';
import { reasonCodes } from '../../domain/reasons.ts';
import { type AttentionReason, allowsResolution } from '../../domain/return/attention.ts';
import { type Resolution, resolutions } from '../../domain/return/commands.ts';
import { endpoint } from '../endpoint.ts';
import { NoteText, OutsideCode } from '../fields.ts';
import { otherGoods } from '../returns/other-goods.ts';
import { sectionsOf } from './one.ts';
import { type ForSection, tellSections } from './tell.ts';
import { type Found, noted, onWhole, waiting } from './waiting.ts';

const SHORT = `SELECT a.rma, a.attention AS name, 0 AS quantity FROM bulk_sections s JOIN attention a ON a.rma = s.rma
  WHERE s.whole = $1 AND a.reason = 'short' AND a.resolved_at IS NULL ORDER BY 1, 2`;

const ODD = `SELECT a.rma, a.attention AS name, 0 AS quantity FROM bulk_sections s JOIN attention a ON a.rma = s.rma
  WHERE s.whole = $1 AND a.reason = $2 AND a.resolved_at IS NULL AND ($3::text[] IS NULL OR EXISTS (
    SELECT FROM return_items i WHERE i.rma = a.rma AND (i.item = a.subject OR starts_with(i.item, a.subject || '.'))
      AND i.sku = ANY($3))) ORDER BY 1, 2`;

/** What may be odd about goods of a delivery. */
const oddities = [
  'over_receipt',
  'wrong_item',
  'damaged_in_transit',
  'lot_mismatch',
  'serial_mismatch',
  'not_authorized',
  'units_not_held',
] as const satisfies readonly AttentionReason[];

/** What people say of all that a bulk return's deliveries brought otherwise than announced. */
export const bulkOddityEndpoints = [
  endpoint({
    ...onWhole,
    path: '/v1/bulk-returns/{rma}/shortages',
    id: 'resolveBulkShortages',
    summary: 'Say what becomes of all that is short',
    description:
      'Each line that came short after the last delivery is given up as missing, settled all the same (`accept`), or awaited after all.',
    permission: 'returns:decide',
    body: z
      .strictObject({ resolution: z.enum(['missing', 'accept', 'await']), note: NoteText })
      .meta({ id: 'BulkShortage' }),
    handle: async (call, api) => {
      const { rma } = call.params;
      const { resolution, note: text } = call.body;
      await sectionsOf(api, rma);
      const short = await waiting(api, SHORT, [rma]);
      const note = await noted(api, call, text);
      return await tellSections(api, call, rma, resolving(short, resolution, note));
    },
  }),
  endpoint({
    ...onWhole,
    path: '/v1/bulk-returns/{rma}/attention/resolutions',
    id: 'resolveBulkAttention',
    summary: 'Settle all that waits for a person for the same reason',
    description:
      'Of a delivery’s oddities, for all sections at once: all of a reason that are open now, or those of some SKUs. Each is settled as it would be by itself; a section that refuses one takes no more, and is named with why.',
    permission: 'returns:decide',
    body: z
      .strictObject({
        reason: z.enum(oddities),
        resolution: z.enum(resolutions),
        skus: z.array(OutsideCode).min(1).max(1000).exactOptional(),
        claimed: z.enum(reasonCodes).exactOptional().meta({
          description:
            'Why other goods than were asked back come back, where they are accepted; absent: `changed_mind`.',
        }),
        note: NoteText,
      })
      .refine(({ reason, resolution }) => allowsResolution(reason, resolution), {
        error: 'this reason is not settled so; the queue names what it allows',
        path: ['resolution'],
      })
      .meta({ id: 'BulkResolution' }),
    handle: async (call, api) => {
      const { rma } = call.params;
      const { reason, resolution, skus = null, note: text, claimed = 'changed_mind' } = call.body;
      await sectionsOf(api, rma);
      const odd = await waiting(api, ODD, [rma, reason, skus]);
      const note = await noted(api, call, text);
      const messages = resolving(odd, resolution, note);
      if (reason !== 'wrong_item' || resolution !== 'accept') return await tellSections(api, call, rma, messages);
      const withGoods = await Promise.all(
        messages.map(async ({ rma: section, name, command }): Promise<ForSection> => {
          const others = await otherGoods(api, section, name, claimed);
          return { rma: section, name, command: others === undefined ? command : { ...command, others } };
        }),
      );
      return await tellSections(api, call, rma, withGoods);
    },
  }),
];

/** Settles each entry of the queue in the same way. */
const resolving = (entries: ReadonlyMap<string, readonly Found[]>, resolution: Resolution, note: string) =>
  [...entries.values()].flat().map(({ rma, name: attention }) => ({
    rma,
    name: attention,
    command: { type: 'resolve' as const, attention, resolution, note },
  }));
