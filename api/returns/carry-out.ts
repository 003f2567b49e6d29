import { WorkflowNotFoundError } from '@temporalio/client';
import { z } from 'zod';
import { processOf } from '../../activities/journal/process.ts';
import { type CommandOutcome, type ReturnMessage, returnWorkflowId } from '../../workflows/return/messages.ts';
import type { Api } from '../api.ts';
import type { Answer, RawCall } from '../endpoint.ts';
import { Problem } from '../problem.ts';
import { send, signal } from '../send.ts';
import type { Sent } from '../telling.ts';
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
    const isRecorded = async () => (await recordedOf(api, rma, call.commandId)) !== null;
    const sent = await (wantsNoAnswer(call) ? leave(api, rma, message) : send(api.processes, rma, message, isRecorded));
    return await answerOf(api, rma, call.commandId, sent);
  } catch (error) {
    // A refusal leaves nothing behind. After a fault the command may still be on its way, so its notes stay.
    if (error instanceof Problem && error.status < 500) await forgetNotes(api.db, notes);
    throw error;
  }
}

/** `Prefer: respond-async` (RFC 7240): the caller doesn't want to wait. */
export function wantsNoAnswer(call: Pick<RawCall, 'request'>): boolean {
  const prefer = call.request.headers['prefer'];
  return [prefer ?? []].flat().some((value) => /(^|,)\s*respond-async\s*(,|;|$)/i.test(value));
}

async function leave(api: Api, rma: string, message: ReturnMessage): Promise<Sent<CommandOutcome>> {
  await signal(api.processes, rma, message);
  return { type: 'accepted' };
}

async function answerOf(api: Api, rma: string, commandId: string, sent: Sent<CommandOutcome>): Promise<Answer> {
  if (sent.type === 'answered') return { status: 200, body: outcomeBody(commandId, sent.outcome) };
  const recorded = sent.type === 'recorded' ? await recordedOf(api, rma, commandId) : null;
  return recorded === null ? accepted(rma, commandId) : { status: 200, body: recorded };
}

const Events = z.array(z.object({ type: z.string() }));

/** The outcome of a command as the journal has it, with the return as it is now; null where it was not taken. */
async function recordedOf(
  api: Api,
  rma: string,
  commandId: string,
): Promise<z.infer<typeof CommandOutcomeBody> | null> {
  const [entry, row] = await Promise.all([
    api.db.journalEntry.findUnique({ where: { process_commandId: { process: processOf(rma), commandId } } }),
    api.db.return.findUnique({ where: { rma }, include: { attention: { where: { resolvedAt: null } } } }),
  ]);
  if (entry === null || row === null) return null;
  return {
    rma,
    commandId,
    version: entry.version,
    status: { goods: row.goods, money: row.money },
    events: Events.parse(entry.events).map(({ type }) => type),
    attention: row.attention.map(({ reason }) => reason),
  };
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
