import { grades } from '../goods/grading.ts';
import { openFacts, type QuestionSet } from '../goods/inspection.ts';
import { type Duration, milliseconds } from '../time/duration.ts';
import type { PaidRepairTerms } from './paid-repair.ts';
import type { PolicyRule, PolicyRules } from './policy.ts';
import type { Route } from './routing.ts';
import { baseRule } from './rules-for.ts';

/** What a policy may hold by its form and still must not say. */
export type PolicyFaultCode =
  | 'not_ascending'
  | 'after_escalation'
  | 'after_expiry'
  | 'not_positive'
  | 'ends_before_it_begins'
  | 'worse_grade_loses_less'
  | 'offers_nothing'
  | 'name_taken'
  | 'sets_nothing'
  | 'always_applies'
  | 'of_the_whole_return'
  | 'fact_left_open';

/** `field` is a path into the document, as in `receipt.reminders[1]`. */
export type PolicyFault = { readonly field: string; readonly code: PolicyFaultCode };

/**
 * What makes no sense in a policy, field by field; empty where it may be published. Of its form (types, ranges, durations
 * that can be read) nothing is said: that is checked where the document comes in.
 */
export function policyFaults(policy: PolicyRules): readonly PolicyFault[] {
  return [
    ...settingFaults(policy),
    ...positiveFaults({
      'delivery.answerWithin': policy.delivery?.answerWithin,
      'delivery.attemptWithin': policy.delivery?.attemptWithin,
      'delivery.holdFor': policy.delivery?.holdFor,
      'delivery.chooseWithin': policy.delivery?.chooseWithin,
      'refund.pendingCheck': policy.refund.pendingCheck,
      'rejected.chooseWithin': policy.rejected?.chooseWithin,
      'warranty.paidRepair.quoteValidFor': policy.warranty?.paidRepair?.quoteValidFor,
      'exchange.payWithin': policy.exchange?.payWithin,
      'exchange.firstAgainstHold.goodsWithin': policy.exchange?.firstAgainstHold?.goodsWithin,
      'exchange.shipWithin': policy.exchange?.shipWithin,
    }),
    ...dunningFaults(policy.refund.dunning),
    ...quoteFaults(policy.warranty?.paidRepair),
    ...ruleFaults(policy.rules ?? []),
    ...routeFaults(policy.routing?.routes ?? []),
  ];
}

/** What the policy itself and its rules both may set; what is absent is set elsewhere. */
function settingFaults(set: PolicyRule['set']): PolicyFault[] {
  const { receipt, pickup, window, diminishedValueBasisPoints, inspectionWithin, dispositionWithin } = set;
  return [
    ...(receipt === undefined ? [] : receiptFaults(receipt)),
    ...extensionFaults(window?.extensions ?? []),
    ...(diminishedValueBasisPoints === undefined ? [] : diminishedFaults(diminishedValueBasisPoints)),
    ...positiveFaults({
      'receipt.lostAfter': receipt?.lostAfter,
      'receipt.claimWithin': receipt?.claimWithin,
      'pickup.windowLength': pickup?.windowLength,
      'pickup.silence': pickup?.silence,
      inspectionWithin,
      dispositionWithin,
    }),
    ...(set.inspection?.questionSets ?? []).flatMap(questionFaults),
    ...(set.methods?.length === 0 ? [{ field: 'methods', code: 'offers_nothing' } as const] : []),
    ...(set.refund?.instruments?.length === 0
      ? [{ field: 'refund.instruments', code: 'offers_nothing' } as const]
      : []),
  ];
}

/** Decisions cite rules by name, so each has one of its own; one that always applies is the policy itself. */
function ruleFaults(rules: readonly PolicyRule[]): PolicyFault[] {
  return rules.flatMap(({ rule, when, set }, index): PolicyFault[] => {
    const at = `rules[${index}]`;
    const isTaken = rule === baseRule || rules.findIndex((other) => other.rule === rule) < index;
    const ofWhole = when.categories === undefined ? [] : (['receipt', 'pickup'] as const);
    return [
      ...(isTaken ? [{ field: `${at}.rule`, code: 'name_taken' } as const] : []),
      ...(Object.keys(when).length === 0 ? [{ field: `${at}.when`, code: 'always_applies' } as const] : []),
      ...(isEmpty(set) ? [{ field: `${at}.set`, code: 'sets_nothing' } as const] : []),
      ...ofWhole
        .filter((name) => set[name] !== undefined)
        .map((name): PolicyFault => ({ field: `${at}.set.${name}`, code: 'of_the_whole_return' })),
      ...settingFaults(set).map(({ field, code }) => ({ field: `${at}.set.${field}`, code })),
    ];
  });
}

