import type { Money } from '../../money/money.ts';
import { roundHalfUp } from '../../money/shares.ts';
import type { PaidRepairTerms } from '../../policy/paid-repair.ts';
import { after, type Instant } from '../../time/duration.ts';
import { awaitsSecond } from '../agreement.ts';
import type { EffectOutcome, ReturnCommand } from '../commands.ts';
import { effectKey } from '../effect-key.ts';
import type { PaidRepairEnd, RepairPrice } from '../events/paid-repair.ts';
import type { ReturnEvent } from '../events.ts';
import { find } from '../find.ts';
import { categoryOf } from '../item-category.ts';
import { isPartOf } from '../item-id.ts';
import { awaitsAgreement, hasEnded, isPaidFor, isWhollyOutOfWarranty, receivedFor, termsOf } from '../paid-repair.ts';
import { isAskedAbout, raise } from '../raise.ts';
import { type Answer, refuse } from '../refuse.ts';
import { isMended, isUnderRepair } from '../repair.ts';
import type { ItemState, Opened } from '../state.ts';
import { endingOf } from './beyond-repair.ts';
import { claimService } from './claw-back.ts';

type Command<T extends ReturnCommand['type']> = Extract<ReturnCommand, { type: T }>;

/**
 * What follows for goods that their owner pays to have mended: a quote, by the policy's price or a person; work once it is
 * paid; an end where it isn't, or they can't be mended. One item at a time, as each may claim something.
 */
export function whatPaidRepairNeeds(state: Opened, at: Instant): readonly ReturnEvent[] {
  if (state.instrument !== 'repair') return [];
  for (const item of Object.values(state.items)) {
    const waits = item.stage === 'inspected' && isUnderRepair(state, item) && !awaitsSecond(state, item);
    const events = waits && isPaidFor(state, item) && !hasEnded(item) ? nextFor(state, item, at) : [];
    if (events.length > 0) return events;
  }
  return [];
}

function nextFor(state: Opened, item: ItemState, at: Instant): readonly ReturnEvent[] {
  // What was agreed to is paid first, or not: then it is known what goes back.
  if (item.paidRepair?.state === 'agreed') return onceClaimEnds(state, item);
  const why = endingOf(state, item);
  if (why !== null) return endPaidRepair(state, item, why);
  if (item.paidRepair !== undefined) return [];
  const terms = termsOf(state, item);
  const price = terms?.prices?.[categoryOf(state, item) ?? '']?.[state.currency];
  if (terms === undefined || price === undefined || !isWhollyOutOfWarranty(state, item))
    return isAskedAbout(state, 'repair_quote_due', item.item) ? [] : raise(state, 'repair_quote_due', item.item);
  return quoted(state, item, terms, 'out_of_warranty', { parts: 0, labour: price * item.quantity, fee: 0 }, at);
}

/** Nobody has quoted yet for an item, or the parts that it was split into. */
export const awaitsQuote = (state: Opened, subject: string): boolean =>
  Object.values(state.items).some(
    (item) =>
      isPartOf(item.item, subject) &&
      item.paidRepair === undefined &&
      isUnderRepair(state, item) &&
      awaitsAgreement(state, item),
  );

/** The claim for the repair has come to its end: paid, or let go, it is mended; else it goes back. */
function onceClaimEnds(state: Opened, item: ItemState): readonly ReturnEvent[] {
  const { clawback = null, total = 0 } = item.paidRepair ?? {};
  const owed = clawback === null ? undefined : state.clawbacks?.[clawback];
  if (owed?.state === 'open') return [];
  if (owed?.state === 'written_off' || owed?.state === 'external') return endPaidRepair(state, item, 'unpaid');
  const received = clawback === null ? 0 : receivedFor(state, clawback);
  const { charge } = owed ?? {};
  const isCharged = charge?.state === 'succeeded' && charge.amount === total;
  const by = isCharged ? charge.providerId : null;
  return [{ type: 'repair_paid', item: item.item, received: inMoney(state, received), charge: by }];
}

/** Nothing more is done to the goods: what was paid goes back, and what looking at them cost is owed where their owner said no. */
export function endPaidRepair(state: Opened, item: ItemState, why: PaidRepairEnd): readonly ReturnEvent[] {
  const { paidRepair: paid } = item;
  const isAgreed = paid?.state === 'agreed' && paid.clawback !== null;
  const repay = isAgreed ? receivedFor(state, paid.clawback ?? '') : (paid?.received ?? 0);
  const owesDiagnosis = why === 'declined' || why === 'left' || why === 'lapsed';
  const { diagnosis = 0, diagnosisTax = 0, charge = null } = paid ?? {};
  return [
    { type: 'paid_repair_ended', item: item.item, why, repay: inMoney(state, repay) },
    ...(owesDiagnosis && diagnosis > 0 ? [claimService(state, 'diagnosis', diagnosis, diagnosisTax)] : []),
    ...(repay > 0 && charge === null ? raise(state, 'repair_repayment', item.item, String(repay)) : []),
  ];
}

