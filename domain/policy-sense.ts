import { milliseconds } from './duration.ts';
import { grades } from './grading.ts';
import type { PolicyRules } from './policy.ts';

/** What a policy may hold by its form and still must not say. */
export type PolicyFaultCode =
  | 'not_ascending'
  | 'after_escalation'
  | 'after_expiry'
  | 'not_positive'
  | 'ends_before_it_begins'
  | 'worse_grade_loses_less'
  | 'offers_nothing';

/** `field` is a path into the document, as in `receipt.reminders[1]`. */
export type PolicyFault = { readonly field: string; readonly code: PolicyFaultCode };

/**
 * What makes no sense in a policy, field by field; empty where it may be published. Of its form (types, ranges, durations
 * that can be read) nothing is said: that is checked where the document comes in.
 */
export function policyFaults(policy: PolicyRules): readonly PolicyFault[] {
  return [
    ...receiptFaults(policy.receipt),
    ...extensionFaults(policy.window.extensions),
    ...diminishedFaults(policy.diminishedValueBasisPoints),
    ...positiveFaults(policy),
    ...(policy.methods.length === 0 ? [{ field: 'methods', code: 'offers_nothing' } as const] : []),
    ...(policy.refund.instruments.length === 0
      ? [{ field: 'refund.instruments', code: 'offers_nothing' } as const]
      : []),
  ];
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

/** Waits of no time would end as they begin. */
function positiveFaults(policy: PolicyRules): PolicyFault[] {
  const waits = {
    'receipt.lostAfter': policy.receipt.lostAfter,
    'pickup.windowLength': policy.pickup.windowLength,
    'pickup.silence': policy.pickup.silence,
    inspectionWithin: policy.inspectionWithin,
    dispositionWithin: policy.dispositionWithin,
    'refund.pendingCheck': policy.refund.pendingCheck,
  };
  return Object.entries(waits).flatMap(([field, wait]) =>
    milliseconds(wait) > 0 ? [] : [{ field, code: 'not_positive' as const }],
  );
}
