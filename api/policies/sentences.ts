import type { OverruledCode } from '../../domain/policy/overruled.ts';
import type { PolicyFaultCode } from '../../domain/policy/sense.ts';

/** What is wrong with a rule and what to do, for people. */
export const faultSentences: Readonly<Record<PolicyFaultCode, string>> = {
  not_ascending: 'comes before the reminder above it, or with it; put them in order',
  after_escalation: 'comes when a person has been told already; remind earlier or escalate later',
  after_expiry: 'comes when the return has expired already; escalate earlier or let it expire later',
  not_positive: 'is no time at all; give it one',
  ends_before_it_begins: 'lies before the date above it; correct one of them',
  worse_grade_loses_less: 'takes less off a worse grade than off a better one; take at least as much',
  offers_nothing: 'offers nothing; name at least one',
  name_taken: 'is the name of another rule or route, or base, which is the policy itself; choose another',
  sets_nothing: 'sets nothing; set something or leave the rule out',
  always_applies: 'has no condition; put what always applies into the policy itself',
  of_the_whole_return:
    'holds for the whole return, whose goods may be of several categories; take the categories out of the condition',
  fact_left_open: 'is said by no question in all its answers; assume it, or let a question decide it',
};

/** What the law says instead, for people. */
export const overruledSentences: Readonly<Record<OverruledCode, string>> = {
  window_too_short: 'is shorter than the law lets buyers withdraw; they may all the same',
  restocking_fee_barred: 'is not taken while the law lets buyers withdraw; only a loss of value is',
  final_sale_barred:
    'does not bar buyers while the law lets them withdraw, unless the category is one of its exceptions',
  original_payment_due: 'lacks original, which buyers who withdraw by law get all the same',
};
