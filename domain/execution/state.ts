import type { Currency } from '../money/money.ts';
import type { Attended } from '../process/attention.ts';
import type { Instant } from '../time/duration.ts';
import { type Items, newItems, type WantedItem } from './item.ts';
import type { ItemsStopped } from './stop-sale.ts';

/** What all executions have in their states once they have begun. */
export type ExecutionState<Reason = string, Outcome = string> = Attended<Reason> & {
  readonly number: string;
  readonly facility: string;
  readonly currency: Currency;
  readonly items: Items;
  /** What it will have come to once every return knows; null while it is under way. */
  readonly ending: Outcome | null;
  readonly outcome: Outcome | null;
  readonly disagreements: readonly string[];
  /** Absent where no recall has stopped any. */
  readonly stopped?: ItemsStopped;
  readonly requestedAt: Instant;
  readonly closedAt: Instant | null;
};

type Requested = {
  readonly facility: string;
  readonly currency: Currency;
  readonly items: readonly WantedItem[];
};

/** Those as they are in the beginning. */
export const newExecution = (
  number: string,
  { facility, currency, items }: Requested,
  at: Instant,
): ExecutionState<never, never> => ({
  number,
  facility,
  currency,
  items: newItems(items),
  ending: null,
  outcome: null,
  disagreements: [],
  attention: {},
  attentionRaised: 0,
  requestedAt: at,
  closedAt: null,
});
