import { evolveCommon } from '../execution/evolve.ts';
import { type ItemKey, itemKey } from '../execution/item.ts';
import { newExecution } from '../execution/state.ts';
import { evolving } from '../process/beginning.ts';
import { after, type Instant } from '../time/duration.ts';
import { unreachable } from '../unreachable.ts';
import type { RefurbishmentEvent } from './events.ts';
import { exceedsGain, type Opened, opened, type RefurbishmentState, type Work } from './state.ts';

export const { evolve, fold } = evolving<RefurbishmentState, Opened, RefurbishmentEvent, 'requested'>({
  first: 'requested',
  opened,
  open: ({ event, at }) => open(event, at),
  next: (state, { event, at }) => {
    const next = evolveOpened(state, event, at);
    // A lower estimate or a higher budget makes it worth going on with.
    return next.overBudgetSince !== null && !exceedsGain(next) ? { ...next, overBudgetSince: null } : next;
  },
});

function open({ number, request }: Extract<RefurbishmentEvent, { type: 'requested' }>, at: Instant): Opened {
  const items = request.items.map(({ budget: _, carriedAs: __, ...item }) => item);
  return {
    ...request,
    ...newExecution(number, { ...request, items }, at),
    phase: 'requested',
    work: Object.fromEntries(
      request.items.map(({ budget, carriedAs, ...item }): readonly [ItemKey, Work] => [
        itemKey(item),
        { budget, carriedAs, failed: 0, done: [], harvested: null },
      ]),
    ),
    parts: [],
    minutes: 0,
    labour: 0,
    charges: 0,
    references: [],
    expected: 0,
    raised: 0,
    finishBy: null,
    awaiting: null,
    hold: null,
    overBudgetSince: null,
    capitalised: 0,
  };
}

function evolveOpened(state: Opened, event: Exclude<RefurbishmentEvent, { type: 'requested' }>, at: Instant): Opened {
  switch (event.type) {
    case 'begun':
      return { ...state, phase: 'in_work', finishBy: after(at, state.terms.finishWithin) };
    case 'estimated':
      return { ...state, expected: event.expected };
    case 'part_used': {
      const { sku, quantity, cost } = event;
      return { ...state, ...cheaper(state, cost), parts: [...state.parts, { sku, quantity, cost }] };
    }
    case 'labour_booked': {
      const { minutes, cost } = event;
      return {
        ...state,
        ...cheaper(state, cost),
        minutes: state.minutes + minutes,
        labour: state.labour + cost,
      };
    }
    case 'charge_booked': {
      const { amount, reference } = event;
      return {
        ...state,
        ...cheaper(state, amount),
        charges: state.charges + amount,
        references: [...state.references, reference],
      };
    }
    case 'parts_awaited':
      return { ...state, awaiting: { sku: event.sku, until: event.until } };
    case 'parts_arrived':
      return { ...state, awaiting: null };
    case 'over_budget':
      return { ...state, overBudgetSince: at };
    case 'budget_raised':
      return { ...state, raised: state.raised + event.by };
    case 'put_on_hold':
      return { ...state, hold: { code: event.code, until: after(at, state.terms.holdWithin) } };
    case 'hold_lifted':
      return { ...state, hold: null };
    case 'test_failed':
      return changeWork(state, event.units, (work) => ({ failed: work.failed + event.units.quantity }));
    case 'units_finished': {
      const { units, outcome, facts } = event;
      const { quantity, serials } = units;
      return changeWork(state, units, ({ done }) => ({ done: [...done, { quantity, serials, outcome, facts }] }));
    }
    case 'taken_apart':
      return changeWork(state, event, () => ({ harvested: event.parts }));
    case 'work_ended':
      return { ...ended(state, 'completed'), capitalised: event.capitalised };
    case 'cancelled':
      return ended(state, 'cancelled');
    case 'overdue':
      return overdue(state, event.what);
    case 'attention_resolved': {
      const reason = state.attention[event.attention]?.reason;
      const left = evolveCommon(state, event, at);
      return event.note !== null && event.resolution === 'acknowledge' ? waitAgain(left, reason, at) : left;
    }
    case 'closed':
      return { ...state, phase: 'closed', outcome: event.outcome, closedAt: at };
    default:
      return evolveCommon(state, event, at);
  }
}

/** What was spent is no longer expected. */
const cheaper = ({ expected }: Opened, cost: number): Pick<Opened, 'expected'> => ({
  expected: Math.max(0, expected - cost),
});

const ended = (state: Opened, ending: 'completed' | 'cancelled'): Opened => ({
  ...state,
  phase: 'ending',
  ending,
  expected: 0,
  finishBy: null,
  awaiting: null,
  hold: null,
  overBudgetSince: null,
});

/** A person hears that a time has passed; it isn't waited for meanwhile. */
function overdue(state: Opened, what: 'finish' | 'parts' | 'hold' | 'decision'): Opened {
  const { awaiting, hold } = state;
  switch (what) {
    case 'finish':
      return { ...state, finishBy: null };
    case 'parts':
      return { ...state, awaiting: awaiting === null ? null : { ...awaiting, until: null } };
    case 'hold':
      return { ...state, hold: hold === null ? null : { ...hold, until: null } };
    case 'decision':
      return state;
    default:
      return unreachable(what);
  }
}

/** Who has heard that something takes too long hears of it again after a while. */
function waitAgain(state: Opened, reason: string | undefined, at: Instant): Opened {
  const { terms, awaiting, hold } = state;
  if (state.phase !== 'in_work') return state;
  switch (reason) {
    case 'work_late':
      return { ...state, finishBy: after(at, terms.finishWithin) };
    case 'parts_late':
      return awaiting === null ? state : { ...state, awaiting: { ...awaiting, until: after(at, terms.holdWithin) } };
    case 'hold_long':
      return hold === null ? state : { ...state, hold: { ...hold, until: after(at, terms.holdWithin) } };
    default:
      return state;
  }
}

function changeWork(state: Opened, item: Parameters<typeof itemKey>[0], change: (work: Work) => Partial<Work>): Opened {
  const key = itemKey(item);
  const work = state.work[key];
  if (work === undefined) throw new Error(`no work on ${key}`);
  return { ...state, work: { ...state.work, [key]: { ...work, ...change(work) } } };
}
