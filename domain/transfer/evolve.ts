import { evolveAttention } from '../process/attention.ts';
import { evolving } from '../process/beginning.ts';
import { after, type Instant } from '../time/duration.ts';
import type { TransferEvent } from './events.ts';
import { evolveGoods } from './evolve-goods.ts';
import type { TransferLineRequest } from './request.ts';
import { type Lateness, type Opened, opened, type TransferLine, type TransferState } from './state.ts';

export const { evolve, fold } = evolving<TransferState, Opened, TransferEvent, 'requested'>({
  first: 'requested',
  opened,
  open: ({ event, at }) => open(event, at),
  next: (state, { event, at }) => evolveOpened(state, event, at),
});

function open({ number, request }: Extract<TransferEvent, { type: 'requested' }>, at: Instant): Opened {
  const { from, to, reason, plan, by, shipBy, arriveBy, terms, currency = null } = request;
  return {
    ...{ number, status: 'requested', from, to, reason, plan, by, tracking: null, shipBy, arriveBy, terms, currency },
    lines: Object.fromEntries(request.lines.map((line) => [line.line, newLine(line)])),
    ...{ reservation: 'wanted', partial: false, tries: 0, shortage: null, isPickedShort: false },
    lateness: { shipment: dueAt(shipBy), arrival: dueAt(arriveBy) },
    ...{ shippedAt: null, turnedBack: false, isLast: false, receipts: 0 },
    ...{ holds: {}, heldBack: 0, surpluses: {}, surplusesFound: 0, claims: {} },
    ...{ toStock: {}, arrivals: 0, toCorrect: {}, countsDue: {} },
    ...{ disagreements: [], attention: {}, attentionRaised: 0 },
    ...{ outcome: null, requestedAt: at, closedAt: null },
  };
}

const newLine = ({ line, sku, lot, serials, quantity, unitCost = null }: TransferLineRequest): TransferLine => ({
  ...{ line, sku, lot, serials, unitCost, quantity },
  ...{ reserved: 0, picked: 0, shipped: 0, received: 0, held: 0, disposedOf: 0, lost: 0, atOrigin: 0, damaged: 0 },
  isOut: false,
});

function evolveOpened(state: Opened, event: Exclude<TransferEvent, { type: 'requested' }>, at: Instant): Opened {
  switch (event.type) {
    case 'out_of_stock':
      return { ...state, status: 'short_of_stock', reservation: 'short', shortage: event.code };
    case 'reservation_retried':
      return asking(state, event.partial);
    case 'reservation_doubted':
      return asking(state, state.partial);
    case 'stock_released':
      return { ...state, reservation: 'released' };
    case 'rescheduled': {
      const { by, shipBy, arriveBy } = event;
      const lateness = { shipment: dueAt(shipBy), arrival: dueAt(arriveBy) };
      return { ...state, by, shipBy, arriveBy, lateness };
    }
    case 'delayed':
      return { ...state, lateness: { ...state.lateness, [event.what]: { dueAt: event.due, isAsked: true } } };
    case 'rest_awaited':
      return awaiting({ ...state, isLast: false }, 'arrival', at);
    case 'claim_opened': {
      const { claim, line, quantity } = event;
      const dueAt = after(at, state.terms.claimWithin);
      return {
        ...state,
        claims: { ...state.claims, [claim]: { claim, line, quantity, dueAt, isLate: false, paid: null } },
      };
    }
    case 'claim_late':
      return withClaim(state, event.claim, { isLate: true });
    case 'claim_settled':
      return withClaim(state, event.claim, { isLate: false, paid: event.paid });
    case 'stocked': {
      const { [event.arrival]: _, ...toStock } = state.toStock;
      return { ...state, toStock };
    }
    case 'origin_corrected': {
      const { [event.surplus]: _, ...toCorrect } = state.toCorrect;
      const { countsDue } = state;
      const missing = event.short.map(({ sku, quantity }) => `${quantity} ${sku}`).join(', ');
      return {
        ...state,
        toCorrect,
        countsDue: missing === '' ? countsDue : { ...countsDue, [event.surplus]: missing },
      };
    }
    case 'goods_stopped': {
      const { recalls = {} } = state;
      return { ...state, recalls: { ...recalls, [event.recall]: [...(recalls[event.recall] ?? []), ...event.goods] } };
    }
    case 'goods_released': {
      const { [event.recall]: _, ...recalls } = state.recalls ?? {};
      return { ...state, recalls };
    }
    case 'cancelled':
      return { ...state, status: 'cancelled', reservation: 'releasing', isPickedShort: false };
    case 'turned_back':
      return {
        ...state,
        ...{ turnedBack: true, isLast: false, arriveBy: event.arriveBy },
        lateness: { ...state.lateness, arrival: dueAt(event.arriveBy) },
      };
    case 'reconciliation_required':
      return { ...state, disagreements: event.disagreements };
    case 'reconciliation_retried':
      return { ...state, disagreements: [] };
    case 'attention_raised':
      return evolveAttention(state, event, at);
    case 'attention_resolved':
      return evolveAttention(answered(state, event, at), event, at);
    case 'reopened':
      return { ...state, status: 'receiving', outcome: null, closedAt: null };
    case 'closed':
      return { ...state, status: 'closed', outcome: event.outcome, closedAt: at };
    default:
      return evolveGoods(state, event, at);
  }
}

/** The origin's stock is asked anew; what was picked is back on its shelf. */
const asking = (state: Opened, partial: boolean): Opened => ({
  ...state,
  ...{ status: 'requested', reservation: 'wanted', partial, tries: state.tries + 1, shortage: null },
  isPickedShort: false,
  lines: Object.fromEntries(Object.entries(state.lines).map(([id, line]) => [id, { ...line, reserved: 0, picked: 0 }])),
});

function withClaim(state: Opened, id: string, change: Partial<Opened['claims'][string]>): Opened {
  const claim = state.claims[id];
  if (claim === undefined) throw new Error(`no claim ${id}`);
  return { ...state, claims: { ...state.claims, [id]: { ...claim, ...change } } };
}

/** What a person has said is answered, where nothing else follows from it; what is waited for is asked about again. */
function answered(state: Opened, event: Extract<TransferEvent, { type: 'attention_resolved' }>, at: Instant): Opened {
  const open = state.attention[event.attention];
  switch (open?.reason) {
    case 'transfer_short_pick':
      return { ...state, isPickedShort: false };
    case 'transfer_late': {
      const what = open.subject === 'shipment' ? 'shipment' : 'arrival';
      return state.lateness[what].isAsked ? awaiting(state, what, at) : state;
    }
    case 'transfer_claim_late':
      return withClaim(state, open.subject, { dueAt: after(at, state.terms.claimWithin), isLate: false });
    case 'claim_obsolete':
      return withClaim(state, open.subject, { isObsolete: false });
    case 'stock_count_due': {
      const { [open.subject]: _, ...countsDue } = state.countsDue;
      return { ...state, countsDue };
    }
    default:
      return state;
  }
}

const dueAt = (instant: Instant): Lateness => ({ dueAt: instant, isAsked: false });

const awaiting = (state: Opened, what: 'shipment' | 'arrival', at: Instant): Opened => ({
  ...state,
  lateness: { ...state.lateness, [what]: dueAt(after(at, state.terms.askAgain)) },
});
