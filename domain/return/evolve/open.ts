import { zero } from '../../money/money.ts';
import { isPricedAgain } from '../../money/settlement.ts';
import { policyForSale, withFloor } from '../../policy/rules-for.ts';
import type { OrderLineFacts } from '../../sale/order.ts';
import type { Instant } from '../../time/duration.ts';
import type { ReturnEvent } from '../events.ts';
import type { RequestedLine } from '../request.ts';
import type { LineState, Opened } from '../state.ts';
import { exchangeAsked } from './exchange.ts';

/** The state that a request begins with; nothing is decided yet. */
export function openReturn(event: Extract<ReturnEvent, { type: 'requested' }>, at: Instant): Opened {
  const { request, facts, rma } = event;
  const lines = request.lines.map((asked): [string, LineState] => {
    const sold = facts.order.lines.find((line) => line.orderLine === asked.orderLine);
    if (sold === undefined) throw new Error(`order line ${asked.orderLine} was requested but not read`);
    return [asked.line, requestedLine(asked, sold)];
  });
  const policy = withFloor(policyForSale(facts.policy, facts.order), facts.floor, facts.order);
  return {
    phase: 'in_review',
    rma,
    program: request.program,
    order: request.order,
    currency: facts.order.currency,
    facility: request.facility,
    method: request.method,
    instrument: request.instrument,
    ...(request.remedy === undefined ? {} : { remedy: request.remedy }),
    ...(request.along === undefined ? {} : { along: request.along }),
    ...(request.outbound === undefined ? {} : { outbound: request.outbound }),
    policy,
    payments: facts.order.payments,
    wayOut: { shippingCharged: facts.order.shippingCharged ?? 0, unitsSent: facts.order.unitsSent ?? 0 },
    ...(facts.order.basket === undefined || !isPricedAgain(policy)
      ? {}
      : { basket: facts.order.basket, settledParts: {} }),
    lines: Object.fromEntries(lines),
    items: {},
    parcels: {},
    pickups: {},
    claims: {},
    settlements: {},
    refunds: {},
    ...(request.gift === undefined ? {} : { gift: request.gift }),
    creditTo: { buyer: request.gift === true ? null : facts.order.buyer, country: facts.order.country },
    ...(request.acceptsStoreCredit === undefined ? {} : { acceptsStoreCredit: request.acceptsStoreCredit }),
    ...(request.consent === undefined ? {} : { consent: request.consent }),
    ...exchangeAsked(
      request,
      lines.map(([, line]) => line),
      at,
    ),
    attention: {},
    attentionRaised: 0,
    retries: {},
    quote: zero(facts.order.currency),
    requestedAt: at,
    authorizedAt: null,
    closedAt: null,
    scheduleAtRequest: facts.schedule,
    schedule: facts.schedule,
    escalated: false,
    outcome: null,
    hasExpired: false,
    withdrawn: false,
    disagreements: [],
  };
}

/** A line as it is asked for: all of it outstanding, undecided. */
export const requestedLine = (asked: RequestedLine, sold: OrderLineFacts): LineState => ({
  line: asked.line,
  sold,
  reason: asked.reason,
  opened: asked.opened ?? null,
  serials: asked.serials ?? [],
  ...(asked.lots === undefined ? {} : { lots: asked.lots }),
  verdict: 'needs_review',
  codes: [],
  requested: asked.quantity,
  cancelled: 0,
  kept: 0,
  outstanding: asked.quantity,
  missing: 0,
  received: 0,
  units: sold.held,
  missingUnits: [],
  compensatedUnits: [],
  keptUnits: [],
  dueUnits: [],
  reserving: false,
});
