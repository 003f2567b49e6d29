import { z } from 'zod';
import { offeredMethods } from '../../domain/policy/policy.ts';
import { endpoint } from '../endpoint.ts';
import { LocalId, NoteText, Rma } from '../fields.ts';
import { AddedLine, addedLine } from './added-line.ts';
import { carryOut, commandResponses } from './carry-out.ts';
import { type Note, noteId } from './notes.ts';
import { mustReceive } from './route.ts';

/** What every change has in common in the description. */
const onReturn = {
  method: 'post',
  tag: 'Returns',
  permission: 'returns:change',
  params: z.object({ rma: Rma }),
  problems: [404],
  responses: commandResponses,
} as const;

/** Changes of what is still to come, before it is handed over. */
export const changeEndpoints = [
  endpoint({
    ...onReturn,
    path: '/v1/returns/{rma}/method-changes',
    id: 'changeMethod',
    summary: 'Change how the goods come back',
    description:
      'Until a parcel is with its carrier. Labels and pickups that were bought are given back, a new label is bought, and the quote follows where it changes.',
    body: z.strictObject({ method: z.enum(offeredMethods), note: NoteText.optional() }).meta({ id: 'MethodChange' }),
    handle: async (call, api) => {
      const { method } = call.body;
      const { note, notes } = noted(call.commandId, call.body.note);
      return await carryOut(api, call, call.params.rma, { type: 'change_method', method, note }, notes);
    },
  }),
  endpoint({
    ...onReturn,
    path: '/v1/returns/{rma}/lines/{line}/quantity-changes',
    id: 'changeQuantity',
    summary: 'Change how many units of a line come back',
    description:
      'The whole quantity of the line, with what has come already. Fewer are free again at once, 0 cancels the line; more are decided by the rules of the return and reserved first: what other returns hold stays cancelled.',
    params: z.object({ rma: Rma, line: LocalId }),
    body: z
      .strictObject({ quantity: z.int().min(0).max(1_000_000), note: NoteText.optional() })
      .meta({ id: 'QuantityChange' }),
    handle: async (call, api) => {
      const { rma, line } = call.params;
      const { quantity } = call.body;
      const { note, notes } = noted(call.commandId, call.body.note);
      return await carryOut(api, call, rma, { type: 'change_quantity', line, quantity, note }, notes);
    },
  }),
  endpoint({
    ...onReturn,
    path: '/v1/returns/{rma}/lines',
    id: 'addLine',
    summary: 'Take a further line of the order into the return',
    description:
      'Until a parcel is with its carrier. It is decided by the rules of the return and its units are reserved first; what a person would have to look at needs a return of its own.',
    body: AddedLine,
    problems: [404, 422],
    handle: async (call, api) => {
      const command = { type: 'add_line', ...(await addedLine(api, call.params.rma, call.body)) } as const;
      return await carryOut(api, call, call.params.rma, command);
    },
  }),
  endpoint({
    ...onReturn,
    path: '/v1/returns/{rma}/facility-changes',
    id: 'changeFacility',
    summary: 'Change where the goods go',
    description:
      'Until a parcel is with its carrier or goods have come. Labels that were bought are given back, and new ones bought.',
    body: z.strictObject({ facility: LocalId, note: NoteText.optional() }).meta({ id: 'FacilityChange' }),
    problems: [404, 422],
    handle: async (call, api) => {
      const { facility } = call.body;
      await mustReceive(api, facility);
      const { note, notes } = noted(call.commandId, call.body.note);
      return await carryOut(api, call, call.params.rma, { type: 'change_facility', facility, note }, notes);
    },
  }),
  endpoint({
    ...onReturn,
    path: '/v1/returns/{rma}/parcels',
    id: 'addParcel',
    summary: 'Ask for a further label',
    description:
      'For goods that do not fit into one parcel, at most 20 parcels a return. A label that nobody used when all has come is given back.',
    handle: async (call, api) => await carryOut(api, call, call.params.rma, { type: 'add_parcel' }),
  }),
];

function noted(commandId: string, text: string | undefined): { note: string | null; notes: Note[] } {
  if (text === undefined) return { note: null, notes: [] };
  const id = noteId(commandId);
  return { note: id, notes: [{ id, text }] };
}
