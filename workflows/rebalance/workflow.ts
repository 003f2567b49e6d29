import { proxyActivities } from '@temporalio/workflow';
import type { Rebalances } from '../../activities/rebalances/port.ts';
import type { RebalanceEffectOutcome } from '../../domain/rebalance/commands.ts';
import { rebalanceDecider } from '../../domain/rebalance/decider.ts';
import type { RebalanceEffect } from '../../domain/rebalance/due.ts';
import type { RebalanceParts } from '../../domain/rebalance/kind.ts';
import type { Opened } from '../../domain/rebalance/state.ts';
import { bookedWorkflow } from '../process/booked.ts';
import { messageTypes, rebalanceWorkflowId } from './messages.ts';
import { story } from './story.ts';

/**
 * A plan of a large network takes a minute; one that was begun by a worker that died begins anew. What no attempt can plan, a person hears
 * of within about a quarter of an hour.
 */
const { planRebalance } = proxyActivities<Rebalances>({
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '20 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '2 minutes', maximumAttempts: 12 },
});
/** Each transfer decides in a moment; a batch of them takes its time. */
const { startTransfers, lookAtTransfers } = proxyActivities<Rebalances>({
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: '20 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
});

/** What goes from where there is too much to where it is missing: from the plan to the end of its last transfer. */
export const Rebalance = bookedWorkflow<RebalanceParts>({
  kind: 'rebalance',
  decider: rebalanceDecider,
  messageTypes,
  cancel: () => ({ type: 'cancel', note: null }),
  workflowId: rebalanceWorkflowId,
  firstStatus: 'planning',
  statusOf: ({ status }) => status,
  story,
  unknown: { code: 'unknown_rebalance' },
  act,
  lots: () => [],
  foundBy: () => ({ facility: null, orders: [], skus: [] }),
});

function act(
  { number, plan, currency, terms, edits }: Opened,
  effect: RebalanceEffect,
): Promise<RebalanceEffectOutcome> {
  const summary = { summary: effect.key };
  switch (effect.kind) {
    case 'plan':
      return planRebalance
        .executeWithOptions(summary, [{ number, plan: effect.plan, currency, terms, edits }])
        .catch(() => ({ type: 'not_planned', code: 'unavailable' }));
    case 'start_transfers': {
      const { first, last } = effect;
      return startTransfers.executeWithOptions(summary, [{ number, plan, currency, first, last }]);
    }
    case 'look_at_transfers':
      return lookAtTransfers.executeWithOptions(summary, [{ number }]);
  }
}
