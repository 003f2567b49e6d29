import type { z } from 'zod';
import type { ProcessTold } from '../../domain/process/told.ts';
import type { Api } from '../api.ts';
import { type Addressee, asRecorded, asTold, carryOutAt, taken } from '../carry-out.ts';
import type { Answer, RawCall } from '../endpoint.ts';
import { processNotFound } from '../process-desk.ts';
import type { Note } from '../returns/notes.ts';
import { NetworkAcceptedBody, NetworkOutcomeBody } from './bodies.ts';
import { type NetworkDesk, networkTarget } from './desk.ts';

export const commandResponses = {
  200: { description: 'It was done.', schema: NetworkOutcomeBody },
  202: { description: 'It was taken and will be done.', schema: NetworkAcceptedBody },
};

/**
 * Brings a command to its process and answers with what came of it.
 * @throws {Problem} 404 where there is no such process, else the refusal
 */
export const carryOut = (
  api: Api,
  call: Pick<RawCall, 'request' | 'commandId' | 'caller'>,
  desk: NetworkDesk,
  number: string,
  command: { readonly type: string },
  notes: readonly Note[] = [],
): Promise<Answer> => carryOutAt(api, call, processOn(api, desk, number), command, notes);

/** 202, with where to look. */
export const accepted = (desk: NetworkDesk, number: string, commandId: string): Answer =>
  taken(placeOf(desk, number), commandId);

const placeOf = ({ path }: NetworkDesk, number: string) => ({ named: { number }, location: `${path}/${number}` });

const processOn = (
  { db }: Api,
  desk: NetworkDesk,
  number: string,
): Addressee<ProcessTold, z.infer<typeof NetworkOutcomeBody>> => ({
  ...placeOf(desk, number),
  number,
  target: networkTarget(desk, number),
  isInReadModel: async () =>
    (await db.networkProcess.findUnique({ where: { number }, select: { number: true } })) !== null,
  notFound: () => processNotFound(desk, number),
  outcomeOf: asTold,
  outcomeNow: async (commandId, entry) => {
    const include = { attention: { where: { resolvedAt: null } } };
    return asRecorded({ number }, commandId, entry, await db.networkProcess.findUnique({ where: { number }, include }));
  },
});
