import type { AttentionEvent } from '../process/attention-rows.ts';
import type { ItemEvent } from './item.ts';
import type { StopSaleEvent } from './stop-sale.ts';

/** What happens to an execution of every kind, beside its own work. */
export type CommonEvent<Reason, Resolution> =
  | { readonly type: 'reconciliation_required'; readonly disagreements: readonly string[] }
  | { readonly type: 'reconciliation_retried' }
  | ItemEvent
  | StopSaleEvent
  | AttentionEvent<Reason, Resolution>;
