import { WorkflowNotFoundError } from '@temporalio/client';
import { z } from 'zod';
import { vendorReturnProcess } from '../../activities/journal/process.ts';
import type { ExecutionTold } from '../../domain/execution/told.ts';
import {
  type VendorReturnArguments,
  type VendorReturnMessage,
  vendorReturnWorkflowId,
  vendorReturnWorkflowType,
} from '../../workflows/vendor-return/messages.ts';
import type { Api } from '../api.ts';
import type { Answer, RawCall } from '../endpoint.ts';
import { ExecutionAcceptedBody, ExecutionOutcomeBody } from '../executions/bodies.ts';
import { executionProblem } from '../executions/refusals.ts';
import { Problem } from '../problem.ts';
import { wantsNoAnswer } from '../returns/carry-out.ts';
import { forgetNotes, type Note, writeNotes } from '../returns/notes.ts';
import { signalProcess, type Target, tellProcess } from '../telling.ts';

/** A vendor return as the API speaks to it. */
export const vendorReturnTarget = (number: string, request: VendorReturnArguments['request'] = null): Target => {
  const args: VendorReturnArguments = { number, request };
  return {
    workflowType: vendorReturnWorkflowType,
    workflowId: vendorReturnWorkflowId(number),
    args,
    summary: request === null ? `Vendor return ${number}` : `Vendor return ${number} to ${request.request.vendor}`,
    refused: executionProblem,
  };
};

export const commandResponses = {
  200: { description: 'It was done.', schema: ExecutionOutcomeBody },
  202: { description: 'It was taken and will be done.', schema: ExecutionAcceptedBody },
};

/**
 * Brings a command to its vendor return and answers with what came of it.
 * @throws {Problem} 404 where there is no such vendor return, else the refusal
 */
export async function carryOut(
  api: Api,
  call: Omit<RawCall, 'params' | 'query' | 'body'>,
  number: string,
  command: VendorReturnMessage['command'],
  notes: readonly Note[] = [],
): Promise<Answer> {
  const row = await api.db.execution.findUnique({ where: { number }, select: { number: true } });
  if (row === null && !(await isRunning(api, number))) throw vendorReturnNotFound(number);
  const { commandId } = call;
  const message: VendorReturnMessage = { commandId, by: call.caller.id, command };
  const target = vendorReturnTarget(number);
  await writeNotes(api.db, number, call.caller.id, notes);
  try {
    if (wantsNoAnswer(call)) {
      await signalProcess(api.processes, target, message);
      return acceptedVendorReturn(number, commandId);
    }
    const isRecorded = async () => (await recordedOf(api, number, commandId)) !== null;
    const sent = await tellProcess<ExecutionTold>(api.processes, target, message, isRecorded);
    if (sent.type === 'answered') return { status: 200, body: outcomeBody(commandId, sent.outcome) };
    const recorded = sent.type === 'recorded' ? await recordedOf(api, number, commandId) : null;
    return recorded === null ? acceptedVendorReturn(number, commandId) : { status: 200, body: recorded };
  } catch (error) {
    // A refusal leaves nothing behind. After a fault the command may still be on its way, so its notes stay.
    if (error instanceof Problem && error.status < 500) await forgetNotes(api.db, notes);
    throw error;
  }
}

const outcomeBody = (commandId: string, told: ExecutionTold): z.infer<typeof ExecutionOutcomeBody> => ({
  ...told,
  commandId,
  events: [...told.events],
  attention: [...told.attention],
});

const Events = z.array(z.object({ type: z.string() }));

/** The outcome of a command as the journal has it; null where it was not taken. */
async function recordedOf(
  api: Api,
  number: string,
  commandId: string,
): Promise<z.infer<typeof ExecutionOutcomeBody> | null> {
  const process = vendorReturnProcess(number);
  const [entry, row] = await Promise.all([
    api.db.journalEntry.findUnique({ where: { process_commandId: { process, commandId } } }),
    api.db.execution.findUnique({ where: { number }, include: { attention: { where: { resolvedAt: null } } } }),
  ]);
  if (entry === null || row === null) return null;
  return {
    number,
    commandId,
    version: entry.version,
    status: row.status,
    events: Events.parse(entry.events).map(({ type }) => type),
    attention: row.attention.map(({ reason }) => reason),
  };
}

/** 202, with where to look. */
export function acceptedVendorReturn(number: string, commandId: string): Answer {
  const location = `/v1/vendor-returns/${number}`;
  const body: z.infer<typeof ExecutionAcceptedBody> = { number, commandId, status: 'accepted', location };
  return { status: 202, body, headers: { location, 'retry-after': '2' } };
}

/** Whether its process runs though its journal has nothing yet. */
export async function isRunning(api: Api, number: string): Promise<boolean> {
  try {
    await api.processes.client.workflow.getHandle(vendorReturnWorkflowId(number)).describe();
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

export const vendorReturnNotFound = (number: string): Problem =>
  new Problem(404, 'vendor_return_not_found', `there is no vendor return ${number}; see GET /v1/vendor-returns`);
