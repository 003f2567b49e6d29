import type { Claim } from './claim.ts';
import type { DecisionCode } from './codes.ts';
import { codesOf, type Rule as RuleOf, type Rules } from './rules.ts';

/** What a whole return is worth can send it to a person too. */
type Valued = Claim & { readonly value: number };

/** Every code for which a person must look at a line. */
export const reviewCodes = (claim: Valued): DecisionCode[] => codesOf(reviewing, claim);

const isTooFrequent: RuleOf<Valued> = ({ order, rules, request }) =>
  request.gift !== true && order.recentReturns + 1 > rules.review.frequentReturns.count;

const isAboveReview: RuleOf<Valued> = ({ order, rules, value }) => {
  const threshold = rules.review.aboveAmount[order.currency];
  return threshold !== undefined && value > threshold;
};

const reviewing: Rules<Valued> = [
  ['hazardous', ({ sold }) => sold.hazardous],
  ['no_proof_of_purchase', ({ sold }) => sold.withoutReceipt === true],
  ['buyer_blocked', ({ order, request }) => order.buyerBlocked && request.gift !== true],
  ['gift_to_check', ({ order, request }) => order.buyerBlocked && request.gift === true],
  ['buyer_too_frequent', isTooFrequent],
  ['value_above_review', isAboveReview],
  // A recall that only the buyer knows of is looked at too: the reason opens the window, so it isn't taken on trust. What comes
  // back for its recall is what we asked for.
  [
    'under_recall',
    ({ requested, sold, request }) =>
      request.program !== 'recall' && (sold.recalled || requested.reason === 'recalled'),
  ],
];
