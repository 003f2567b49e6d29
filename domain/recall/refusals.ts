import { type RefusalOf, type RefusedOf, refusing } from '../process/refusal.ts';

/** Why a command to a recall was refused; each becomes a problem of the API with the same code. */
export const recallRefusals = [
  'unknown_recall',
  'already_drafted',
  'already_launched',
  'recall_not_launched',
  'recall_completed',
  'recall_closed',
  'already_paused',
  'not_paused',
  'rate_out_of_range',
  'class_unchanged',
  'effectiveness_unchanged',
  'check_share_out_of_range',
  'nobody_to_check',
  'scope_not_newer',
  'still_notifying',
  'still_open',
  'lead_needed',
  'recall_not_completed',
  'unknown_wave',
  'unknown_attention',
  'resolution_not_allowed',
] as const;
export type RecallRefusalCode = (typeof recallRefusals)[number];

export type RecallRefusal = RefusalOf<RecallRefusalCode>;
export type Refused = RefusedOf<RecallRefusalCode>;
export const refuse = refusing<RecallRefusalCode>();
