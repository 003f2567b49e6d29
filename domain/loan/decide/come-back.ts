import { raise } from '../../process/attention.ts';
import { damageOf } from '../charges.ts';
import type { CameBack, LoanCommand, LoanOutcomeOfEffect } from '../commands.ts';
import type { LoanEvent } from '../events.ts';
import { type Refused, refuse } from '../refusals.ts';
import type { ComingBackState, Opened, UnitState } from '../state.ts';
import { nextReturn } from './return.ts';

type Hear = Extract<LoanCommand, { type: 'hear_return' }>;

/**
 * A return tells what it has of the goods. It comes late, twice and out of order: only a later version of its journal changes
 * anything. It may be one that somebody else has started, and bring what counted as lost, or is graded anew, after the loan has closed.
 */
export function hearReturn(state: Opened, command: Hear): readonly LoanEvent[] {
  if (state.handedOverAt === null) return [];
  const { rma, version, units, ended } = command;
  const back = Object.values(state.returns).find((each) => each.rma === rma) ?? startingFor(state, units);
  if (back !== undefined && back.rma === rma && version <= back.version) return [];
  const known = units.flatMap((each) => {
    const unit = state.units[each.unit];
    return unit === undefined ? [] : [{ ...each, unit }];
  });
  const found = known.filter(({ unit }) => unit.stage === 'lost');
  const came = known.filter(({ unit }) => unit.stage === 'out' || unit.stage === 'lost');
  const inspected = known.flatMap((each) => inspectedAs(state, each));
  const isNews = came.length > 0 || inspected.length > 0;
  if (!isNews && state.closedAt !== null) return [];
  return [
    ...(state.closedAt === null ? [] : [{ type: 'reopened' } as const]),
    ...(found.length === 0
      ? []
      : [{ type: 'units_found', units: found.map(({ unit }) => ({ unit: unit.unit, amount: -unit.price })) } as const]),
    {
      type: 'return_heard',
      comingBack: back?.comingBack ?? nextReturn(state),
      ...{ rma, version, ended },
      came: came.map(({ unit, at }) => ({ unit: unit.unit, at })),
      inspected,
    },
    ...(ended ? askAboutTheRest(state, back, known) : []),
  ];
}

/** It was started for these units, and tells of itself before whoever started it heard its number. */
const startingFor = (state: Opened, units: readonly CameBack[]): ComingBackState | undefined =>
  Object.values(state.returns).find(
    (each) => each.rma === null && each.state !== 'ended' && units.some(({ unit }) => each.units.includes(unit)),
  );

type Known = Omit<CameBack, 'unit'> & { readonly unit: UnitState };

function inspectedAs(
  state: Opened,
  { unit, grade, spared }: Known,
): Extract<LoanEvent, { type: 'return_heard' }>['inspected'][number][] {
  if (grade === null || unit.stage === 'purchased' || unit.stage === 'reserved' || unit.stage === 'released') return [];
  const damage = spared ? 0 : damageOf(state.terms, unit, grade);
  if (unit.stage === 'inspected' && unit.gradeBack === grade && unit.damage === damage) return [];
  return [{ unit: unit.unit, grade, damage }];
}

/** A return has ended without goods that are still out: a person says whether to ask again. */
function askAboutTheRest(state: Opened, back: ComingBackState | undefined, came: readonly Known[]): LoanEvent[] {
  const rest = (back?.units ?? []).filter(
    (unit) => state.units[unit]?.stage === 'out' && !came.some((each) => each.unit.unit === unit),
  );
  const isCalledOff = back?.state === 'withdrawing' || back?.state === 'withdrawn';
  if (back === undefined || rest.length === 0 || isCalledOff) return [];
  return raise(state, 'goods_not_back', back.comingBack, rest.join(', '));
}

/** A return was started, or has heard that something won't come; an answer that comes twice changes nothing. */
export function effectEnded(
  state: Opened,
  effect: string,
  outcome: LoanOutcomeOfEffect,
): readonly LoanEvent[] | Refused {
  const [kind, comingBack = ''] = effect.split(':');
  const back = Object.hasOwn(state.returns, comingBack) ? state.returns[comingBack] : undefined;
  if (back === undefined) return refuse('unknown_loan');
  if (kind === 'withdraw_return') {
    const isAsked = back.state === 'started' || back.state === 'withdrawing';
    return isAsked ? [{ type: 'return_withdrawn', comingBack }] : [];
  }
  if (outcome.type === 'return_started') {
    return back.rma === null ? [{ type: 'return_started', comingBack, rma: outcome.rma }] : [];
  }
  if (outcome.type !== 'refused' || back.state !== 'wanted') return [];
  return raise(state, 'loan_return_refused', comingBack, outcome.code);
}
