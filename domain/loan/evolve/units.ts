import type { Instant } from '../../time/duration.ts';
import { unreachable } from '../../unreachable.ts';
import type { LoanEvent, UnitAmount } from '../events.ts';
import { isAwaited, type Opened, type UnitState, unitsOut } from '../state.ts';

type UnitEvent = Extract<
  LoanEvent,
  {
    readonly type:
      | 'handed_over'
      | 'extension_agreed'
      | 'term_ended'
      | 'fees_accrued'
      | 'return_wanted'
      | 'return_heard'
      | 'units_lost'
      | 'units_found'
      | 'units_bought'
      | 'cancelled';
  }
>;

/** What an event makes of the units that it is about, and of what is owed for them. */
export function evolveUnits(state: Opened, event: UnitEvent, at: Instant): Opened {
  switch (event.type) {
    case 'handed_over':
      return change(state, event.units, (_, { grade, facts }) => ({ stage: 'out', handedOver: { grade, facts } }));
    case 'extension_agreed': {
      const out = Object.values(state.units).filter(({ stage }) => stage === 'out');
      return change(state, out, ({ fee }) => ({ askedBack: null, until: event.until, feeBefore: fee }));
    }
    case 'term_ended': {
      // What an earlier return ended without is asked back like all else.
      const left = unitsOut(state).filter((unit) => unit.askedBack !== null && !isAwaited(state, unit));
      return change(state, left, () => ({ askedBack: null }));
    }
    case 'fees_accrued':
      return charged(
        change(state, event.units, ({ fee }, { amount }) => ({ fee: fee + amount })),
        event.units,
      );
    case 'return_wanted': {
      const units = event.units.map((unit) => ({ unit }));
      return change(state, units, () => ({ askedBack: event.comingBack }));
    }
    case 'return_heard':
      return heard(state, event);
    case 'units_lost':
    case 'units_bought': {
      const stage = event.type === 'units_lost' ? 'lost' : 'purchased';
      const ended = change(state, event.units, (_, { amount }) => ({ stage, endedAt: at, price: amount }));
      return charged(ended, event.units);
    }
    case 'units_found':
      return charged(
        change(state, event.units, () => ({ stage: 'out', price: 0 })),
        event.units,
      );
    case 'cancelled':
      return change(state, Object.values(state.units), () => ({ stage: 'released' }));
    default:
      return unreachable(event);
  }
}

function heard(state: Opened, { came, inspected }: Extract<LoanEvent, { type: 'return_heard' }>): Opened {
  const back = change(state, came, (_, { at }) => ({ stage: 'back', endedAt: at }));
  const differences = inspected.map(({ unit, damage }) => ({ unit, amount: damage - (back.units[unit]?.damage ?? 0) }));
  const graded = change(back, inspected, (_, { grade, damage }) => ({ stage: 'inspected', gradeBack: grade, damage }));
  return charged(graded, differences);
}

/**
 * What is taken back is first no longer owed, then undoes what was let go; only what is left after that has the borrower paid, and is
 * its own. So nobody is paid back what nobody has paid.
 */
function charged(state: Opened, units: readonly UnitAmount[]): Opened {
  const open = state.letGo.reduce((sum, { amount }) => sum + amount, 0);
  let { owed, toReverse } = state;
  for (const { amount } of units) {
    owed += amount;
    toReverse += Math.max(0, Math.min(-amount, -(owed + toReverse), open - toReverse));
  }
  return { ...state, owed, toReverse };
}

function change<Each extends { readonly unit: string }>(
  state: Opened,
  each: readonly Each[],
  into: (unit: UnitState, each: Each) => Partial<UnitState>,
): Opened {
  const changed = each.flatMap((one) => {
    const unit = state.units[one.unit];
    return unit === undefined ? [] : [[one.unit, { ...unit, ...into(unit, one) }] as const];
  });
  return { ...state, units: { ...state.units, ...Object.fromEntries(changed) } };
}
