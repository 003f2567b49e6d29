import type { Currency } from '../money/money.ts';

/** The row that a rebalancing has beside that of every process of the network; figures of its plan are null while there is none. */
export type RebalanceRow = {
  readonly currency: Currency;
  readonly horizonDays: number;
  readonly plan: number;
  /** How many ways people have fixed. */
  readonly edits: number;
  readonly positions: number | null;
  readonly lines: number | null;
  readonly units: number | null;
  readonly transfers: number | null;
  readonly cost: number | null;
  readonly saving: number | null;
  readonly mostSaving: number | null;
  readonly excess: number | null;
  readonly excessWorth: number | null;
  readonly started: number;
  readonly ended: number;
  readonly late: number;
  readonly received: number;
  readonly lost: number;
};
