import type { RebalanceRefusalCode } from '../../domain/rebalance/refusals.ts';
import { attentionWordings, problemsOf, says } from '../refused.ts';

/** The problem that a refusal of a rebalancing becomes. */
export const rebalanceProblem = problemsOf<RebalanceRefusalCode>({
  unknown_rebalance: says(404, 'there is no such rebalancing'),
  already_requested: says(409, 'this rebalancing was requested already'),
  rebalance_closed: says(409, 'this rebalancing has come to its end'),
  still_planning: says(409, 'the plan is being made; look at it first'),
  already_approved: says(
    409,
    'the plan was approved, and its transfers are under way; each can be called off by itself',
  ),
  plan_has_changed: {
    status: 409,
    sentence: (p) => `plan ${p['named'] ?? '?'} was replaced by plan ${p['plan'] ?? '?'}; look at that first`,
  },
  nothing_named: says(422, 'name what is to be fixed'),
  too_many_edits: { status: 422, sentence: (p) => `at most ${p['most'] ?? '?'} ways can be fixed in one plan` },
  ...attentionWordings,
});
