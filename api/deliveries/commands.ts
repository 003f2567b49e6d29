import { z } from 'zod';
import { deliveryResolutions } from '../../domain/delivery/attention.ts';
import { deliveryChoices, deliveryReasons } from '../../domain/delivery/events.ts';
import { remedies } from '../../domain/delivery/terms.ts';
import { endpoint } from '../endpoint.ts';
import { Instant, LocalId, NoteText, OutsideCode, Tracking } from '../fields.ts';
import { Problem } from '../problem.ts';
import { noteId } from '../returns/notes.ts';
import { Address, correctAddress } from './address.ts';
import { carryOut, commandResponses } from './carry-out.ts';

const onDelivery = {
  method: 'post',
  tag: 'Deliveries',
  problems: [404, 409, 422],
  responses: commandResponses,
  params: z.object({ tracking: Tracking }),
} as const;

const Choice = z
  .strictObject({
    choice: z.enum(deliveryChoices),
    address: Address.exactOptional().meta({
      description: 'With `correct_address`: where the buyer can be found. It is kept beside the journal.',
    }),
    on: z.iso.date().exactOptional().meta({ description: 'With `redeliver`: the day.' }),
    location: OutsideCode.exactOptional().meta({ description: 'With `collect`: the carrier’s code of the location.' }),
    withdrawal: z.boolean().default(false).meta({
      description: 'With `send_back`: the buyer declares to withdraw from the sale.',
    }),
    remedy: z.enum(remedies).exactOptional().meta({ description: 'With `send_back`: what the buyer gets for it.' }),
  })
  .refine(({ choice, address }) => (choice === 'correct_address') === (address !== undefined), {
    error: 'an address comes with correct_address, and only with it',
    path: ['address'],
  })
  .refine(({ choice, withdrawal, remedy }) => choice === 'send_back' || (!withdrawal && remedy === undefined), {
    error: 'these come with send_back alone',
    path: ['choice'],
  })
  .meta({ id: 'DeliveryAnswer' });

/** What people and systems tell of a parcel that could not be delivered. */
export const deliveryCommands = [
  endpoint({
    method: 'post',
    path: '/v1/deliveries',
    id: 'reportDelivery',
    tag: 'Deliveries',
    summary: 'Report that a parcel could not be delivered',
    description:
      'What a carrier tells otherwise than by its webhook. There is one process a parcel: a further report is news of the same.',
    permission: 'returns:handle',
    body: z
      .strictObject({
        tracking: Tracking,
        reason: z.enum(deliveryReasons),
        comesBack: z.boolean().default(false).meta({ description: 'The carrier brings it back already.' }),
      })
      .meta({ id: 'DeliveryReport' }),
    responses: commandResponses,
    problems: [404, 409, 422],
    handle: async (call, api) => {
      const { tracking, reason, comesBack } = call.body;
      const shipment = await api.db.shipment.updateMany({
        where: { tracking, troubledAt: null },
        data: { troubledAt: new Date() },
      });
      const isKnown = shipment.count > 0 || (await api.db.shipment.findUnique({ where: { tracking } })) !== null;
      if (!isKnown) throw new Problem(404, 'unknown_shipment', `no parcel ${tracking} is known; record its shipment`);
      const status = comesBack ? 'return_to_sender' : 'failure';
      const at = new Date().toISOString();
      return await carryOut(api, call, tracking, { type: 'track', status, reason, at });
    },
  }),
  endpoint({
    ...onDelivery,
    path: '/v1/deliveries/{tracking}/answers',
    id: 'answerDelivery',
    summary: 'Say what the buyer wants done with the parcel',
    description:
      'While the buyer is asked, or the parcel lies at a location. A corrected address becomes the order’s; the carrier is told by who hears `delivery.instructed`, or by a person.',
    permission: 'returns:change',
    body: Choice,
    handle: async (call, api) => {
      const { tracking } = call.params;
      const { choice, address, on, location, withdrawal, remedy } = call.body;
      const answer = { on: on ?? null, location: location ?? null, withdrawal, remedy: remedy ?? null };
      const done = await carryOut(api, call, tracking, { type: 'answer', choice, ...answer });
      if (address !== undefined) await correctAddress(api.db, tracking, address);
      return done;
    },
  }),
  endpoint({
    ...onDelivery,
    path: '/v1/deliveries/{tracking}/instructions/{instruction}',
    id: 'reportInstruction',
    summary: 'Say whether the carrier does what it was told',
    permission: 'returns:handle',
    params: z.object({ tracking: Tracking, instruction: LocalId }),
    body: z
      .strictObject({
        outcome: z.enum(['done', 'refused']),
        until: Instant.exactOptional().meta({ description: 'With `collect`: the last day at the location.' }),
      })
      .meta({ id: 'InstructionOutcome' }),
    handle: async (call, api) => {
      const { tracking, instruction } = call.params;
      const { outcome, until = null } = call.body;
      return await carryOut(api, call, tracking, { type: 'instruct', instruction, outcome, until });
    },
  }),
  endpoint({
    ...onDelivery,
    path: '/v1/deliveries/{tracking}/remedy',
    id: 'chooseRemedy',
    summary: 'Choose between money and a new shipment',
    description: 'For goods that come back; who doesn’t choose in time gets what the policy says.',
    permission: 'returns:change',
    body: z.strictObject({ remedy: z.enum(remedies) }).meta({ id: 'RemedyChoice' }),
    handle: async (call, api) =>
      await carryOut(api, call, call.params.tracking, { type: 'choose', remedy: call.body.remedy }),
  }),
  endpoint({
    ...onDelivery,
    path: '/v1/deliveries/{tracking}/attention/{attention}/resolutions',
    id: 'resolveDeliveryAttention',
    summary: 'Resolve what waits for a person',
    permission: 'returns:decide',
    params: z.object({ tracking: Tracking, attention: LocalId }),
    body: z
      .strictObject({ resolution: z.enum(deliveryResolutions), note: NoteText })
      .meta({ id: 'DeliveryResolution' }),
    handle: async (call, api) => {
      const { tracking, attention } = call.params;
      const { resolution, note: text } = call.body;
      const note = noteId(call.commandId);
      return await carryOut(api, call, tracking, { type: 'resolve', attention, resolution, note }, [
        { id: note, text },
      ]);
    },
  }),
];
