import { type Telling, tellings } from '../execution/telling.ts';
import { type Deadline, earliestFirst } from '../process/kind.ts';
import type { LiquidationState, Opened } from './state.ts';

/** What a liquidation says to the returns of its items now. */
export const effects = (state: LiquidationState): readonly Telling[] =>
  state.status === 'initial' || state.status === 'closed' ? [] : tellings(state.items, 'liquidate', 'liquidator');

/** What a bid's end is called. */
export const bidDeadline = (bid: string): string => `bid:${bid}`;

/** All that a liquidation waits for by the clock, the earliest first. */
export function deadlines(state: LiquidationState): readonly Deadline[] {
  if (state.status === 'initial' || state.status === 'ending' || state.status === 'closed') return [];
  const all = [
    { deadline: 'bids', at: state.bidsDueAt },
    { deadline: 'payment', at: state.paymentDueAt },
    { deadline: 'shipment', at: state.shipmentDueAt },
    { deadline: 'complaints', at: state.complaintsUntil },
    ...endsOfBids(state),
  ];
  return all.flatMap(({ deadline, at }) => (at === null ? [] : [{ deadline, at }])).sort(earliestFirst);
}

const endsOfBids = ({ bids }: Opened): readonly Deadline[] =>
  Object.values(bids).flatMap(({ bid, state, validUntil }) =>
    state === 'open' ? [{ deadline: bidDeadline(bid), at: validUntil }] : [],
  );
