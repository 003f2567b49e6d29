import { z } from 'zod';
import { certifiedDisposalResolutions } from '../../domain/certified-disposal/attention.ts';
import { witnessRoles } from '../../domain/certified-disposal/certificate.ts';
import type { CertifiedDisposalMessage } from '../../workflows/certified-disposal/messages.ts';
import type { Api } from '../api.ts';
import { endpoint, type RawCall } from '../endpoint.ts';
import { carryOut } from '../executions/carry-out.ts';
import { noted, OptionalNote, onAttentionOf, onExecution } from '../executions/command.ts';
import { MOST_ITEMS } from '../executions/waiting.ts';
import { LocalId, NoteText, OutsideCode, Rma } from '../fields.ts';
import type { Note } from '../returns/notes.ts';
import { CertificateBody, readCertificate } from './certificate.ts';
import { certifiedDisposals } from './desk.ts';

const onDisposal = onExecution(certifiedDisposals);

const Items = z.array(z.strictObject({ rma: Rma, item: LocalId })).max(MOST_ITEMS);
const Grams = z.int().min(1).max(1_000_000_000);

const tell = (
  api: Api,
  call: Pick<RawCall, 'request' | 'commandId' | 'caller'> & { readonly params: { readonly number: string } },
  command: CertifiedDisposalMessage['command'],
  notes: readonly Note[] = [],
) => carryOut(api, call, certifiedDisposals, call.params.number, command, notes);

/** What people tell a certified disposal. */
export const certifiedDisposalCommands = [
  endpoint({
    ...onDisposal,
    path: '/v1/certified-disposals/{number}/taken-back',
    id: 'takeBackFromCertifiedDisposal',
    summary: 'Take items back before anything is handed over',
    permission: 'executions:handle',
    body: z.strictObject({ items: Items.min(1), note: NoteText.exactOptional() }).meta({ id: 'TakenBack' }),
    handle: async (call, api) => {
      const { note, notes } = noted(call.commandId, call.body.note);
      return await tell(api, call, { type: 'take_back', items: call.body.items, note }, notes);
    },
  }),
  endpoint({
    ...onDisposal,
    path: '/v1/certified-disposals/{number}/handover',
    id: 'handOverCertifiedDisposal',
    summary: 'Record that the goods were handed over',
    description: 'All, or but for those that stay here. Whose key records it is no witness of a destruction.',
    permission: 'executions:handle',
    body: z
      .strictObject({
        document: OutsideCode.meta({ description: 'The transfer note or waybill, by its number.' }),
        weightGrams: Grams.nullable()
          .default(null)
          .meta({ description: 'As it was weighed; goods to be recycled have to be.' }),
        kept: Items.default([]).meta({ description: 'Items that stay here, and wait again.' }),
      })
      .meta({ id: 'Handover' }),
    handle: async (call, api) => await tell(api, call, { type: 'hand_over', ...call.body }),
  }),
  endpoint({
    ...onDisposal,
    path: '/v1/certified-disposals/{number}/refusal',
    id: 'refuseCertifiedDisposal',
    summary: 'Record that the organisation does not take the goods, or some of them',
    permission: 'executions:handle',
    body: z
      .strictObject({
        items: Items.min(1).nullable().default(null).meta({ description: 'Null: all of them.' }),
        note: NoteText.exactOptional(),
      })
      .meta({ id: 'DisposalRefusal' }),
    handle: async (call, api) => {
      const { note, notes } = noted(call.commandId, call.body.note);
      return await tell(api, call, { type: 'decline', items: call.body.items, note }, notes);
    },
  }),
  endpoint({
    ...onDisposal,
    path: '/v1/certified-disposals/{number}/certificate',
    id: 'recordCertificate',
    summary: 'Record what the organisation certified',
    description:
      'A receipt for a gift, a certificate of recycling or of destruction. What went into recycling must be what came out of ' +
      'it as materials and residue. A weight other than the one handed over waits for a person.',
    permission: 'executions:settle',
    body: CertificateBody,
    handle: async (call, api) => {
      const certificate = await readCertificate(api, call.params.number, call.body);
      return await tell(api, call, { type: 'certify', certificate });
    },
  }),
  endpoint({
    ...onDisposal,
    path: '/v1/certified-disposals/{number}/witnesses',
    id: 'witnessDestruction',
    summary: 'Witness that the goods were destroyed',
    description:
      'By the key of whoever saw it, another one than handed the goods over. Customs is named by the number of its record.',
    permission: 'executions:handle',
    body: z
      .strictObject({ role: z.enum(witnessRoles), reference: OutsideCode.nullable().default(null) })
      .meta({ id: 'Witness' }),
    handle: async (call, api) => await tell(api, call, { type: 'witness', ...call.body }),
  }),
  endpoint({
    ...onDisposal,
    path: '/v1/certified-disposals/{number}/cancellation',
    id: 'cancelCertifiedDisposal',
    summary: 'Call it off while nothing was handed over; its items are free again',
    permission: 'executions:handle',
    body: OptionalNote.meta({ id: 'CertifiedDisposalCancellation' }),
    handle: async (call, api) => {
      const { note, notes } = noted(call.commandId, call.body.note);
      return await tell(api, call, { type: 'cancel', note }, notes);
    },
  }),
  endpoint({
    ...onAttentionOf(certifiedDisposals),
    permission: 'executions:settle',
    body: z
      .strictObject({ resolution: z.enum(certifiedDisposalResolutions), note: NoteText })
      .meta({ id: 'CertifiedDisposalResolution' }),
    handle: async (call, api) => {
      const { note, notes } = noted(call.commandId, call.body.note);
      const { attention } = call.params;
      return await tell(api, call, { type: 'resolve', attention, resolution: call.body.resolution, note }, notes);
    },
  }),
];
