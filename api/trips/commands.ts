import { z } from 'zod';
import type { TripCommand } from '../../domain/trip/commands.ts';
import { loadFailures } from '../../domain/trip/events.ts';
import type { Api } from '../api.ts';
import { type Answer, endpoint, type RawCall } from '../endpoint.ts';
import { noted, OptionalNote } from '../executions/command.ts';
import { Instant, LocalId, Quantity } from '../fields.ts';
import { carryOut } from '../network/carry-out.ts';
import { onNetwork } from '../network/command.ts';
import type { Note } from '../returns/notes.ts';
import { trips } from './desk.ts';

const tell = (
  api: Api,
  call: Pick<RawCall, 'request' | 'commandId' | 'caller'> & { readonly params: { readonly number: string } },
  command: TripCommand,
  notes: readonly Note[] = [],
): Promise<Answer> => carryOut(api, call, trips, call.params.number, command, notes);

/** What the driver's app tells, by a key of the role `ops`. */
const onTrip = { ...onNetwork(trips), permission: 'network:handle' } as const;
const onLoad = { ...onTrip, params: onTrip.params.extend({ load: LocalId }) } as const;
const at = Instant.meta({ description: 'When it happened, by the driver’s clock.' });
const Time = z.strictObject({ at }).meta({ id: 'TripTime' });
const Units = z.strictObject({ units: Quantity, at }).meta({ id: 'TripUnits' });
const Failure = z.strictObject({ code: z.enum(loadFailures) }).meta({ id: 'TripLoadFailure' });

/** What is told of a trip and of its loads. */
export const tripCommands = [
  endpoint({
    ...onTrip,
    path: `${trips.path}/{number}/departure`,
    id: 'departTrip',
    summary: 'The vehicle has left, with all that goes out from the depot',
    body: Time,
    handle: async (call, api) => await tell(api, call, { type: 'depart', at: call.body.at }),
  }),
  endpoint({
    ...onTrip,
    path: `${trips.path}/{number}/stops/{stop}/arrival`,
    id: 'arriveAtStop',
    summary: 'The vehicle is at a stop',
    description: 'Stops before it that it was not at are missed: what was to be collected there goes another way.',
    params: onTrip.params.extend({ stop: LocalId }),
    body: Time,
    handle: async (call, api) => {
      const { stop } = call.params;
      return await tell(api, call, { type: 'arrive', stop, at: call.body.at });
    },
  }),
  endpoint({
    ...onLoad,
    path: `${trips.path}/{number}/loads/{load}/collection`,
    id: 'collectLoad',
    summary: 'The driver has a load, or a part of it',
    body: Units,
    handle: async (call, api) => await tell(api, call, { type: 'collect', load: call.params.load, ...call.body }),
  }),
  endpoint({
    ...onLoad,
    path: `${trips.path}/{number}/loads/{load}/failure`,
    id: 'failLoad',
    summary: 'A load could not be collected',
    description: 'Another trip is looked for; else it goes back to its own process, or to a person.',
    body: Failure,
    handle: async (call, api) => await tell(api, call, { type: 'fail', load: call.params.load, code: call.body.code }),
  }),
  endpoint({
    ...onLoad,
    path: `${trips.path}/{number}/loads/{load}/refusal`,
    id: 'refuseLoad',
    summary: 'The driver does not take a load, or nobody takes it where it was to go',
    body: Failure,
    handle: async (call, api) =>
      await tell(api, call, { type: 'refuse', load: call.params.load, code: call.body.code }),
  }),
  endpoint({
    ...onLoad,
    path: `${trips.path}/{number}/loads/{load}/delivery`,
    id: 'deliverLoad',
    summary: 'A load is unloaded where it was to go',
    body: Units,
    handle: async (call, api) => await tell(api, call, { type: 'deliver', load: call.params.load, ...call.body }),
  }),
  endpoint({
    ...onTrip,
    path: `${trips.path}/{number}/return`,
    id: 'returnTrip',
    summary: 'The vehicle is back at the depot',
    description: 'What was to come there is unloaded; what could be left nowhere else waits for a person.',
    body: Time,
    handle: async (call, api) => await tell(api, call, { type: 'come_back', at: call.body.at }),
  }),
  endpoint({
    ...onTrip,
    path: `${trips.path}/{number}/cancellation`,
    id: 'cancelTrip',
    summary: 'Call it off before it leaves',
    description: 'What it was to collect goes another way.',
    body: OptionalNote.meta({ id: 'TripCancellation' }),
    handle: async (call, api) => {
      const { note, notes } = noted(call.commandId, call.body.note);
      return await tell(api, call, { type: 'cancel', note }, notes);
    },
  }),
];
