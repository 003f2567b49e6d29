import { dayOf } from './code-info/calendar.ts';
import { readCodeInfo } from './code-info/code-info.ts';
import type { Circumstances } from './code-info/date.ts';
import { readDescription } from './code-info/description.ts';
import { readDistribution, type Territory } from './code-info/distribution.ts';
import { type Quantity, readQuantity } from './code-info/quantity.ts';
import type { Reading } from './code-info/reading.ts';

import type { HazardClass } from './terms.ts';

/** An enforcement report in openFDA's shape, its texts as they are; what a record lacks is ''. */
export type EnforcementReport = {
  readonly recallNumber: string;
  readonly eventId: string;
  readonly firm: string;
  readonly country: string;
  readonly classification: string;
  readonly status: string;
  readonly voluntaryMandated: string;
  readonly initiationDate: string;
  readonly classificationDate: string;
  readonly terminationDate: string;
  readonly reportDate: string;
  readonly reason: string;
  readonly codeInfo: string;
  readonly moreCodeInfo: string;
  readonly productDescription: string;
  readonly productQuantity: string;
  readonly distributionPattern: string;
};

/** The texts of a report that say what is recalled. */
export type ScopeField = 'codeInfo' | 'moreCodeInfo' | 'productDescription';
export const scopeFields: readonly ScopeField[] = ['codeInfo', 'moreCodeInfo', 'productDescription'];

/** How far the scope was understood: with nothing to ask; in part; or no code of it. */
export type Understanding = 'full' | 'partial' | 'none';

/** A report as it was understood; null where it doesn't say, and `unclear` names the texts that say what can't be. */
export type ReadReport = {
  readonly recallNumber: string;
  readonly eventId: string;
  readonly firm: string;
  /** 21 CFR 7.3(m); often given only after the recall has begun. */
  readonly hazardClass: HazardClass | null;
  readonly status: 'ongoing' | 'completed' | 'terminated' | null;
  readonly initiative: 'voluntary' | 'mandated' | null;
  readonly initiatedOn: string | null;
  readonly classifiedOn: string | null;
  readonly terminatedOn: string | null;
  readonly reportedOn: string | null;
  readonly reason: string;
  readonly unclear: readonly (keyof EnforcementReport)[];
  readonly scope: Readonly<Record<ScopeField, Reading>>;
  readonly quantity: Reading<Quantity>;
  readonly distribution: Reading<Territory>;
  readonly understanding: Understanding;
};

/** Reads a report: nothing of it is dropped, and nothing is guessed. */
export function readReport(report: EnforcementReport): ReadReport {
  const unclear: (keyof EnforcementReport)[] = [];
  const one = <T>(
    field: keyof EnforcementReport,
    read: (text: string) => T | undefined,
    none: RegExp = /^$/,
  ): T | null => {
    const text = report[field].trim();
    if (none.test(text)) return null;
    const known = read(text);
    if (known === undefined) unclear.push(field);
    return known ?? null;
  };
  const initiatedOn = one('initiationDate', readDay);
  const circumstances: Circumstances = {
    began: initiatedOn ?? one('reportDate', readDay),
    monthFirst: /^(?:united states|us|usa)?$/i.test(report.country.trim()),
  };
  const scope = {
    codeInfo: readCodeInfo(report.codeInfo, circumstances),
    moreCodeInfo: readCodeInfo(report.moreCodeInfo, circumstances),
    productDescription: readDescription(report.productDescription, circumstances),
  };
  return {
    recallNumber: report.recallNumber.trim(),
    eventId: report.eventId.trim(),
    firm: report.firm.trim(),
    hazardClass: one('classification', (text) => classes[text.toLowerCase()], /^(?:not yet classified)?$/i),
    status: one('status', (text) => statuses[text.toLowerCase()]),
    initiative: one('voluntaryMandated', (text) =>
      /^voluntary\b/i.test(text) ? 'voluntary' : /\bmandated\b/i.test(text) ? 'mandated' : undefined,
    ),
    initiatedOn,
    classifiedOn: one('classificationDate', readDay),
    terminatedOn: one('terminationDate', readDay),
    reportedOn: one('reportDate', readDay),
    reason: report.reason,
    unclear: [...new Set(unclear)],
    scope,
    quantity: readQuantity(report.productQuantity),
    distribution: readDistribution(report.distributionPattern),
    understanding: understandingOf(scope),
  };
}

const classes: Readonly<Record<string, HazardClass>> = { 'class i': 'I', 'class ii': 'II', 'class iii': 'III' };

const statuses: Readonly<Record<string, 'ongoing' | 'completed' | 'terminated'>> = {
  ongoing: 'ongoing',
  completed: 'completed',
  terminated: 'terminated',
};

/** A product's number in its description doesn't say which of its lots: without a code there is none. */
function understandingOf(scope: Readonly<Record<ScopeField, Reading>>): Understanding {
  if (scope.codeInfo.proposals.length + scope.moreCodeInfo.proposals.length === 0) return 'none';
  return scopeFields.some((field) => scope[field].questions.length > 0) ? 'partial' : 'full';
}

/** openFDA writes days as 20220302, and in older records as 2022-03-02. */
function readDay(text: string): string | undefined {
  const [, year = '', month = '', day = ''] = /^(\d{4})-?(\d\d)-?(\d\d)$/.exec(text) ?? [];
  return dayOf(year, month, day) ?? undefined;
}
