import { quoteReturn } from '../money/settlement.ts';
import { type RuledField, rulesFor } from '../policy/rules-for.ts';
import { windowOf } from '../policy/window.ts';
import type { LineVerdict } from '../return/events/lines.ts';
import { barredCodes, type Claim, claimed, type EligibilityContext } from './claim.ts';
import type { DecisionCode, LineDecision } from './codes.ts';
import { floorOver, isFinalSale, isMendedForPayment, isOwnWish, isTooLate } from './grounds.ts';
import { reviewCodes } from './review.ts';

/**
 * Decides one line before any goods move. `ineligible` lists every code that bars it, `needs_review` every code that a
 * person must look at, `eligible` the one that explains why.
 */
export function decideLine(context: EligibilityContext): LineDecision {
  const { sold, policy } = context;
  if (sold === null) return { verdict: 'ineligible', codes: ['not_on_order'], rules: {}, floor: null };
  const claim = { ...context, sold, rules: rulesFor(policy, sold.category), law: policy.law };
  const floor = floorOver(claimed(claim));
  const decided = (verdict: LineVerdict, codes: DecisionCode[]): LineDecision => ({
    verdict,
    codes,
    rules: Object.fromEntries(codes.flatMap((code) => ruleBehind(code, claim))),
    floor,
  });
  const barred = barredCodes(claim);
  if (barred.length > 0) return decided('ineligible', barred);
  const review = reviewCodes(claim);
  const paidFor: DecisionCode[] = isMendedForPayment(claimed(claim)) ? ['paid_repair'] : [];
  if (review.length > 0) return decided('needs_review', [...review, ...paidFor]);
  if (claim.rules.warranty !== undefined) {
    return decided('eligible', paidFor.length > 0 ? paidFor : ['within_warranty']);
  }
  if (!isTooLate(claim) && !isFinalSale(claim)) return decided('eligible', ['within_window']);
  return decided('eligible', [isOwnWish(claimed(claim)) ? 'exempt_by_law' : 'exempt_by_fault']);
}

const fieldBehind: Readonly<Partial<Record<DecisionCode, RuledField>>> = {
  final_sale: 'finalSale',
  opened_hygiene: 'hygiene',
  buyer_too_frequent: 'review.frequentReturns',
  value_above_review: 'review.aboveAmount',
  method_not_offered: 'methods',
  instrument_not_offered: 'refund.instruments',
};

/** What the sale itself says of its goods is no rule of a policy. */
function ruleBehind(code: DecisionCode, { sold, rules }: Claim): [DecisionCode, string][] {
  const { madeBy } = rules;
  if (code === 'within_window' || code === 'outside_window') {
    const extended = sold.deliveredAt !== null && windowOf(sold.deliveredAt, rules.window).isExtended;
    return [[code, madeBy[extended ? 'window.extensions' : 'window.days']]];
  }
  const bySale = (code === 'final_sale' && sold.finalSale) || (code === 'opened_hygiene' && sold.hygiene);
  const field = bySale ? undefined : fieldBehind[code];
  return field === undefined ? [] : [[code, madeBy[field]]];
}

/**
 * What the whole return would be settled with, in minor units of the order's currency. Lines that are barred don't count:
 * they neither come back nor send the others to a person.
 */
export function valueOfReturn(context: Omit<EligibilityContext, 'requested' | 'sold' | 'value'>): number {
  const { order, request, policy } = context;
  const soldLines = new Map(order.lines.map((sold) => [sold.orderLine, sold]));
  const lines = request.lines.flatMap((requested) => {
    const sold = soldLines.get(requested.orderLine);
    if (sold === undefined) return [];
    const claim = { ...context, requested, sold, rules: rulesFor(policy, sold.category), law: policy.law };
    if (barredCodes(claim).length > 0) return [];
    const floor = floorOver(claimed(claim));
    return [{ line: requested.line, sold, units: sold.held, reason: requested.reason, floor }];
  });
  return quoteReturn(lines, policy, order.currency, request.method, order).total.amount;
}
