import { type RefusalOf, type RefusedOf, refusing } from '../process/refusal.ts';

/** Why a command to a loan was refused; each becomes a problem of the API with the same code. */
export const loanRefusals = [
  'unknown_loan',
  'already_requested',
  'loan_closed',
  'term_not_valid',
  'no_units',
  'already_handed_over',
  'not_handed_over_yet',
  'term_is_over',
  'unknown_unit',
  'unit_twice',
  'unit_not_out',
  'unit_missing',
  'deposit_needed',
  'no_deposit_agreed',
  'not_longer',
  'extension_already_asked',
  'unknown_extension',
  'already_asked_back',
  'not_for_sale',
  'amount_not_valid',
  'more_than_owed',
  'reference_already_recorded',
  'unknown_attention',
  'resolution_not_allowed',
] as const;
export type LoanRefusalCode = (typeof loanRefusals)[number];

export type LoanRefusal = RefusalOf<LoanRefusalCode>;
export type Refused = RefusedOf<LoanRefusalCode>;
export const refuse = refusing<LoanRefusalCode>();
