import { decideLine, valueOfReturn } from '../../eligibility/decide-line.ts';
import { countUnits, joinUnits, type Units } from '../../goods/units.ts';
import { quoteReturn } from '../../money/settlement.ts';
import { hasLabels } from '../../policy/policy.ts';
import { policyForSale, returnlessUpTo, withFloor } from '../../policy/rules-for.ts';
import type { Instant } from '../../time/duration.ts';
import type { ReceiptSchedule, ReturnCommand, ReviewDecision } from '../commands.ts';
import { holdsOf } from '../effects.ts';
import type { ReturnEvent } from '../events.ts';
import { find } from '../find.ts';
import { fold } from '../fold.ts';
import { isUsable } from '../parcel.ts';
import { raise } from '../raise.ts';
import { type Answer, refuse } from '../refuse.ts';
import type { Opened, ReturnState } from '../state.ts';
import { parcelFor } from './collect.ts';
import { misnamedGoods } from './exchange.ts';

/** The first decision: each line on its own, with a quote of what will be settled if the goods are as claimed. */
export function authorizeReturn(command: Extract<ReturnCommand, { type: 'request' }>, at: Instant): Answer {
  const { request, facts, rma } = command;
  const { order } = facts;
  const policy = withFloor(policyForSale(facts.policy, order), facts.floor, order);
  if (hasTwice(request.lines.map((line) => line.orderLine)) || hasTwice(request.lines.map((line) => line.line))) {
    return refuse('duplicate_line', 'lines');
  }
  const bad = request.lines.find(({ quantity }) => !Number.isSafeInteger(quantity) || quantity < 1);
  if (bad !== undefined) return refuse('quantity_not_positive', `lines.${bad.line}.quantity`);
  const asked = request.lines.map((line) => ({
    requested: line,
    sold: order.lines.find((each) => each.orderLine === line.orderLine) ?? null,
  }));
  const unknown = asked.find(({ sold }) => sold === null);
  if (unknown !== undefined) return refuse('unknown_line', `lines.${unknown.requested.line}.orderLine`);
  const { kind = 'sale' } = order;
  // What we never sold, or nobody had, has no owner who gets it back mended; nobody overrides that.
  if (request.instrument === 'repair' && (kind !== 'sale' || request.program === 'undeliverable')) {
    return refuse('no_owner_to_repair_for', 'instrument');
  }
  const misnamed = misnamedGoods(request);
  if (misnamed !== null) return misnamed;
  // The card is the giver's.
  if (request.gift === true && request.consent !== undefined) return refuse('consent_not_the_payers', 'consent');
  const value = request.section?.worth ?? valueOfReturn({ order, request, policy, at });
  const verdicts = asked.map(({ requested, sold }) => ({
    requested,
    sold,
    ...decideLine({ requested, sold, order, request, policy, at, value }),
  }));
  const quote = quoteReturn(
    verdicts.flatMap(({ requested: { line, reason }, sold, verdict, floor }) =>
      sold === null || verdict === 'ineligible' ? [] : [{ line, sold, units: sold.held, reason, grade: null, floor }],
    ),
    policy,
    order.currency,
    request.method,
    order,
  );
  const events: ReturnEvent[] = [{ type: 'requested', rma, request, facts }];
  for (const { requested, sold, verdict, codes, rules, floor } of verdicts) {
    const units = sold?.held ?? [];
    const covered = floor === null ? {} : { floor };
    events.push({ type: 'line_decided', line: requested.line, verdict, codes, rules, ...covered, units });
    if (verdict === 'ineligible') {
      const { line, quantity } = requested;
      events.push({ type: 'units_released', line, quantity, units, why: 'declined' });
    }
  }
  events.push(quoted(request.instrument === 'repair' ? nothingPaid(quote) : quote));
  const decided = soFar({ phase: 'initial' }, events, at);
  return pending(decided) ? [...events, ...raise(decided, 'review', decided.rma)] : events;
}

