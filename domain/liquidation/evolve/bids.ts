import type { LiquidationEvent } from '../events.ts';
import type { Bid, Opened } from '../state.ts';

type Bids = Opened['bids'];
type BidEvent = Extract<LiquidationEvent, { type: 'bid_recorded' | 'bid_withdrawn' | 'bid_lapsed' | 'bid_replaced' }>;

export function evolveBids(bids: Bids, event: BidEvent): Bids {
  switch (event.type) {
    case 'bid_recorded': {
      const { type: _, ...bid } = event;
      return { ...bids, [event.bid]: { ...bid, state: 'open' } };
    }
    case 'bid_withdrawn':
      return withBid(bids, event.bid, 'withdrawn');
    case 'bid_lapsed':
      return withBid(bids, event.bid, 'lapsed');
    case 'bid_replaced':
      return withBid(bids, event.bid, 'replaced');
  }
}

export function withBid(bids: Bids, id: string, state: Bid['state']): Bids {
  const bid = bids[id];
  if (bid === undefined) throw new Error(`no bid ${id}`);
  return { ...bids, [id]: { ...bid, state } };
}

/** Once the goods are sold, or not for sale any more, who bid for them in vain is told no. */
export const declineOpenBids = (bids: Bids): Bids =>
  Object.fromEntries(
    Object.entries(bids).map(([id, bid]) => [id, bid.state === 'open' ? { ...bid, state: 'declined' } : bid]),
  );
