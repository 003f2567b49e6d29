import { raise } from '../../process/attention.ts';
import { feeUpTo } from '../charges.ts';
import { effects } from '../due.ts';
import type { LoanEvent, LoanOutcome } from '../events.ts';
import { isAllSettled, type Opened, unitsOf } from '../state.ts';

/** What is no longer out has run up fees to the moment when it ended, no more and no less. */
export function accrueEnded(state: Opened): readonly LoanEvent[] {
  const ended = unitsOf(state).flatMap((unit) => {
    if (unit.endedAt === null || unit.stage === 'out') return [];
    const amount = feeUpTo(state, unit, unit.endedAt) - unit.fee;
    return amount === 0 ? [] : [{ unit: unit.unit, amount, at: unit.endedAt }];
  });
  const [last] = ended
    .map(({ at }) => at)
    .sort()
    .slice(-1);
  if (last === undefined) return [];
  return [{ type: 'fees_accrued', units: ended.map(({ unit, amount }) => ({ unit, amount })), upTo: last }];
}

/** What was let go is undone as far as what it was let go for was taken back, the last first. */
export function reverseLetGo(state: Opened): readonly LoanEvent[] {
  const last = state.letGo.at(-1);
  if (state.toReverse === 0 || last === undefined) return [];
  return [{ type: 'let_go_reversed', to: last.to, amount: Math.min(last.amount, state.toReverse) }];
}

/** Once all that can be charged is known, the deposit stands against it, once and whole. */
export function setOff(state: Opened): readonly LoanEvent[] {
  return isAllSettled(state) && state.held > 0 ? [{ type: 'deposit_set_off', amount: state.held }] : [];
}

/** What is still owed then, one way or the other, is a person's. */
export function askForMoney(state: Opened): readonly LoanEvent[] {
  if (!isAllSettled(state) || state.held > 0 || state.owed === 0) return [];
  const reason = state.owed > 0 ? 'borrower_owes' : 'loan_repayment';
  return raise(state, reason, state.number, String(Math.abs(state.owed)));
}

/** Closes once nothing is out, nothing is owed, and nobody is asked anything. */
export function close(state: Opened): readonly LoanEvent[] {
  const isDone =
    isAllSettled(state) &&
    state.held === 0 &&
    state.owed === 0 &&
    effects(state).length === 0 &&
    Object.keys(state.attention).length === 0;
  return isDone ? [{ type: 'closed', outcome: outcomeOf(state) }] : [];
}

function outcomeOf(state: Opened): LoanOutcome {
  if (state.cancelled) return 'cancelled';
  const stages = new Set(unitsOf(state).map(({ stage }) => stage));
  if (stages.size > 1) return 'mixed';
  if (stages.has('lost')) return 'lost';
  return stages.has('purchased') ? 'purchased' : 'returned';
}