/** A person decides the lines that wait for it; once none does, the return is authorized or declined. */
export function review(state: Opened, decisions: readonly ReviewDecision[]): Answer {
  if (state.phase !== 'in_review') return refuse('not_in_review');
  if (hasTwice(decisions.map(({ line }) => line))) return refuse('duplicate_line', 'decisions');
  const events: ReturnEvent[] = [];
  for (const decision of decisions) {
    const line = find(state.lines, decision.line);
    if (line === undefined) return refuse('unknown_line', `decisions.${decision.line}`);
    if (line.verdict !== 'needs_review' || line.outstanding === 0)
      return refuse('not_in_review', `decisions.${decision.line}`);
    events.push({
      type: 'line_reviewed',
      line: line.line,
      approved: decision.approve,
      note: decision.note,
      override: false,
    });
    if (!decision.approve) {
      events.push({
        type: 'units_released',
        line: line.line,
        quantity: line.outstanding,
        units: line.units,
        why: 'declined',
      });
    }
  }
  return events;
}

/** A named person lets lines back in that the rules had barred; their units are reserved again before anything moves. */
export function override(state: Opened, decisions: readonly ReviewDecision[]): Answer {
  const events: ReturnEvent[] = [];
  if (state.phase === 'closed' && state.outcome !== 'declined') return refuse('return_closed');
  if (hasTwice(decisions.map(({ line }) => line))) return refuse('duplicate_line', 'decisions');
  for (const decision of decisions) {
    const line = find(state.lines, decision.line);
    if (line === undefined) return refuse('unknown_line', `decisions.${decision.line}`);
    const barred = (line.verdict === 'ineligible' || line.verdict === 'declined') && !line.reserving;
    if (!barred || !decision.approve) return refuse('nothing_ineligible', `decisions.${decision.line}`);
    events.push({ type: 'line_reviewed', line: line.line, approved: true, note: decision.note, override: true });
  }
  return state.phase === 'closed' && events.length > 0 ? [{ type: 'reopened' }, ...events] : events;
}

/**
 * Authorizes or declines a return once none of its lines waits for a person or, after an override, for its units. One
 * that was cancelled in the meantime is neither.
 */
export function concludeReview(state: Opened, at: Instant): readonly ReturnEvent[] {
  if (state.phase !== 'in_review' || pending(state)) return [];
  const lines = Object.values(state.lines);
  if (lines.some((line) => line.reserving)) return [];
  if (lines.some((line) => line.outstanding > 0)) return authorized(state, at);
  const waits = Object.values(state.attention).some(({ reason }) => reason !== 'review');
  return waits || state.withdrawn || Object.keys(state.items).length > 0 ? [] : [{ type: 'declined' }];
}

/** Lines that an override let in while the return was under way: they get time of their own, and a label where none waits. */
export function authorizeMore(state: Opened, at: Instant): readonly ReturnEvent[] {
  const own = scheduleFrom(state, at);
  const schedule = own.expiry > state.schedule.expiry ? own : state.schedule;
  return [...requote(state), { type: 'authorized', schedule, returnless: false }, ...parcelWhereNoneWaits(state)];
}

/** More units of a line are to come: they keep its time. */
export const expectMore = (state: Opened): ReturnEvent[] => [...requote(state), ...parcelWhereNoneWaits(state)];

const parcelWhereNoneWaits = (state: Opened): ReturnEvent[] =>
  Object.values(state.parcels).some(isUsable) ? [] : parcelFor(state);

const pending = (state: Opened): boolean =>
  Object.values(state.lines).some((line) => line.verdict === 'needs_review' && line.outstanding > 0);

