import type { StoreCreditRefusal, StoreCreditRefusalCode } from '../../domain/store-credit/decide.ts';
import { moneyInWords } from '../money.ts';
import { Problem } from '../problem.ts';

const wordings: Record<StoreCreditRefusalCode, readonly [status: 404 | 409 | 422, sentence: string]> = {
  amount_not_positive: [422, 'an amount must be above zero'],
  currency_differs: [422, 'this credit is in another currency'],
  credit_closed: [409, 'this credit was closed'],
  credit_expired: [409, 'this credit has expired'],
  credit_frozen: [
    409,
    'this credit cannot be spent now: the payment that it stands for is disputed, or its bank took it back',
  ],
  exceeds_balance: [409, 'that is more than is left of this credit'],
  not_the_buyers: [422, 'name the buyer whose credit it is, or the code that whoever has it may spend it by'],
  redemption_differs: [409, 'under this reference another amount was redeemed, or for another order'],
  unknown_redemption: [404, 'this credit has no such redemption'],
  redemption_reversed: [409, 'what was redeemed under this reference was reversed; use another reference'],
  redemption_given_back: [409, 'some of this redemption was given back already, as goods came back'],
  exceeds_redemption: [409, 'that is more than this redemption paid and was not given back'],
};

/** The problem that a credit's refusal becomes. */
export function creditProblem({ code, field, available }: StoreCreditRefusal): Problem {
  const [status, sentence] = wordings[code];
  const left = available === undefined ? '' : `; ${moneyInWords(available)} are left`;
  return new Problem(status, code, `${sentence}${left}`, field === undefined ? {} : { field });
}
