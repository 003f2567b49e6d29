import type { StockPosting } from '../money/ledger.ts';
import { roundHalfUp } from '../money/shares.ts';
import { givesMoney, type Instrument } from '../policy/policy.ts';
import { rulesFor } from '../policy/rules-for.ts';
import { worthOfLine } from '../sale/order.ts';
import { coveredAfterPaidRepair, coveredAfterRepair } from '../sale/warranty.ts';
import type { Instant } from '../time/duration.ts';
import type { PaidRepairEvent } from './events/paid-repair.ts';
import type { RepairEvent } from './events/repair.ts';
import type { CoveredUnit } from './events/warranty.ts';
import { categoryOf } from './item-category.ts';
import type { ItemState, Opened } from './state.ts';

/**
 * Goods that came to be mended stay their owner's, also where they are refused; they become ours once their owner gets
 * something else for them. What is on no line is nobody's claim.
 */
export const ownerOf = (state: Opened, item: ItemState): StockPosting['owner'] =>
  state.instrument === 'repair' && item.line !== null && item.instead === undefined && !item.settled
    ? 'customer'
    : 'ours';

/** Accepted to be mended, and not back with its owner yet. */
export const isUnderRepair = (state: Opened, item: ItemState): boolean =>
  isToBeRepaired(state, item) && item.stage !== 'disposed';

/** Mended, and perhaps back with its owner: nothing is paid for it, unless a person says so before it goes. */
export const isRepaired = (state: Opened, item: ItemState): boolean =>
  isToBeRepaired(state, item) && (item.stage === 'disposed' || isMended(item));

const isToBeRepaired = (state: Opened, item: ItemState): boolean =>
  item.acceptance === 'accepted' && ownerOf(state, item) === 'customer';

export const isMended = ({ work }: ItemState): boolean =>
  work?.disposition === 'repair_and_return' && work.outcome === 'mended';

/**
 * What goods may become that aren't repaired, in the policy's order. The same again goes out once for all of them, so
 * what comes later is paid. Never nothing: the original payment is what is left, or store credit for a gift.
 */
export function remediesFor(state: Opened, item: ItemState): readonly Instrument[] {
  const { instruments } = rulesFor(state.policy, categoryOf(state, item)).refund;
  const pays = (each: Instrument) => (state.gift === true ? each === 'store_credit' : givesMoney(each));
  const offered = instruments.filter((each) => pays(each) || (each === 'replacement' && state.exchange === undefined));
  return offered.length === 0 ? [state.gift === true ? 'store_credit' : 'original'] : offered;
}

/** What repairing an item may cost, in minor units, where its owner pays that or the policy says it; null where a person does each time. */
export function repairLimit(state: Opened, item: ItemState): number | null {
  if (item.paidRepair?.state === 'paid') return item.paidRepair.total - item.paidRepair.tax;
  const line = item.line === null ? undefined : state.lines[item.line];
  const limit = line === undefined ? undefined : rulesFor(state.policy, line.sold.category).warranty?.repairBasisPoints;
  if (line === undefined || limit === undefined || !isUnderRepair(state, item)) return null;
  const { sold } = line;
  return sold.quantity === 0 ? 0 : roundHalfUp(worthOfLine(sold), item.quantity * limit, sold.quantity * 10_000);
}

/** What is recorded where goods go back to their owner: as it was asked for, mended, or as they came. */
export function repairReturned(
  state: Opened,
  item: ItemState,
  at: Instant,
): readonly (RepairEvent | PaidRepairEvent)[] {
  if (item.line === null || !isUnderRepair(state, item)) return [];
  if (item.paidRepair?.state === 'ended') {
    return [{ type: 'returned_unrepaired', item: item.item, line: item.line, units: item.units }];
  }
  const serials = coveredUnits(state, item, at);
  const paid = item.paidRepair === undefined ? {} : ({ paid: true } as const);
  return [{ type: 'repair_returned', item: item.item, line: item.line, units: item.units, serials, ...paid }];
}

/** Until when each repaired unit of an item is covered, by its serial; nothing of those whose time is over. */
function coveredUnits(state: Opened, item: ItemState, at: Instant): readonly CoveredUnit[] {
  const line = item.line === null ? undefined : state.lines[item.line];
  if (line === undefined || state.program !== 'warranty') return [];
  const { sold } = line;
  const rules = rulesFor(state.policy, sold.category);
  return [...new Set(item.serials)].flatMap((serial): CoveredUnit[] => {
    // Where the sale recorded no serials, none is foreign.
    const isTheirs = sold.serials.length === 0 || sold.serials.includes(serial);
    const covered = item.paidRepair === undefined ? coveredAfterRepair : coveredAfterPaidRepair;
    const until = isTheirs ? covered(sold, rules, serial, at) : null;
    return until === null ? [] : [{ orderLine: sold.orderLine, serial, replaces: null, until }];
  });
}
