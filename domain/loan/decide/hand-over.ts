import { gradeOf } from '../../goods/grading.ts';
import type { Instant } from '../../time/duration.ts';
import type { LoanCommand } from '../commands.ts';
import type { HandedOver, LoanEvent } from '../events.ts';
import { type Refused, refuse } from '../refusals.ts';
import type { Opened } from '../state.ts';

type Answer = readonly LoanEvent[] | Refused;
type Command<T extends LoanCommand['type']> = Extract<LoanCommand, { type: T }>;

/** Somebody is to get goods for a time. */
export function request({ number, request: asked }: Command<'request'>, at: Instant): Answer {
  if (asked.units.length === 0) return refuse('no_units', 'units');
  if (asked.until <= asked.from || asked.until <= at) return refuse('term_not_valid', 'until');
  const things = asked.units.map(({ sku, serial }) => `${sku}\n${serial}`);
  const twice = things.findIndex((thing, index) => things.indexOf(thing) < index);
  if (twice >= 0) return refuse('unit_twice', `units.${twice}`);
  if (!Number.isSafeInteger(asked.deposit) || asked.deposit < 0) return refuse('amount_not_valid', 'deposit');
  return [{ type: 'requested', number, request: asked }];
}

/** The borrower gets all of it, in the condition that is taken down, for the deposit where one was agreed. */
export function handOver(state: Opened, { units, deposit }: Command<'hand_over'>, at: Instant): Answer {
  if (state.handedOverAt !== null) return refuse('already_handed_over');
  if (at >= state.until) return refuse('term_is_over');
  const unknown = units.findIndex(({ unit }) => !Object.hasOwn(state.units, unit));
  if (unknown >= 0) return refuse('unknown_unit', `units.${unknown}.unit`);
  const twice = units.findIndex(({ unit }, index) => units.findIndex((other) => other.unit === unit) < index);
  if (twice >= 0) return refuse('unit_twice', `units.${twice}.unit`);
  const left = Object.keys(state.units).find((unit) => !units.some((each) => each.unit === unit));
  if (left !== undefined) return refuse('unit_missing', 'units', { unit: left });
  if (state.deposit > 0 && deposit === null) return refuse('deposit_needed', 'deposit');
  if (state.deposit === 0 && deposit !== null) return refuse('no_deposit_agreed', 'deposit');
  const handed = units.flatMap(({ unit, facts }): HandedOver[] => {
    const { category = '' } = state.units[unit] ?? {};
    return [{ unit, grade: gradeOf(category, facts), facts }];
  });
  return [
    { type: 'handed_over', units: handed },
    ...(deposit === null ? [] : [{ type: 'deposit_taken', amount: state.deposit, reference: deposit } as const]),
  ];
}

/** Called off while the goods are still here. */
export function cancel(state: Opened, note: string | null): Answer {
  return state.handedOverAt === null ? [{ type: 'cancelled', why: 'person', note }] : refuse('already_handed_over');
}
