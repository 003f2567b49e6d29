import { attentionRows } from '../process/attention-rows.ts';
import { deadlines } from './due.ts';
import type { Recorded } from './events.ts';
import type { LoanProjection, LoanRow, LoanUnitRow } from './projection.ts';
import { type LoanState, type Opened, opened, statusOf, type UnitState, unitsOf } from './state.ts';

/** The rows that changed from one state to another; what stayed the same object is left out. */
export function project(before: LoanState, after: Opened, recorded: readonly Recorded[]): LoanProjection {
  const was = opened(before);
  const units = unitsOf(after).map((unit) => [was?.units[unit.unit], unit] as const);
  return {
    network: {
      number: after.number,
      kind: 'loan',
      status: statusOf(after),
      facility: after.facility,
      openedAt: after.openedAt,
      closedAt: after.closedAt,
      nextDeadline: deadlines(after)[0]?.at ?? null,
      outcome: after.outcome,
    },
    loan: loanRow(after),
    loanUnits: units.flatMap(([old, unit]) =>
      old === unit && rmaOf(was, old) === rmaOf(after, unit) ? [] : [unitRow(after, unit)],
    ),
    attention: attentionRows(recorded),
  };
}

function loanRow(state: Opened): LoanRow {
  const units = unitsOf(state);
  const sum = (of: (unit: UnitState) => number) => units.reduce((total, unit) => total + of(unit), 0);
  const { borrower, currency, deposit, held, owed, setOff, extensionFees, paid, waived, writtenOff, repaid } = state;
  return {
    ...{ borrower, currency, deposit, held, owed, setOff, extensionFees, paid, waived, writtenOff, repaid },
    termFrom: state.from,
    termUntil: state.until,
    handedOverAt: state.handedOverAt,
    fees: sum(({ fee }) => fee),
    damages: sum(({ damage }) => damage),
    prices: sum(({ price }) => price),
  };
}

const unitRow = (state: Opened, unit: UnitState): LoanUnitRow => ({
  unit: unit.unit,
  sku: unit.sku,
  serial: unit.serial,
  stage: unit.stage,
  gradeOut: unit.handedOver?.grade ?? null,
  gradeBack: unit.gradeBack,
  endedAt: unit.endedAt,
  rma: rmaOf(state, unit),
  fee: unit.fee,
  damage: unit.damage,
  price: unit.price,
});

/** The last return that was asked for it, or that it came in. */
const rmaOf = (state: Opened | null, unit: UnitState | undefined): string | null =>
  Object.values(state?.returns ?? {})
    .filter(({ units, state: now }) => unit !== undefined && units.includes(unit.unit) && now !== 'withdrawn')
    .at(-1)?.rma ?? null;
