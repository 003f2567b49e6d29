import type { Instant } from '../time/duration.ts';
import type { StopSaleCommand } from './stop-sale.ts';
import type { Told } from './telling.ts';

/** What an execution is begun with. */
export type RequestCommand<Request> = { readonly type: 'request'; readonly number: string; readonly request: Request };

/** What reaches every execution by itself: a timer, a return that was told something, the journal's own news. */
export type OwnNews =
  | { readonly type: 'deadline'; readonly deadline: string; readonly due: Instant }
  | { readonly type: 'outcome'; readonly effect: string; readonly outcome: Told }
  | { readonly type: 'ledger_disagrees'; readonly detail: string }
  | { readonly type: 'sync' };

/** What reaches an execution of every kind once it has begun, beside what people tell it of their work. */
export type CommonCommand<Resolution> =
  | {
      readonly type: 'resolve';
      readonly attention: string;
      readonly resolution: Resolution;
      readonly note: string;
    }
  | StopSaleCommand
  | OwnNews;
