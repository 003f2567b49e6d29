import type { RebalanceAttentionReason } from '../../domain/rebalance/attention.ts';
import type { RebalanceEvent } from '../../domain/rebalance/events.ts';
import { unreachable } from '../../domain/unreachable.ts';

/** Why a rebalancing waits for a person, as the queue says it. */
export const rebalanceSentences = {
  plan_failed:
    'No plan could be made; see the detail for why, mend what it is made of, and have it planned again, or call it off.',
  plan_transfers_refused:
    'Transfers of the plan could not be started; see its lines for which, and try again or leave them out.',
  plan_transfers_late:
    'Transfers of the plan are late; what was planned with their goods may be missing, so plan again where it matters.',
} as const satisfies Record<RebalanceAttentionReason, string>;

/** What happened, as the timeline says it. */
export function rebalanceSentence(event: RebalanceEvent): string {
  switch (event.type) {
    case 'requested':
      return `A plan for ${event.request.terms.horizonDays} days was asked for.`;
    case 'proposed':
      return `Plan ${event.plan} moves ${event.units} unit(s) in ${event.transfers} transfer(s) and waits for approval.`;
    case 'planning_failed':
      return `Plan ${event.plan} could not be made: ${event.code}.`;
    case 'planning_retried':
      return 'It is planned again.';
    case 'edited':
      return `A person fixed ${event.edits.length} way(s); it is planned anew with them.`;
    case 'approved':
      return `Plan ${event.plan} was approved.`;
    case 'transfers_started':
      return `Of batch ${event.batch}, ${event.started} transfer(s) were started and ${event.refused} refused.`;
    case 'transfers_retried':
      return `The refused transfers of batch ${event.batch} are tried again.`;
    case 'look_due':
      return 'Its transfers are looked at.';
    case 'transfers_seen':
      return (
        `Of its transfers ${event.ended} have ended and ${event.late} are late; ${event.received} unit(s) have come, ` +
        `${event.lost} were lost.`
      );
    case 'cancelled':
      return 'It was called off.';
    case 'closed':
      return `It closed: ${event.outcome}.`;
    case 'attention_raised':
      return `It waits for a person: ${event.reason} (${event.subject}).`;
    case 'attention_resolved':
      return `${event.attention} was settled: ${event.resolution}.`;
    default:
      return unreachable(event);
  }
}
