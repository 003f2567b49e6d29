import type { RecallEvent } from '../../../domain/recall/events.ts';

/** Events of a recall that others are told of by webhook, as `recall.…`; what the waves do between is no news outside. */
export const ofRecall: ReadonlySet<string> = new Set<RecallEvent['type']>([
  'launched',
  'overlap_found',
  'stop_sale_placed',
  'waves_planned',
  'all_notified',
  'paused',
  'resumed',
  'class_set',
  'scope_widened',
  'checks_drawn',
  'effectiveness_set',
  'completion_estimated',
  'completed',
  'terminated',
  'termination_recorded',
  'cancelled',
  'withdrawn',
  'stop_sale_lifted',
  'attention_raised',
  'attention_resolved',
  'closed',
]);