function routeFaults(routes: readonly Route[]): PolicyFault[] {
  return routes.flatMap(({ route }, index) => {
    const isTaken = route === baseRule || routes.findIndex((other) => other.route === route) < index;
    return isTaken ? [{ field: `routing.routes[${index}].route`, code: 'name_taken' as const }] : [];
  });
}

/** A group of settings without any sets nothing. */
const isEmpty = (set: PolicyRule['set']): boolean =>
  Object.entries(set).every(([name, value]) => groups.includes(name) && Object.keys(value).length === 0);

const groups: readonly string[] = [
  'window',
  'fees',
  'review',
  'refund',
  'disposition',
  'inspection',
] satisfies (keyof PolicyRule['set'])[];

/** Reminders come one after another, and before a person takes over. */
function dunningFaults(dunning: PolicyRules['refund']['dunning']): PolicyFault[] {
  if (dunning === undefined) return [];
  const times = [...dunning.reminders, dunning.person].map(milliseconds);
  return times.flatMap((time, index) => {
    const before = times[index - 1] ?? 0;
    if (time > before) return [];
    const field = index < dunning.reminders.length ? `refund.dunning.reminders[${index}]` : 'refund.dunning.person';
    return [{ field, code: index === 0 ? 'not_positive' : 'not_ascending' } as const];
  });
}

/** Reminders come one after another, and while the quote is valid. */
function quoteFaults(terms: PaidRepairTerms | undefined): PolicyFault[] {
  if (terms === undefined) return [];
  const times = terms.reminders.map(milliseconds);
  return times.flatMap((time, index): PolicyFault[] => {
    const field = `warranty.paidRepair.reminders[${index}]`;
    return [
      ...(time > (times[index - 1] ?? 0)
        ? []
        : [{ field, code: index === 0 ? 'not_positive' : 'not_ascending' } as const]),
      ...(time < milliseconds(terms.quoteValidFor) ? [] : [{ field, code: 'after_expiry' } as const]),
    ];
  });
}

/** Reminders come one after another, before a person is told, and that before the return expires. */
function receiptFaults({ reminders, escalation, expiry }: PolicyRules['receipt']): PolicyFault[] {
  const faults: PolicyFault[] = [];
  const times = reminders.map(milliseconds);
  const escalated = milliseconds(escalation);
  for (const [index, time] of times.entries()) {
    const field = `receipt.reminders[${index}]`;
    const before = times[index - 1];
    if (before !== undefined && time <= before) faults.push({ field, code: 'not_ascending' });
    if (time >= escalated) faults.push({ field, code: 'after_escalation' });
  }
  if (escalated >= milliseconds(expiry)) faults.push({ field: 'receipt.escalation', code: 'after_expiry' });
  return faults;
}

function extensionFaults(extensions: PolicyRules['window']['extensions']): PolicyFault[] {
  return extensions.flatMap(({ from, to, until }, index) => [
    ...(Date.parse(from) < Date.parse(to) ? [] : [fault(index, 'to')]),
    ...(Date.parse(to) <= Date.parse(until) ? [] : [fault(index, 'until')]),
  ]);
  function fault(index: number, name: 'to' | 'until'): PolicyFault {
    return { field: `window.extensions[${index}].${name}`, code: 'ends_before_it_begins' };
  }
}

function diminishedFaults(taken: PolicyRules['diminishedValueBasisPoints']): PolicyFault[] {
  return grades.flatMap((grade, index) => {
    const better = grades[index - 1];
    if (better === undefined || taken[grade] >= taken[better]) return [];
    return [{ field: `diminishedValueBasisPoints.${grade}`, code: 'worse_grade_loses_less' }];
  });
}

/** Questions are told apart by name, and together leave nothing of the goods' state open. */
function questionFaults(set: QuestionSet, index: number): PolicyFault[] {
  const at = `inspection.questionSets[${index}]`;
  const repeated = (names: readonly string[]) => names.flatMap((name, n) => (names.indexOf(name) < n ? [n] : []));
  const named = set.questions.map(({ question }) => question);
  return [
    ...repeated(named).map((n): PolicyFault => ({ field: `${at}.questions[${n}].question`, code: 'name_taken' })),
    ...set.questions.flatMap(({ answers }, n) =>
      repeated(answers.map(({ answer }) => answer)).map(
        (m): PolicyFault => ({ field: `${at}.questions[${n}].answers[${m}].answer`, code: 'name_taken' }),
      ),
    ),
    ...openFacts(set).map((fact): PolicyFault => ({ field: `${at}.assumes.${fact}`, code: 'fact_left_open' })),
  ];
}

/** Waits of no time would end as they begin. */
function positiveFaults(waits: Readonly<Record<string, Duration | undefined>>): PolicyFault[] {
  return Object.entries(waits).flatMap(([field, wait]) =>
    wait === undefined || milliseconds(wait) > 0 ? [] : [{ field, code: 'not_positive' as const }],
  );
}
