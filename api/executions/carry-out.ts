import type { z } from 'zod';
import type { ProcessTold } from '../../domain/process/told.ts';
import type { Api } from '../api.ts';
import { type Addressee, asRecorded, asTold, carryOutAt, taken } from '../carry-out.ts';
import type { Answer, RawCall } from '../endpoint.ts';
import { processNotFound } from '../process-desk.ts';
import type { Note } from '../returns/notes.ts';
import { ExecutionAcceptedBody, ExecutionOutcomeBody } from './bodies.ts';
import { type Desk, executionTarget } from './desk.ts';

export const commandResponses = {
  200: { description: 'It was done.', schema: ExecutionOutcomeBody },
  202: { description: 'It was taken and will be done.', schema: ExecutionAcceptedBody },
};

/**
 * Brings a command to its execution and answers with what came of it.
 * @throws {Problem} 404 where there is no such execution, else the refusal
 */
export const carryOut = (
  api: Api,
  call: Pick<RawCall, 'request' | 'commandId' | 'caller'>,
  desk: Desk,
  number: string,
  command: { readonly type: string },
  notes: readonly Note[] = [],
): Promise<Answer> => carryOutAt(api, call, executionOf(api, desk, number), command, notes);

/** 202, with where to look. */
export const accepted = (desk: Desk, number: string, commandId: string): Answer =>
  taken(placeOf(desk, number), commandId);

const placeOf = ({ path }: Desk, number: string) => ({ named: { number }, location: `${path}/${number}` });

const executionOf = (
  { db }: Api,
  desk: Desk,
  number: string,
): Addressee<ProcessTold, z.infer<typeof ExecutionOutcomeBody>> => ({
  ...placeOf(desk, number),
  number,
  target: executionTarget(desk, number),
  isInReadModel: async () => (await db.execution.findUnique({ where: { number }, select: { number: true } })) !== null,
  notFound: () => processNotFound(desk, number),
  outcomeOf: asTold,
  outcomeNow: async (commandId, entry) => {
    const include = { attention: { where: { resolvedAt: null } } };
    return asRecorded({ number }, commandId, entry, await db.execution.findUnique({ where: { number }, include }));
  },
});