/** A person says what mending an item costs its owner; said anew, as long as nobody has answered. */
export function quoteRepair(state: Opened, command: Command<'quote_repair'>, at: Instant): Answer {
  if (state.phase === 'closed') return refuse('return_closed');
  const item = find(state.items, command.item);
  if (item === undefined) return refuse('unknown_item', 'item');
  const terms = termsOf(state, item);
  if (terms === undefined) return refuse('paid_repair_not_offered', 'item');
  if (!isUnderRepair(state, item) || isMended(item)) return refuse('not_under_repair', 'item');
  if (item.execution != null) return refuse('item_in_execution', 'item', { execution: item.execution });
  if (awaitsSecond(state, item)) return refuse('item_not_inspected', 'item');
  if (item.paidRepair !== undefined && item.paidRepair.state !== 'open') return refuse('quote_answered', 'item');
  const { because, parts, labour, fee } = command;
  if (because === 'out_of_warranty' && !isWhollyOutOfWarranty(state, item))
    return refuse('covered_by_warranty', 'because');
  for (const [field, amount] of Object.entries({ parts, labour, fee })) {
    if (!Number.isSafeInteger(amount) || amount < 0 || amount > mostQuoted) return refuse('amount_not_positive', field);
  }
  return quoted(state, item, terms, because, { parts, labour, fee }, at);
}

/** So much that no sum of them with tax leaves the safe integers. */
const mostQuoted = 100_000_000_000;

/** What costs nothing is not asked about. */
function quoted(
  state: Opened,
  item: ItemState,
  terms: PaidRepairTerms,
  because: Command<'quote_repair'>['because'],
  net: Omit<RepairPrice, 'tax'>,
  at: Instant,
): readonly ReturnEvent[] {
  const sum = net.parts + net.labour + net.fee;
  const tax = taxOn(state, item, sum);
  const fee = sum === 0 ? 0 : (terms.diagnosisFee?.[state.currency] ?? 0);
  const diagnosisTax = taxOn(state, item, fee);
  return [
    {
      ...{ type: 'repair_quoted', item: item.item, because, price: { ...net, tax } },
      ...{ total: inMoney(state, sum + tax), diagnosis: inMoney(state, fee + diagnosisTax), diagnosisTax },
      until: after(at, terms.quoteValidFor),
    },
    ...(sum === 0 ? [{ type: 'repair_agreed', item: item.item, clawback: null } as const] : []),
  ];
}

/** Taxed as the goods were when they were sold. */
function taxOn(state: Opened, item: ItemState, net: number): number {
  const { price = 0, discount = 0, tax = 0 } = (item.line === null ? undefined : state.lines[item.line]?.sold) ?? {};
  return price > discount ? roundHalfUp(net, tax, price - discount) : 0;
}

/** The owner's answer to a quote; the same again changes nothing. */
export function answerRepairQuote(state: Opened, command: Command<'answer_repair_quote'>): Answer {
  const item = find(state.items, command.item);
  if (item === undefined) return refuse('unknown_item', 'item');
  const { answer, total } = command;
  const { paidRepair: paid } = item;
  const isOther = answer === 'accept' && total !== undefined && total !== paid?.total;
  if (paid !== undefined && paid.state !== 'open' && !isOther && isSaidAgain(item, answer)) return [];
  if (state.phase === 'closed') return refuse('return_closed');
  if (paid?.state !== 'open' || item.stage === 'disposed') return refuse('quote_not_open', 'item');
  if (answer !== 'accept') return endPaidRepair(state, item, answer === 'dispose' ? 'left' : 'declined');
  // Somebody agreed to a quote that was replaced meanwhile.
  if (isOther) return refuse('quote_has_changed', 'total', { available: paid.total, currency: state.currency });
  if (paid.total === 0) return [{ type: 'repair_agreed', item: item.item, clawback: null }];
  const owed = claimService(state, 'repair', paid.total, paid.tax);
  return [{ type: 'repair_agreed', item: item.item, clawback: owed.clawback }, owed];
}

function isSaidAgain({ paidRepair: paid }: ItemState, answer: Command<'answer_repair_quote'>['answer']): boolean {
  if (answer === 'accept') return paid?.state === 'agreed' || paid?.state === 'paid';
  return paid?.end === (answer === 'dispose' ? 'left' : 'declined');
}

/** Its owner is reminded of a quote, or has not answered in time. */
export function quoteOverdue(state: Opened, id: string): readonly ReturnEvent[] {
  const item = find(state.items, id);
  if (item?.paidRepair === undefined) return [];
  const isLast = item.paidRepair.reminders >= (termsOf(state, item)?.reminders.length ?? 0);
  return isLast ? endPaidRepair(state, item, 'lapsed') : [{ type: 'repair_quote_reminded', item: id }];
}

/** What the bank of a card that was charged says to getting it back. A person pays what the card can't take. */
export function chargeRepaid(state: Opened, id: string, outcome: EffectOutcome): Answer {
  const { charge = null, repay = 0 } = find(state.items, id)?.paidRepair ?? {};
  if (charge === null || repay === 0) return [];
  if (outcome.type === 'refunded' && outcome.status !== 'failed') {
    return [{ type: 'repair_repaid', item: id, amount: inMoney(state, repay), providerId: outcome.providerId }];
  }
  const code = 'code' in outcome ? (outcome.code ?? null) : null;
  if (outcome.type === 'unavailable') return raise(state, 'payment_unavailable', effectKey('repay_charge', id), code);
  return [
    { type: 'repair_repayment_refused', item: id, code: code ?? 'failed_at_provider' },
    ...raise(state, 'repair_repayment', id, String(repay)),
  ];
}

/** A person has paid back what an owner had paid. */
export function repairRepaid(state: Opened, id: string): readonly ReturnEvent[] {
  const amount = find(state.items, id)?.paidRepair?.repay ?? 0;
  return amount === 0 ? [] : [{ type: 'repair_repaid', item: id, amount: inMoney(state, amount), providerId: null }];
}

const inMoney = ({ currency }: Opened, amount: number): Money => ({ amount, currency });
