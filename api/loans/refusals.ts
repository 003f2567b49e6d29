import type { LoanRefusalCode } from '../../domain/loan/refusals.ts';
import { attentionWordings, problemsOf, says } from '../refused.ts';

/** The problem that a refusal of a loan becomes. */
export const loanProblem = problemsOf<LoanRefusalCode>({
  unknown_loan: says(404, 'there is no such loan'),
  already_requested: says(409, 'this loan was requested already'),
  loan_closed: says(409, 'this loan has come to its end'),
  term_not_valid: says(422, 'the term ends before it begins, or has ended already'),
  no_units: says(422, 'name the units that are meant'),
  already_handed_over: says(409, 'the goods were handed over already'),
  not_handed_over_yet: says(409, 'the goods were not handed over yet'),
  term_is_over: says(409, 'the term is over; request another loan'),
  unknown_unit: says(422, 'the loan has no such unit; they are called U1, U2 and so on'),
  unit_twice: says(422, 'this is named twice'),
  unit_not_out: says(409, 'that is not with the borrower, so there is nothing to do about it'),
  unit_missing: {
    status: 422,
    sentence: (p) =>
      `all goods of the loan are handed over together; the condition of ${p['unit'] ?? 'one'} is missing`,
  },
  deposit_needed: says(422, 'a deposit was agreed; name the reference under which it was taken'),
  no_deposit_agreed: says(422, 'no deposit was agreed'),
  not_longer: {
    status: 422,
    sentence: (p) => `the term ends at ${p['until'] ?? 'a later time'} already, or that time is past`,
  },
  extension_already_asked: says(409, 'a longer term was asked for already, and waits for an answer'),
  unknown_extension: says(404, 'no longer term of that name waits for an answer'),
  already_asked_back: {
    status: 409,
    sentence: (p) => `a return waits for ${p['unit'] ?? 'it'} already`,
  },
  not_for_sale: {
    status: 409,
    sentence: (p) => `${p['unit'] ?? 'this'} may not be bought; no price was agreed for that`,
  },
  amount_not_valid: says(422, 'that must be an amount of nothing or more, and of a payment more than nothing'),
  more_than_owed: {
    status: 422,
    sentence: (p) => `${p['asked'] ?? '?'} minor unit(s) are more than the ${p['available'] ?? '?'} that are owed`,
  },
  reference_already_recorded: says(409, 'a payment with this reference was recorded already'),
  ...attentionWordings,
});
