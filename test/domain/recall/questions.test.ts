import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Proposal } from '../../../domain/recall/code-info/reading.ts';
import { type EnforcementReport, readReport, scopeFields } from '../../../domain/recall/enforcement-report.ts';
import { proposedScope } from '../../../domain/recall/proposed-scope.ts';
import { contradiction, questionsOf } from '../../../domain/recall/questions.ts';
import { scopeFaults } from '../../../domain/recall/scope.ts';

const empty: EnforcementReport = {
  recallNumber: 'F-9001-2026',
  eventId: '',
  firm: '',
  country: '',
  classification: '',
  status: '',
  voluntaryMandated: '',
  initiationDate: '20260302',
  classificationDate: '',
  terminationDate: '',
  reportDate: '',
  reason: '',
  codeInfo: '',
  moreCodeInfo: '',
  productDescription: '',
  productQuantity: '',
  distributionPattern: '',
};

const words = fc.constantFrom(
  ...'Lot|Lots:|Lot numbers|Batch|Best by|Use by|EXP|UPC|Item #|Serial Number|All lots|and|through|to|except|None|not affected|,|;|.|(|)|-|A1234B|AB24017|AB24021|159|1001|1010|01/17/2027|05/24|July 2026|13 JUL 2026|0 36000 29145 2|plant 38-25|Ricotta|19 oz.'.split(
    '|',
  ),
);
const text = fc.array(words, { maxLength: 12 }).map((all) => all.join(' '));
const report = fc.record({
  codeInfo: text,
  moreCodeInfo: text,
  productDescription: text,
  classification: fc.constantFrom('', 'Class I', 'Class IV'),
});

test('nothing of a record’s scope is dropped: what isn’t named noise is a question', () => {
  fc.assert(
    fc.property(report, (given) => {
      const its = { ...empty, ...given };
      const read = readReport(its);
      const questions = questionsOf(its, read);
      for (const field of scopeFields) {
        const rest = its[field].split('');
        const asked = questions.filter((each) => each.field === field);
        for (const { span } of [...asked, ...read.scope[field].noise]) rest.fill(' ', span.start, span.end);
        expect(rest.join('').trim()).toBe('');
        for (const { span, text: said } of asked) expect(its[field].slice(span.start, span.end)).toBe(said);
      }
      expect(questions.some(({ field }) => field === 'classification')).toBe(given.classification === 'Class IV');
    }),
    { numRuns: 2_000 },
  );
});

test('what is proposed is sound, names no lot that isn’t known, and never all of a product but where the record says so', () => {
  const code = fc.constantFrom('A10', 'A12', 'A15', 'A19', 'B7', 'XY');
  const end = fc.option(code);
  const date = fc.constantFrom('2026-01-01', '2026-01-02', '2026-01-05', '2026-02');
  const kind = fc.constantFrom('best_before' as const, 'production' as const);
  const proposal: fc.Arbitrary<Proposal> = fc.oneof(
    fc.constant({ type: 'all_lots' } as const),
    code.map((each) => ({ type: 'lot', code: each }) as const),
    code.map((each) => ({ type: 'serial', code: each }) as const),
    fc.tuple(end, end).map(([from, to]) => ({ type: 'lot_range', from, to }) as const),
    fc.tuple(end, end).map(([from, to]) => ({ type: 'serial_range', from, to }) as const),
    fc.tuple(kind, date).map(([of, on]) => ({ type: 'date', kind: of, date: on }) as const),
    fc.constant({ type: 'gtin', gtin: '00036000291452' } as const),
  );
  fc.assert(
    fc.property(fc.array(proposal, { maxLength: 6 }), fc.subarray(['A10', 'A12', 'B7']), (proposals, known) => {
      const scope = proposedScope(proposals, [{ sku: 'JAR', knownLots: new Set(known) }]);
      if (scope.lines.length > 0) expect(scopeFaults(scope)).toEqual([]);
      const [line] = scope.lines;
      if (line === undefined) return;
      for (const lot of line.lots) expect(known).toContain(lot);
      const isWhole =
        line.lots.length + line.lotRanges.length + line.serialRanges.length === 0 && line.expires === null;
      if (isWhole) expect(proposals).toContainEqual({ type: 'all_lots' });
    }),
    { numRuns: 2_000 },
  );
});

const jar = (...proposals: Proposal[]) =>
  proposedScope(proposals, [{ sku: 'JAR', knownLots: new Set(['A10', 'B7']) }]).lines[0];
const lot = (code: string) => ({ type: 'lot', code }) as const;
const bestBy = (date: string) => ({ type: 'date', kind: 'best_before', date }) as const;

test('days are proposed where they are all that a record names, and only as one window', () => {
  expect(jar(bestBy('2026-01-01'), bestBy('2026-01-02'))?.expires).toEqual({ from: '2026-01-01', to: '2026-01-02' });
  expect(jar(bestBy('2026-02'))?.expires).toEqual({ from: '2026-02-01', to: '2026-02-28' });
  expect(jar(bestBy('2026-01-01'), bestBy('2026-01-03'))).toBeUndefined();
  expect(jar(lot('A10'), bestBy('2026-01-01'))).toMatchObject({ lots: ['A10'], expires: null });
});

test('an answer may not contradict the scope', () => {
  const scope = proposedScope([lot('A10')], [{ sku: 'JAR', knownLots: new Set(['A10']) }]);
  expect(contradiction({ proposal: lot('A10') }, 'confirm', scope)).toBeNull();
  expect(contradiction({ proposal: lot('B7') }, 'confirm', scope)).toBe('not_in_scope');
  expect(contradiction({ proposal: lot('A10') }, 'dismiss', scope)).toBe('still_in_scope');
  expect(contradiction({ proposal: bestBy('2026-01-01') }, 'dismiss', scope)).toBeNull();
  expect(contradiction({ proposal: null }, 'confirm', scope)).toBe('nothing_proposed');
  expect(contradiction({ proposal: null }, 'answer', scope)).toBeNull();
  expect(contradiction({ proposal: { type: 'lot_range', from: null, to: 'A19' } }, 'confirm', scope)).toBe(
    'not_in_scope',
  );
  const ranged = { lines: scope.lines.map((line) => ({ ...line, lotRanges: [{ from: 'A11', to: 'A19' }] })) };
  expect(contradiction({ proposal: { type: 'lot_range', from: null, to: 'A19' } }, 'confirm', ranged)).toBeNull();
});
