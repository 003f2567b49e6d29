import { attentionRows } from '../process/attention-rows.ts';
import { deadlines } from './due.ts';
import type { Recorded } from './events.ts';
import type { DeliveryProjection } from './projection.ts';
import type { DeliveryState, Opened } from './state.ts';

/** The rows that a step changed: the delivery's own, and what entered or left the people's queue. */
export const project = (_before: DeliveryState, after: Opened, recorded: readonly Recorded[]): DeliveryProjection => ({
  delivery: {
    tracking: after.tracking,
    order: after.order,
    carrier: after.carrier,
    status: after.status,
    reason: after.reason,
    carrierStatus: after.tracked?.status ?? null,
    attempts: after.attempts,
    instruction: after.instruction?.what ?? null,
    holdUntil: after.holdUntil,
    remedy: after.remedy,
    rma: after.rma,
    outcome: after.outcome,
    openedAt: after.openedAt,
    closedAt: after.closedAt,
    nextDeadline: deadlines(after)[0]?.at ?? null,
  },
  attention: attentionRows(recorded),
});
