import { WorkflowNotFoundError } from '@temporalio/client';
import { z } from 'zod';
import { type CommandOutcome, type ReturnMessage, returnWorkflowId } from '../../workflows/return/messages.ts';
import type { Api } from '../api.ts';
import type { Answer, RawCall } from '../endpoint.ts';
import { Problem } from '../problem.ts';
import { type Sent, send, signal } from '../send.ts';
import type { Note } from './notes.ts';
import { forgetNotes, writeNotes } from './notes.ts';

const CommandOutcomeBody = z
  .object({
    rma: z.string(),
    commandId: z.string(),
    version: z.int().meta({ description: 'The version of the return’s journal after the command.' }),
    status: z.object({ goods: z.string(), money: z.string() }),
    events: z.array(z.string()).meta({ description: 'What happened, by the events’ types.' }),
    attention: z.array(z.string()).meta({ description: 'Why the return needs a person now; empty where it does not.' }),
  })
  .meta({ id: 'CommandOutcome' });

export const AcceptedBody = z
  .object({ rma: z.string(), commandId: z.string(), status: z.literal('accepted'), location: z.string() })
  .meta({ id: 'Accepted', description: 'It was taken and will be done; location shows what came of it.' });

export const commandResponses = {
  200: { description: 'It was done.', schema: CommandOutcomeBody },
  202: { description: 'It was taken and will be done.', schema: AcceptedBody },
};

/**
 * Brings a command to its return and answers with what came of it.
 * @throws {Problem} 404 where there is no such return, else the refusal
 */
export async function carryOut(
  api: Api,
  call: Omit<RawCall, 'params' | 'query' | 'body'>,
  rma: string,
  command: ReturnMessage['command'],
  notes: readonly Note[] = [],
): Promise<Answer> {
  await mustExist(api, rma);
  const message: ReturnMessage = { commandId: call.commandId, by: call.caller.id, command };
  await writeNotes(api.db, rma, call.caller.id, notes);
  try {
    return answerOf(
      rma,
      call.commandId,
      await (wantsNoAnswer(call) ? leave(api, rma, message) : send(api.processes, rma, message)),
    );
  } catch (error) {
    // A refusal leaves nothing behind. After a fault the command may still be on its way, so its notes stay.
    if (error instanceof Problem && error.status < 500) await forgetNotes(api.db, notes);
    throw error;
  }
}

/** `Prefer: respond-async` (RFC 7240): the caller doesn't want to wait. */
function wantsNoAnswer(call: Pick<RawCall, 'request'>): boolean {
  const prefer = call.request.headers['prefer'];
  return [prefer ?? []].flat().some((value) => /(^|,)\s*respond-async\s*(,|;|$)/i.test(value));
}

async function leave(api: Api, rma: string, message: ReturnMessage): Promise<Sent> {
  await signal(api.processes, rma, message);
  return { type: 'accepted' };
}

function answerOf(rma: string, commandId: string, sent: Sent): Answer {
  if (sent.type === 'answered') return { status: 200, body: outcomeBody(commandId, sent.outcome) };
  return accepted(rma, commandId);
}

/** 202, with where to look. */
export function accepted(rma: string, commandId: string): Answer {
  const location = `/v1/returns/${rma}`;
  const body: z.infer<typeof AcceptedBody> = { rma, commandId, status: 'accepted', location };
  return { status: 202, body, headers: { location, 'retry-after': '2' } };
}

function outcomeBody(commandId: string, outcome: CommandOutcome): z.infer<typeof CommandOutcomeBody> {
  const { rma, version, goods, money, events, attention } = outcome;
  return { rma, commandId, version, status: { goods, money }, events: [...events], attention: [...attention] };
}

async function mustExist(api: Api, rma: string): Promise<void> {
  const row = await api.db.return.findUnique({ where: { rma }, select: { rma: true } });
  if (row === null && !(await isStarting(api, rma))) throw returnNotFound(rma);
}

/** Whether its process runs though its journal has nothing yet: it was taken while no worker was there. */
export async function isStarting(api: Api, rma: string): Promise<boolean> {
  try {
    await api.processes.client.workflow.getHandle(returnWorkflowId(rma)).describe();
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

export const returnNotFound = (rma: string): Problem =>
  new Problem(404, 'return_not_found', `there is no return ${rma}; look for it with GET /v1/returns?text=…`);
