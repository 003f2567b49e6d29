import { isMendedForPayment } from '../eligibility/grounds.ts';
import { roundHalfUp } from '../money/shares.ts';
import type { PaidRepairTerms } from '../policy/paid-repair.ts';
import { rulesFor } from '../policy/rules-for.ts';
import type { Deadline } from '../process/kind.ts';
import { after, type Instant } from '../time/duration.ts';
import { type EffectKind, effectKey } from './effect-key.ts';
import type { PaidRepairEnd, quoteStates } from './events/paid-repair.ts';
import { categoryOf } from './item-category.ts';
import type { ItemState, Opened } from './state.ts';

/**
 * What mending an item costs its owner, and how far that is: the quote is `open`, `agreed` to and to be paid for, `paid`, or
 * it came to nothing. Amounts are minor units.
 */
export type PaidRepairState = {
  readonly state: (typeof quoteStates)[number];
  /** With the tax that is in it. */
  readonly total: number;
  readonly tax: number;
  readonly diagnosis: number;
  readonly diagnosisTax: number;
  readonly quotedAt: Instant;
  readonly until: Instant;
  /** Reminders given. */
  readonly reminders: number;
  /** The claim for it; null while there is none. */
  readonly clawback: string | null;
  /** What of it was paid, and by which charge where one paid all. */
  readonly received: number;
  readonly charge: string | null;
  readonly end: PaidRepairEnd | null;
  /** What is yet to be paid back. */
  readonly repay: number;
};

/** An item that comes to nothing before anybody quoted for it. */
export const unquoted = (at: Instant): PaidRepairState => ({
  ...{ state: 'open', total: 0, tax: 0, diagnosis: 0, diagnosisTax: 0, quotedAt: at, until: at, reminders: 0 },
  ...{ clawback: null, received: 0, charge: null, end: null, repay: 0 },
});

/** The terms on which the policy has an item mended against payment; undefined where it has none. */
export const termsOf = (state: Opened, item: ItemState): PaidRepairTerms | undefined =>
  rulesFor(state.policy, categoryOf(state, item)).warranty?.paidRepair;

/**
 * No warranty covers an item that its owner wants mended, or a unit of it, by the serials that came, else by those that were named.
 * What a recall stops is paid or replaced, whatever its age.
 */
function isOutOfWarranty(state: Opened, item: ItemState, serials = serialsOf(state, item)): boolean {
  const line = item.line === null ? undefined : state.lines[item.line];
  if (line === undefined || item.recalled === true) return false;
  const { sold } = line;
  const rules = rulesFor(state.policy, sold.category);
  const repair = state.instrument === 'repair';
  return isMendedForPayment({ sold, rules, serials, at: state.requestedAt, repair });
}

/** None of its units is covered any more. Of units that came together some may be: those are inspected apart first. */
export const isWhollyOutOfWarranty = (state: Opened, item: ItemState): boolean =>
  isOutOfWarranty(state, item) && serialsOf(state, item).every((serial) => isOutOfWarranty(state, item, [serial]));

/** The serials that came, else those that were named. */
const serialsOf = ({ lines }: Opened, { serials, line }: ItemState): readonly string[] =>
  serials.length > 0 ? serials : (lines[line ?? '']?.serials ?? []);

/** Its owner pays for the work, or is to be asked: nothing else is given for it, unless a recall stops what isn't mended. */
export const isPaidFor = (state: Opened, item: ItemState): boolean =>
  item.instead === undefined &&
  ((item.paidRepair !== undefined && !(item.recalled === true && hasEnded(item))) || isOutOfWarranty(state, item));

/** It waits for a quote, for its owner's answer, or to be paid for. */
export const awaitsAgreement = (state: Opened, item: ItemState): boolean =>
  isPaidFor(state, item) && (item.paidRepair === undefined || ['open', 'agreed'].includes(item.paidRepair.state));

/** It isn't mended, and nothing else is done to it for its owner. */
export const hasEnded = ({ paidRepair }: ItemState): boolean => paidRepair?.state === 'ended';

/** By when owners are to answer, or to be reminded. */
export const openQuotes = (state: Opened): Deadline[] =>
  Object.values(state.items).flatMap((item) => {
    const { paidRepair } = item;
    if (paidRepair?.state !== 'open') return [];
    const { quotedAt, reminders, until } = paidRepair;
    const reminder = termsOf(state, item)?.reminders[reminders];
    return [{ deadline: `quote:${item.item}`, at: reminder === undefined ? until : after(quotedAt, reminder) }];
  });

/** What the owner of an item paid of a claim for it: money, and refunds that were set off. */
export function receivedFor({ clawbacks = {}, refunds }: Opened, id: string): number {
  const setOff = Object.values(refunds).filter(
    ({ to, state, clawback }) => to === 'offset' && state === 'succeeded' && clawback === id,
  );
  return setOff.reduce((sum, { amount }) => sum + amount, clawbacks[id]?.paid ?? 0);
}

export type RepayAction = {
  readonly kind: 'repay_charge';
  readonly item: string;
  /** The charge, by the provider's id. */
  readonly charge: string;
  readonly amount: number;
  readonly currency: string;
};

/** What is due back to cards that were charged. */
export const repayActions = ({ items, currency }: Opened): RepayAction[] =>
  Object.values(items).flatMap(({ item, paidRepair }): RepayAction[] => {
    const { charge = null, repay: amount = 0 } = paidRepair ?? {};
    return charge === null || amount === 0 ? [] : [{ kind: 'repay_charge', item, charge, amount, currency }];
  });

/** Names the effects that pay them back. */
export const repaymentsAsked = (state: Opened): string[] =>
  repayActions(state).map(({ kind, item }) => effectKey(kind satisfies EffectKind, item));

type Priced = Pick<ItemState, 'paidRepair'>;

/** What of the price, and of what was paid, is that of some of an item's units; together they are the whole. */
export function shareOfPrice({ paidRepair, quantity: all }: ItemState, quantity: number): Priced {
  if (paidRepair === undefined) return {};
  const share = (amount: number) => roundHalfUp(amount, quantity, all);
  const { total, tax, received } = paidRepair;
  return { paidRepair: { ...paidRepair, total: share(total), tax: share(tax), received: share(received) } };
}

/** What is left of both. */
export function withoutPrice(all: PaidRepairState | undefined, gone: PaidRepairState | undefined): Priced {
  if (all === undefined || gone === undefined) return {};
  const { total, tax, received } = all;
  const left = { total: total - gone.total, tax: tax - gone.tax, received: received - gone.received };
  return { paidRepair: { ...all, ...left } };
}
