import { type Deadline, earliestFirst } from '../process/kind.ts';
import { after, type Instant, milliseconds } from '../time/duration.ts';
import { capOf } from './charges.ts';
import { type ComingBackState, isRaised, type LoanState, type Opened, unitsOf, unitsOut } from './state.ts';

/** What a loan asks for: that goods come back by a return, or that one no longer waits for what won't come. */
export type LoanEffect = { readonly id: string; readonly key: string; readonly comingBack: string } & (
  | { readonly kind: 'start_return'; readonly units: readonly string[] }
  | { readonly kind: 'withdraw_return'; readonly rma: string }
);

/** What is due now. */
export function effects(state: LoanState): readonly LoanEffect[] {
  if (state.status === 'initial' || state.closedAt !== null) return [];
  return Object.values(state.returns).flatMap((back) => effectOf(state, back));
}

function effectOf(state: Opened, back: ComingBackState): LoanEffect[] {
  const { comingBack, units, rma, tries } = back;
  const named = (kind: LoanEffect['kind']) => ({ key: `${kind}:${comingBack}`, id: `${kind}:${comingBack}#${tries}` });
  if (back.state === 'wanted' && isRaised(state, 'loan_return_refused', comingBack)) return [];
  if (back.state === 'wanted') return [{ ...named('start_return'), kind: 'start_return', comingBack, units }];
  if (rma === null || !isToWithdraw(state, back)) return [];
  return [{ ...named('withdraw_return'), kind: 'withdraw_return', comingBack, rma }];
}

/** The borrower keeps the goods for longer, or nothing of what the return waits for will come. */
function isToWithdraw(state: Opened, { state: now, units }: ComingBackState): boolean {
  if (now === 'withdrawing') return true;
  const stages = unitsOf(state).filter(({ unit }) => units.includes(unit));
  return (
    now === 'started' &&
    stages.every(({ stage }) => stage !== 'out') &&
    stages.some(({ stage }) => stage === 'lost' || stage === 'purchased')
  );
}

/** How often fees are booked of what is still out: seldom, so that years are few events. */
const accrual = 'P30D';

/** All that it waits for by the clock, the earliest first. */
export function deadlines(state: LoanState): readonly Deadline[] {
  if (state.status === 'initial' || state.closedAt !== null) return [];
  return waits(state).sort(earliestFirst);
}

function waits(state: Opened): Deadline[] {
  const { until, terms, handedOverAt, termEnded, isOverdue, cancelled } = state;
  if (handedOverAt === null) return cancelled ? [] : [{ deadline: 'not_collected', at: until }];
  if (unitsOut(state).length === 0) return [];
  if (!termEnded) return [...reminder(state), { deadline: 'end', at: until }];
  return [
    ...reminder(state),
    ...(isOverdue ? accruals(state) : [{ deadline: 'overdue', at: after(until, terms.grace) }]),
    { deadline: 'loss', at: after(until, terms.lostAfter) },
  ];
}

/** The next time that the borrower is reminded: before the end, or after it of what is still out. */
function reminder({ until, terms, remindedTo }: Opened): Deadline[] {
  const times = [
    ...terms.reminders.map((duration) => before(until, duration)),
    ...terms.overdueReminders.map((duration) => after(until, duration)),
  ];
  const [next] = times.filter((at) => at > remindedTo).sort();
  return next === undefined ? [] : [{ deadline: 'reminder', at: next }];
}

function accruals(state: Opened): Deadline[] {
  const { until, terms, accruedTo } = state;
  const grows = terms.overdueFee > 0 && unitsOut(state).some((unit) => unit.fee < capOf(state, unit));
  const from = accruedTo === null || accruedTo < until ? until : accruedTo;
  return grows ? [{ deadline: 'accrual', at: after(from, accrual) }] : [];
}

const before = (instant: Instant, duration: string): Instant =>
  new Date(Date.parse(instant) - milliseconds(duration)).toISOString();
