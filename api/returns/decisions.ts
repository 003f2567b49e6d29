import { z } from 'zod';
import { dispositions } from '../../domain/goods/disposition.ts';
import { reasonCodes } from '../../domain/reasons.ts';
import { type ReviewDecision, resolutions, trackingStatuses } from '../../domain/return/commands.ts';
import { endpoint } from '../endpoint.ts';
import { LocalId, NoteText, Rma } from '../fields.ts';
import { carryOut, commandResponses } from './carry-out.ts';
import { type Note, noteId } from './notes.ts';
import { otherGoods } from './other-goods.ts';

/** What every command on a return has in common in the description. */
const onReturn = { method: 'post', tag: 'Returns', problems: [404], responses: commandResponses } as const;

const RmaPath = z.object({ rma: Rma });
const ItemPath = z.object({ rma: Rma, item: LocalId });

const Decisions = z
  .array(z.strictObject({ line: LocalId, approve: z.boolean(), note: NoteText }))
  .min(1)
  .max(250);

/** Commands of people who decide: reviews, overrides, cancellation, what to do with an item or a doubt. */
export const decisionEndpoints = [
  endpoint({
    ...onReturn,
    path: '/v1/returns/{rma}/reviews',
    id: 'reviewReturn',
    summary: 'Decide the lines that wait for a review',
    permission: 'returns:decide',
    params: RmaPath,
    body: z.strictObject({ decisions: Decisions }).meta({ id: 'Review' }),
    handle: async (call, api) => {
      const { decisions, notes } = withNotes(call.commandId, call.body.decisions);
      return await carryOut(api, call, call.params.rma, { type: 'review', decisions }, notes);
    },
  }),
  endpoint({
    ...onReturn,
    path: '/v1/returns/{rma}/overrides',
    id: 'overrideReturn',
    summary: 'Let lines through that the rules barred',
    permission: 'returns:decide',
    params: RmaPath,
    body: z
      .strictObject({
        decisions: z
          .array(z.strictObject({ line: LocalId, note: NoteText }))
          .min(1)
          .max(250),
      })
      .meta({ id: 'Override' }),
    handle: async (call, api) => {
      const approved = call.body.decisions.map((decision) => ({ ...decision, approve: true }));
      const { decisions, notes } = withNotes(call.commandId, approved);
      return await carryOut(api, call, call.params.rma, { type: 'override', decisions }, notes);
    },
  }),
  endpoint({
    ...onReturn,
    path: '/v1/returns/{rma}/cancellation',
    id: 'cancelReturn',
    summary: 'Cancel what has not arrived yet',
    description: 'Labels and pickups that were bought are given back. What has arrived stays in the return.',
    permission: 'returns:cancel',
    params: RmaPath,
    body: z.strictObject({ note: NoteText.optional() }).default({}).meta({ id: 'Cancellation' }),
    handle: async (call, api) => {
      const notes = call.body.note === undefined ? [] : [{ id: noteId(call.commandId), text: call.body.note }];
      return await carryOut(api, call, call.params.rma, { type: 'cancel', note: notes[0]?.id ?? null }, notes);
    },
  }),
  endpoint({
    ...onReturn,
    path: '/v1/returns/{rma}/items/{item}/dispositions',
    id: 'disposeItem',
    summary: 'Choose another way for an item',
    description: 'Only a way that no veto bars; the item shows the alternatives with their figures.',
    permission: 'returns:handle',
    params: ItemPath,
    body: z.strictObject({ disposition: z.enum(dispositions), note: NoteText }).meta({ id: 'DispositionChoice' }),
    handle: async (call, api) => {
      const { rma, item } = call.params;
      const note = { id: noteId(call.commandId), text: call.body.note };
      const { disposition } = call.body;
      return await carryOut(api, call, rma, { type: 'dispose', item, disposition, note: note.id }, [note]);
    },
  }),
  endpoint({
    ...onReturn,
    path: '/v1/returns/{rma}/attention/{attention}/resolutions',
    id: 'resolveAttention',
    summary: 'Settle what waits for a person',
    description: 'The queue at GET /v1/attention names the resolutions that each reason allows.',
    permission: 'returns:decide',
    params: z.object({ rma: Rma, attention: LocalId }),
    body: z
      .strictObject({
        resolution: z.enum(resolutions),
        note: NoteText,
        reason: z.enum(reasonCodes).exactOptional().meta({
          description:
            'Why other goods than were asked back come back, where they are accepted; absent: `changed_mind`, as nobody claims more.',
        }),
      })
      .meta({ id: 'Resolution' }),
    handle: async (call, api) => {
      const { rma, attention } = call.params;
      const note = { id: noteId(call.commandId), text: call.body.note };
      const { resolution, reason = 'changed_mind' } = call.body;
      const others = resolution === 'accept' ? await otherGoods(api, rma, attention, reason) : undefined;
      const command = { type: 'resolve', attention, resolution, note: note.id, ...(others && { others }) } as const;
      return await carryOut(api, call, rma, command, [note]);
    },
  }),
  endpoint({
    ...onReturn,
    path: '/v1/returns/{rma}/parcels/{parcel}/tracking',
    id: 'trackParcel',
    summary: 'Say what is known of a parcel',
    description: 'For carriers that send no webhooks, and for what a person learnt on the phone.',
    permission: 'returns:handle',
    params: z.object({ rma: Rma, parcel: LocalId }),
    body: z
      .strictObject({ status: z.enum(trackingStatuses), at: z.iso.datetime({ offset: true }).optional() })
      .meta({ id: 'TrackingReport' }),
    handle: async (call, api) => {
      const { rma, parcel } = call.params;
      const { status } = call.body;
      return await carryOut(api, call, rma, { type: 'track', parcel, status, at: instant(call.body.at) });
    },
  }),
  endpoint({
    ...onReturn,
    path: '/v1/returns/{rma}/pickups/{pickup}/reports',
    id: 'reportPickup',
    summary: 'Say whether the driver got the parcel',
    permission: 'returns:handle',
    params: z.object({ rma: Rma, pickup: LocalId }),
    body: z
      .strictObject({ outcome: z.enum(['collected', 'failed']), at: z.iso.datetime({ offset: true }).optional() })
      .meta({ id: 'PickupReport' }),
    handle: async (call, api) => {
      const { rma, pickup } = call.params;
      const { outcome } = call.body;
      return await carryOut(api, call, rma, { type: 'report_pickup', pickup, outcome, at: instant(call.body.at) });
    },
  }),
  endpoint({
    ...onReturn,
    path: '/v1/returns/{rma}/sync',
    id: 'syncReturn',
    summary: 'Let the process read its journal again',
    description: 'For engineers, after a reset: a process that is behind its journal stays so until its next message.',
    permission: 'returns:handle',
    params: RmaPath,
    handle: async (call, api) => await carryOut(api, call, call.params.rma, { type: 'sync' }),
  }),
];

/** When it was; what lies ahead would bar all the news until then. */
const instant = (at: string | undefined): string =>
  new Date(Math.min(Date.now(), at === undefined ? Number.POSITIVE_INFINITY : Date.parse(at))).toISOString();

type Decided = { readonly line: string; readonly approve: boolean; readonly note: string };

function withNotes(commandId: string, decided: readonly Decided[]): { decisions: ReviewDecision[]; notes: Note[] } {
  const notes = decided.map(({ note }, index) => ({ id: noteId(commandId, index + 1), text: note }));
  const decisions = decided.map((decision, index) => ({ ...decision, note: noteId(commandId, index + 1) }));
  return { decisions, notes };
}
