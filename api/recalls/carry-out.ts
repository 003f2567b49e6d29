import type { z } from 'zod';
import type { ProcessTold } from '../../domain/process/told.ts';
import {
  type RecallArguments,
  type RecallMessage,
  recallWorkflowId,
  recallWorkflowType,
} from '../../workflows/recall/messages.ts';
import type { Api } from '../api.ts';
import { type Addressee, asRecorded, asTold, carryOutAt, taken } from '../carry-out.ts';
import type { Answer, RawCall } from '../endpoint.ts';
import { Problem } from '../problem.ts';
import type { Note } from '../returns/notes.ts';
import type { Target } from '../telling.ts';
import { RecallAcceptedBody, RecallOutcomeBody } from './bodies.ts';
import { recallProblem } from './refusals.ts';

/** A recall as the API speaks to it. */
export const recallTarget = (number: string, request: RecallArguments['request'] = null): Target => {
  const args: RecallArguments = { number, request };
  return {
    workflowType: recallWorkflowType,
    workflowId: recallWorkflowId(number),
    args,
    summary: `Recall ${number}`,
    refused: recallProblem,
  };
};

export const commandResponses = {
  200: { description: 'It was done.', schema: RecallOutcomeBody },
  202: { description: 'It was taken and will be done.', schema: RecallAcceptedBody },
};

/**
 * Brings a command to its recall and answers with what came of it.
 * @throws {Problem} 404 where there is no such recall, else the refusal
 */
export const carryOut = (
  api: Api,
  call: Pick<RawCall, 'request' | 'commandId' | 'caller'>,
  number: string,
  command: RecallMessage['command'],
  notes: readonly Note[] = [],
): Promise<Answer> => carryOutAt(api, call, recallOf(api, number), command, notes);

/** 202, with where to look. */
export const accepted = (number: string, commandId: string): Answer => taken(placeOf(number), commandId);

const placeOf = (number: string) => ({ named: { number }, location: `/v1/recalls/${number}` });

const recallOf = ({ db }: Api, number: string): Addressee<ProcessTold, z.infer<typeof RecallOutcomeBody>> => ({
  ...placeOf(number),
  number,
  target: recallTarget(number),
  isInReadModel: async () => (await db.recall.findUnique({ where: { number }, select: { number: true } })) !== null,
  notFound: () => recallNotFound(number),
  outcomeOf: asTold,
  outcomeNow: async (commandId, entry) => {
    const include = { attention: { where: { resolvedAt: null } } };
    return asRecorded({ number }, commandId, entry, await db.recall.findUnique({ where: { number }, include }));
  },
});

/** @throws {Problem} 404 where there is no such recall */
export async function knownRecall({ db }: Pick<Api, 'db'>, number: string): Promise<{ readonly status: string }> {
  const row = await db.recall.findUnique({ where: { number }, select: { status: true } });
  if (row === null) throw recallNotFound(number);
  return row;
}

/** @throws {Problem} 404 where there is no such recall, 409 where it hasn't begun or is over */
export async function recallUnderWay(api: Pick<Api, 'db'>, number: string): Promise<void> {
  const { status } = await knownRecall(api, number);
  if (status === 'drafted') throw recallProblem({ code: 'recall_not_launched' });
  if (status === 'completed' || status === 'closed') throw recallProblem({ code: `recall_${status}` });
}

export const recallNotFound = (number: string): Problem =>
  new Problem(404, 'recall_not_found', `there is no recall ${number}; see GET /v1/recalls`);
