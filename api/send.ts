import { lastingAttributes } from '../workflows/return/attributes.ts';
import {
  type CommandOutcome,
  type ReturnArguments,
  type ReturnMessage,
  returnWorkflowId,
  returnWorkflowType,
} from '../workflows/return/messages.ts';
import type { Processes } from './processes.ts';
import { refusalProblem } from './refusals.ts';
import { type Sent, signalProcess, startProcess, type Target, tellProcess } from './telling.ts';

/** A return as the API speaks to it. */
export const returnTarget = (rma: string, request: ReturnArguments['request'] = null): Target => {
  const args: ReturnArguments = { rma, request };
  return {
    workflowType: returnWorkflowType,
    workflowId: returnWorkflowId(rma),
    args,
    summary: request === null ? `Return ${rma}` : `Return ${rma} of order ${request.request.order}`,
    refused: refusalProblem,
  };
};

/** Sends a command to a return that exists and waits for its outcome; see `tellProcess`. */
export const send = (
  processes: Processes,
  rma: string,
  message: ReturnMessage,
  isRecorded: () => Promise<boolean>,
): Promise<Sent<CommandOutcome>> => tellProcess(processes, returnTarget(rma), message, isRecorded);

/** Leaves a command with a return and doesn't wait. */
export const signal = (processes: Processes, rma: string, message: ReturnMessage): Promise<void> =>
  signalProcess(processes, returnTarget(rma), message);

/**
 * Starts the process of a new return and waits for its decision; see `startProcess`.
 * @param skus of the lines asked for; engineers find the run by them
 */
export const startReturn = (
  processes: Processes,
  rma: string,
  request: NonNullable<ReturnArguments['request']>,
  skus: readonly string[],
): Promise<Sent<CommandOutcome>> =>
  startProcess(processes, returnTarget(rma, request), request.request, lastingAttributes(request.request, skus));
