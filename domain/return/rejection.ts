import type { RejectedChoice } from '../policy/rejection.ts';
import type { Deadline } from '../process/kind.ts';
import type { Instant } from '../time/duration.ts';
import type { ItemState, Opened } from './state.ts';

/** What the buyer was asked about goods that weren't accepted, and said. */
export type RejectionState = {
  readonly offered: readonly RejectedChoice[];
  readonly until: Instant;
  /** Minor units of the way back. */
  readonly fee: number;
  readonly choice: RejectedChoice | 'open';
};

/** The buyer may still choose. */
export const isOpenChoice = ({ rejection, stage }: ItemState): boolean =>
  rejection?.choice === 'open' && stage === 'inspected';

/** Of the money that would be due for the goods, the part that is paid: all of it, unless the buyer took less. */
export const shareFor = ({ policy }: Opened, { rejection }: ItemState): number | undefined =>
  rejection?.choice === 'partial_refund' ? (policy.rejected?.partialRefundBasisPoints ?? 0) : undefined;

/** By when buyers are to say what they want. */
export const openChoices = ({ items }: Opened): Deadline[] =>
  Object.values(items).flatMap((item) =>
    isOpenChoice(item) && item.rejection !== undefined
      ? [{ deadline: `choice:${item.item}`, at: item.rejection.until }]
      : [],
  );
