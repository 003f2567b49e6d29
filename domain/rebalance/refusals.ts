import { type RefusalOf, type RefusedOf, refusing } from '../process/refusal.ts';

/** Why a command to a rebalancing was refused; each becomes a problem of the API with the same code. */
export const rebalanceRefusals = [
  'unknown_rebalance',
  'already_requested',
  'rebalance_closed',
  'still_planning',
  'already_approved',
  'plan_has_changed',
  'nothing_named',
  'too_many_edits',
  'unknown_attention',
  'resolution_not_allowed',
] as const;
export type RebalanceRefusalCode = (typeof rebalanceRefusals)[number];

export type RebalanceRefusal = RefusalOf<RebalanceRefusalCode>;
export type Refused = RefusedOf<RebalanceRefusalCode>;
export const refuse = refusing<RebalanceRefusalCode>();
