import { countUnits, withoutUnits } from '../../goods/units.ts';
import { quoteReturn } from '../../money/settlement.ts';
import { rulesFor } from '../../policy/rules-for.ts';
import type { ReturnEvent } from '../events.ts';
import { lackOf } from '../exchange.ts';
import { goesAgainstHold } from '../hold.ts';
import type { LineState, Opened } from '../state.ts';
import { isPaid } from './new-shipment.ts';
import { settlement, type ToPay } from './settle.ts';

/**
 * Settles goods that are still to come, where the policy pays with the authorization or with the carrier's first scan, or
 * where other goods go out for them against a hold. The fee for the way back is the one that was quoted.
 */
export function advance(state: Opened): readonly ReturnEvent[] {
  const due = goesAgainstHold(state) ? heldFor(state) : payInAdvance(state, (line) => isTimely(state, line));
  return due === null ? [] : settlement(state, due);
}

/** What would be settled in advance against a hold: all that is to come, once, where the goods that go out take all of it. */
export function advanceAgainstHold(state: Opened): ToPay | null {
  const { items, settlements, lines } = state;
  if (Object.keys(items).length + Object.keys(settlements).length > 0 || !goesAgainstHold(state)) return null;
  const due = payInAdvance(state, () => true);
  const isWhole = Object.values(lines).every(
    (line) => !line.reserving && (line.outstanding === 0 || mayBeAdvanced(state, line)),
  );
  return due !== null && isWhole && due.total <= lackOf(state) ? due : null;
}

function heldFor(state: Opened): ToPay | null {
  const due = state.hold?.state === 'held' ? advanceAgainstHold(state) : null;
  return due !== null && due.total <= (state.hold?.amount ?? 0) ? due : null;
}

/** Over a counter goods and money change hands at once, so nothing is in advance there. */
function payInAdvance(state: Opened, isDue: (line: LineState) => boolean): ToPay | null {
  if (state.phase !== 'open' || state.method === 'counter' || !isPaid(state)) return null;
  const advanced = Object.values(state.lines)
    .filter((line) => line.outstanding > 0 && mayBeAdvanced(state, line) && isDue(line))
    .map((line) => ({ line: line.line, units: withoutUnits(line.units, line.advancedUnits ?? []) }))
    .filter(({ units }) => countUnits(units) > 0);
  if (advanced.length === 0) return null;
  const { policy, currency } = state;
  const coming = advanced.flatMap(({ line, units }) => {
    const { sold, reason, floor } = state.lines[line] ?? {};
    return sold === undefined || reason === undefined ? [] : [{ line, sold, units, reason, grade: null, floor }];
  });
  const { lines, ...quote } = quoteReturn(coming, policy, currency, state.method);
  const isTaken = Object.values(state.settlements).some((settled) => settled.shippingFee > 0);
  const shippingFee = isTaken ? 0 : quote.shippingFee;
  const amount = lines.reduce((sum, line) => sum + line.amount, 0);
  return { items: [], withoutGoods: [], lines, shippingFee, total: amount - shippingFee, advanced };
}

/**
 * What is kept is known only when goods have come, so nothing is paid in advance where that is priced again, nor for what is
 * to be repaired. What is credited by its grade waits for that, and what has no receipt until it was seen.
 */
const mayBeAdvanced = (state: Opened, { sold }: LineState): boolean =>
  state.basket === undefined &&
  state.instrument !== 'repair' &&
  sold.creditByGrade === undefined &&
  sold.withoutReceipt !== true;

function isTimely(state: Opened, line: LineState): boolean {
  const { timing } = rulesFor(state.policy, line.sold.category).refund;
  return timing === 'authorization' || (timing === 'first_scan' && isScanned(state));
}

/** Packaging adds to the weight of goods, so what weighs less than half of theirs isn't they. */
const leastShareOfWeight = 0.5;

/** The carrier has the goods. What it weighed must fit; where it didn't weigh, or we don't know what they weigh, the receipt is the check. */
function isScanned(state: Opened): boolean {
  const scanned = Object.values(state.parcels).filter((parcel) => parcel.scanned && !parcel.lost);
  if (scanned.length === 0) return false;
  const weights = scanned.map((parcel) => parcel.weightGrams);
  const expected = Object.values(state.lines).reduce(
    (sum, line) => sum + line.sold.unitWeightGrams * line.outstanding,
    0,
  );
  if (weights.includes(undefined)) return true;
  return weights.reduce((sum: number, weight) => sum + (weight ?? 0), 0) >= expected * leastShareOfWeight;
}
