import type { Instant } from '../time/duration.ts';
import type { Attended } from './attention.ts';
import type { Effect } from './kind.ts';
import type { RefusalOf } from './refusal.ts';
import type { ProcessTold } from './told.ts';

/** The types in which kinds of processes differ that have a number, begin with a request, and keep both ledgers. */
export type NumberedParts = {
  readonly state: object;
  readonly opened: NumberedState;
  readonly request: object;
  readonly command: { readonly type: string };
  readonly event: { readonly type: string };
  readonly refusal: RefusalOf<string>;
  readonly effect: Effect;
  readonly outcome: object;
  readonly projection: object;
};

/** What all of them have in their states once they have begun. */
export type NumberedState<Reason = string> = Attended<Reason> & {
  readonly number: string;
  readonly closedAt: Instant | null;
};

/** What such a process is begun with. */
export type RequestCommand<Request> = { readonly type: 'request'; readonly number: string; readonly request: Request };

/** What reaches it by itself: a timer, what came of an effect, the journal's own news. */
export type OwnNews<Outcome> =
  | { readonly type: 'deadline'; readonly deadline: string; readonly due: Instant }
  | { readonly type: 'outcome'; readonly effect: string; readonly outcome: Outcome }
  | { readonly type: 'ledger_disagrees'; readonly detail: string }
  | { readonly type: 'sync' };

/** Such a process, as the shell of every process sees it. */
export type NumberedOf<P extends NumberedParts> = {
  readonly state: P['state'];
  readonly opened: P['opened'];
  readonly command: P['command'] | RequestCommand<P['request']> | OwnNews<P['outcome']>;
  readonly event: P['event'];
  readonly refusal: P['refusal'];
  readonly effect: P['effect'];
  readonly outcome: P['outcome'];
  readonly projection: P['projection'];
  readonly told: ProcessTold;
};
