import type { Instant } from '../../duration.ts';
import { decideLine, valueOfReturn } from '../../eligibility.ts';
import { quoteReturn } from '../../settlement.ts';
import { countUnits } from '../../units.ts';
import type { ReturnCommand, ReviewDecision } from '../commands.ts';
import type { ReturnEvent } from '../events.ts';
import { fold } from '../evolve.ts';
import { raise } from '../raise.ts';
import { type Answer, refuse } from '../refuse.ts';
import type { LineState, Opened, ReturnState } from '../state.ts';

/** The first decision: each line on its own, with a quote of what will be settled if the goods are as claimed. */
export function authorizeReturn(command: Extract<ReturnCommand, { type: 'request' }>, at: Instant): Answer {
  const { request, facts, rma } = command;
  const { order, policy } = facts;
  if (new Set(request.lines.map((line) => line.orderLine)).size < request.lines.length)
    return refuse('duplicate_line', 'lines');
  const asked = request.lines.map((line) => ({
    requested: line,
    sold: order.lines.find((each) => each.orderLine === line.orderLine) ?? null,
  }));
  const unknown = asked.find(({ sold }) => sold === null);
  if (unknown !== undefined) return refuse('unknown_line', `lines.${unknown.requested.line}.orderLine`);
  const value = valueOfReturn({ order, request, policy, at });
  const verdicts = asked.map(({ requested, sold }) => ({
    requested,
    sold,
    ...decideLine({ requested, sold, order, request, policy, at, value }),
  }));
  const quote = quoteReturn(
    verdicts.flatMap(({ requested: { line, reason }, sold, verdict }) =>
      sold === null || verdict === 'ineligible' ? [] : [{ line, sold, units: sold.held, reason, grade: null }],
    ),
    policy,
    order.currency,
  );
  const events: ReturnEvent[] = [{ type: 'requested', rma, request, facts }];
  for (const { requested, sold, verdict, codes } of verdicts) {
    const units = sold?.held ?? [];
    events.push({ type: 'line_decided', line: requested.line, verdict, codes, units });
    if (verdict === 'ineligible') {
      const { line, quantity } = requested;
      events.push({ type: 'units_released', line, quantity, units, why: 'declined' });
    }
  }
  events.push({ type: 'quoted', total: quote.total, lines: quote.lines, shippingFee: quote.shippingFee });
  const decided = soFar({ phase: 'initial' }, events, at);
  return [...events, ...(pending(decided) ? raise(decided, 'review', decided.rma) : conclude(decided))];
}

/** A person decides the lines that wait for it; once none does, the return is authorized or declined. */
export function review(state: Opened, decisions: readonly ReviewDecision[], at: Instant): Answer {
  if (state.phase !== 'in_review') return refuse('not_in_review');
  const events: ReturnEvent[] = [];
  for (const decision of decisions) {
    const line = state.lines[decision.line];
    if (line === undefined) return refuse('unknown_line', `decisions.${decision.line}`);
    if (line.verdict !== 'needs_review') return refuse('not_in_review', `decisions.${decision.line}`);
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
  const reviewed = soFar(state, events, at);
  return pending(reviewed) ? events : [...events, ...conclude(reviewed)];
}

/** A named person lets lines back in that the rules had barred; their units are reserved again before anything moves. */
export function override(state: Opened, decisions: readonly ReviewDecision[]): Answer {
  const events: ReturnEvent[] = [];
  if (state.phase === 'closed' && state.outcome !== 'declined') return refuse('return_closed');
  for (const decision of decisions) {
    const line = state.lines[decision.line];
    if (line === undefined) return refuse('unknown_line', `decisions.${decision.line}`);
    const barred = (line.verdict === 'ineligible' || line.verdict === 'declined') && !line.reserving;
    if (!barred || !decision.approve) return refuse('nothing_ineligible', `decisions.${decision.line}`);
    events.push({ type: 'line_reviewed', line: line.line, approved: true, note: decision.note, override: true });
  }
  return state.phase === 'closed' ? [{ type: 'reopened' }, ...events] : events;
}

/** After an override got its units: the return goes on, unless lines still wait. */
export function overrideReserved(state: Opened): readonly ReturnEvent[] {
  const lines = Object.values(state.lines);
  const decided = state.phase === 'in_review' && !pending(state) && lines.every((line) => !line.reserving);
  return decided && lines.some((line) => line.outstanding > 0) ? conclude(state) : [];
}

const pending = (state: Opened): boolean =>
  Object.values(state.lines).some((line) => line.verdict === 'needs_review' && line.outstanding > 0);

/** Authorizes what is eligible; below the returnless threshold the buyer keeps it; nothing eligible is a decline. */
function conclude(state: Opened): ReturnEvent[] {
  const lines = Object.values(state.lines).filter((line) => line.outstanding > 0);
  if (lines.length === 0) return [{ type: 'declined' }];
  const value = quoteReturn(lines.map(quotable), state.policy, state.currency).total.amount;
  const returnless = value <= (state.policy.returnlessUpTo[state.currency] ?? -1);
  const events: ReturnEvent[] = [{ type: 'authorized', schedule: state.schedule, returnless }];
  if (returnless) {
    events.push(
      ...lines.map((line): ReturnEvent => ({ type: 'kept', line: line.line, quantity: countUnits(line.units) })),
    );
  } else {
    events.push({ type: 'parcel_expected', parcel: 'P1', method: state.method });
  }
  return events;
}

const quotable = (line: LineState) => ({
  line: line.line,
  sold: line.sold,
  units: line.units,
  reason: line.reason,
  grade: null,
});

function soFar(state: ReturnState, events: readonly ReturnEvent[], at: Instant): Opened {
  const next = fold(
    state,
    events.map((event) => ({ at, by: '', event })),
  );
  if (next.phase === 'initial') throw new Error('a decision begins with the request');
  return next;
}