/** Authorizes what is eligible; below the returnless threshold the buyer keeps it. */
function authorized(state: Opened, at: Instant): ReturnEvent[] {
  const lines = Object.values(state.lines).filter((line) => line.outstanding > 0);
  const { total, shippingFee, outboundShipping } = quoteHeld(state);
  // What travels nowhere costs no way back: its worth is what would be paid for it.
  const categories = lines.map(({ sold }) => sold.category);
  // Nor is freight told to keep what it brings: it comes for other goods as well. And of goods without a receipt nobody
  // knows that they are there before they are seen. What was never handed over can't be kept either, nor what is to be mended.
  const isElsewhere = !hasLabels(state.method) || state.outbound !== undefined;
  const comesAnyway =
    isElsewhere || state.instrument === 'repair' || lines.some(({ sold }) => sold.withoutReceipt === true);
  const worth = total.amount + shippingFee - outboundShipping;
  const returnless = !comesAnyway && worth <= returnlessUpTo(state.policy, state.currency, categories);
  const events: ReturnEvent[] = [
    ...requote(state, returnless),
    { type: 'authorized', schedule: scheduleFrom(state, at), returnless },
  ];
  if (returnless) {
    events.push(
      ...lines.map((line): ReturnEvent => ({ type: 'kept', line: line.line, quantity: countUnits(line.units) })),
    );
  } else {
    events.push(...parcelFor(state));
  }
  return events;
}

/** The receipt timer starts at authorization: what was computed for the request moves by as long as that took. */
function scheduleFrom(state: Opened, at: Instant): ReceiptSchedule {
  const { reminders, escalation, expiry } = state.scheduleAtRequest;
  const late = Date.parse(at) - Date.parse(state.requestedAt);
  const moved = (instant: Instant) => (late > 0 ? new Date(Date.parse(instant) + late).toISOString() : instant);
  return { reminders: reminders.map(moved), escalation: moved(escalation), expiry: moved(expiry) };
}

const hasTwice = (ids: readonly string[]): boolean => new Set(ids).size < ids.length;

/** Tells what will be settled after people's decisions and changes, where it isn't what was quoted before. */
export function requote(state: Opened, returnless = false): ReturnEvent[] {
  if (state.instrument === 'repair') return [];
  const quote = quoteHeld(state);
  const { shippingFee, total } = quote;
  const fee = returnless ? 0 : shippingFee;
  const amount = total.amount + shippingFee - fee;
  if (amount === state.quote.amount) return [];
  return [quoted({ ...quote, total: { ...total, amount }, shippingFee: fee })];
}

function quoted({
  total,
  lines,
  shippingFee,
  outboundShipping,
  promotions,
}: ReturnType<typeof quoteReturn>): ReturnEvent {
  return {
    type: 'quoted',
    ...{ total, lines, shippingFee },
    ...(outboundShipping > 0 ? { outboundShipping } : {}),
    ...(promotions.length > 0 ? { promotions } : {}),
  };
}

/** Goods that go back mended move no money. */
const nothingPaid = ({ total }: ReturnType<typeof quoteReturn>): ReturnType<typeof quoteReturn> => ({
  ...{ lines: [], promotions: [], shippingFee: 0, outboundShipping: 0 },
  total: { ...total, amount: 0 },
});

/** A quote of all that the return holds, and of more by line. */
export function quoteHeld(state: Opened, more: Readonly<Record<string, Units>> = {}): ReturnType<typeof quoteReturn> {
  const lines = Object.values(state.lines).map((line) => {
    const units = joinUnits(holdsOf(state, line), more[line.line] ?? []);
    return { ...line, units, grade: null };
  });
  return quoteReturn(
    lines.filter(({ units }) => units.length > 0),
    state.policy,
    state.currency,
    state.method,
    { ...state.wayOut, basket: state.basket },
  );
}

function soFar(state: ReturnState, events: readonly ReturnEvent[], at: Instant): Opened {
  const next = fold(
    state,
    events.map((event) => ({ at, by: '', event })),
  );
  if (next.phase === 'initial') throw new Error('a decision begins with the request');
  return next;
}
