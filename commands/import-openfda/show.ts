import { recordFields } from '../../api/recalls/record.ts';
import type { Quantity } from '../../domain/recall/code-info/quantity.ts';
import type { QuestionCode, Reading, Span } from '../../domain/recall/code-info/reading.ts';
import {
  type EnforcementReport,
  type ReadReport,
  type ScopeField,
  scopeFields,
} from '../../domain/recall/enforcement-report.ts';
import { factOf } from './facts.ts';

const questions: Readonly<Record<QuestionCode, string>> = {
  no_code_stated: 'says that there is no code: is all of the product affected?',
  unlabelled_code: 'a code, but of what?',
  date_unclear: 'which date is meant?',
  gtin_incomplete: 'digits are missing, or the check digit is wrong',
  code_unclear: 'one code or several, or part of a longer one?',
  which_product: 'which product does this belong to?',
  quantity_unclear: 'how many, of what?',
  not_understood: 'what does this say?',
};

type ShownField = ScopeField | 'productQuantity' | 'distributionPattern';

/** One line of a record. */
export function lineOf(report: ReadReport): string {
  const count = (what: 'proposals' | 'questions') =>
    scopeFields.reduce((sum, field) => sum + report.scope[field][what].length, 0);
  const counted = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`;
  return [
    report.recallNumber.padEnd(12),
    report.understanding.padEnd(7),
    `${counted(count('proposals'), 'proposal')}, ${counted(count('questions'), 'question')}`.padEnd(28),
    report.firm,
  ].join('  ');
}

/** A record as a coordinator reads it: each proposal and each question beside the words that it came from. */
export function pageOf(report: ReadReport, source: EnforcementReport): string {
  const known = (value: string | null, what: string) => (value === null ? [] : [`${what} ${value}`]);
  const facts = [
    ...known(report.hazardClass === null ? 'not yet known' : report.hazardClass, 'class'),
    ...known(report.status, 'status'),
    ...known(report.initiative, 'initiative'),
    ...known(report.initiatedOn, 'begun'),
    ...known(report.classifiedOn, 'classified'),
    ...known(report.terminatedOn, 'terminated'),
  ];
  return [
    `${report.recallNumber}  ${report.firm} (event ${report.eventId})`,
    `  ${facts.join(', ')}`,
    ...report.unclear.map((field) => `  ? ${field}: ${JSON.stringify(source[field])} is not known`),
    ...scopeFields.flatMap((field) => section(field, source[field], report.scope[field], factOf)),
    ...section('productQuantity', source.productQuantity, report.quantity, quantityOf),
    ...section('distributionPattern', source.distributionPattern, report.distribution, (territory) =>
      territory.type === 'state' ? territory.code : 'nationwide',
    ),
    `  understood: ${report.understanding}`,
  ].join('\n');
}

/** A record for another program: what is proposed and asked, with the words and their place. */
export function entryOf(report: ReadReport, source: EnforcementReport): unknown {
  const read = <P>(field: ShownField, { proposals, questions }: Reading<P>) => ({
    proposals: proposals.map(({ proposal, span }) => ({ ...proposal, ...from(source[field], span) })),
    questions: questions.map(({ code, span }) => ({ code, ...from(source[field], span) })),
  });
  const { scope, quantity, distribution, ...head } = report;
  return {
    ...head,
    ...Object.fromEntries(scopeFields.map((field) => [field, read(field, scope[field])])),
    productQuantity: read('productQuantity', quantity),
    distributionPattern: read('distributionPattern', distribution),
  };
}

const from = (text: string, span: Span) => ({ ...span, text: text.slice(span.start, span.end) });

function section<P>(
  field: ShownField,
  text: string,
  { proposals, questions: asked }: Reading<P>,
  say: (proposal: P) => string,
): readonly string[] {
  if (text.trim() === '') return [];
  const words = ({ start, end }: Span) => `«${text.slice(start, end).replace(/\s+/g, ' ')}»`;
  const lines = [
    ...proposals.map(({ proposal, span }) => ({
      at: span.start,
      line: `    + ${say(proposal).padEnd(44)} ${words(span)}`,
    })),
    ...asked.map(({ code, span }) => ({ at: span.start, line: `    ? ${questions[code].padEnd(44)} ${words(span)}` })),
  ].sort((a, b) => a.at - b.at);
  return [`  ${recordFields[field]}: ${text.replace(/\s+/g, ' ').trim()}`, ...lines.map(({ line }) => line)];
}

const quantityOf = ({ amount, unit, approximate, total }: Quantity): string =>
  `${approximate ? 'about ' : ''}${amount} × ${unit}${total ? ', of the whole event' : ''}`;
