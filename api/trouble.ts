import {
  isGrpcServiceError,
  ServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { z } from 'zod';
import { refusedFailure } from '../workflows/process/messages.ts';

/** gRPC statuses that pass: a worker is away, a server restarts, too many updates are in flight. */
const passing: ReadonlySet<number> = new Set([
  1, // cancelled
  4, // deadline exceeded
  8, // resource exhausted: ten updates are in flight
  9, // failed precondition: the workflow task is in a failed state
  10, // aborted
  14, // unavailable
]);

/** What the server fails an update with whose process ended before it answered. */
const endedMeanwhile = 'AcceptedUpdateCompletedWorkflow';

/**
 * What kept a message from being answered: the process is `gone` (finished, or never started), or nobody is there to
 * answer (`away`); null where it is a bug of ours and must be seen.
 */
export function troubleOf(error: unknown): 'gone' | 'away' | null {
  if (error instanceof WorkflowNotFoundError) return 'gone';
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return 'away';
  if (error instanceof WorkflowUpdateFailedError) {
    return error.cause instanceof ApplicationFailure && error.cause.type === endedMeanwhile ? 'gone' : null;
  }
  const cause = error instanceof ServiceError ? error.cause : error;
  return isGrpcServiceError(cause) && passing.has(cause.code) ? 'away' : null;
}

const RefusalDetail = z.object({
  code: z.string(),
  field: z.string().optional(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});

/** The refusal that an update failed with; null where it failed for another reason. */
export function refusalOf(error: unknown): RefusalGiven | null {
  if (!(error instanceof WorkflowUpdateFailedError)) return null;
  const { cause } = error;
  if (!(cause instanceof ApplicationFailure) || cause.type !== refusedFailure) return null;
  const detail = RefusalDetail.safeParse(cause.details?.[0]);
  return detail.success ? detail.data : null;
}

/** A refusal as it arrives. */
export type RefusalGiven = z.infer<typeof RefusalDetail>;
