import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkDigit, parseGtin } from '../../../domain/goods/gtin.ts';
import { readCodeInfo } from '../../../domain/recall/code-info/code-info.ts';
import { readDescription } from '../../../domain/recall/code-info/description.ts';
import { readDistribution } from '../../../domain/recall/code-info/distribution.ts';
import { readQuantity } from '../../../domain/recall/code-info/quantity.ts';
import type { Reading } from '../../../domain/recall/code-info/reading.ts';

const circumstances = { began: '2023-06-01', monthFirst: true };

const digits = (length: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((all) => all.join(''));

/** Words that such texts are made of, in any order, well or badly joined. */
const fragment = fc.oneof(
  fc.constantFrom(
    ...'Lot|Lots:|LOT #|Batch No.|lot codes|Best by|Best if used by date|BB|Use by|Sell by|EXP:|Exp. Date|Expires|Production dates|Manf.|Packed on|Purchased|UPC|UPC:|GTIN|SKU|Item #|Product No.|Serial Number|Lot / Best By:|Lot/Batch'.split(
      '|',
    ),
    ...'and|or|&|through|to|thru|until|before|after|between|from|range from|on or before|and earlier|or later|and smaller|All lots|all codes|all|with|no|None|not affected|except|of|the|includes'.split(
      '|',
    ),
    ...',|;|.|:|#|(|)|[|]|/|-|–|*|"|=|¿|½|\n|  |\t|1.|2)|😀'.split('|'),
    ...'12/07/23|3-4-2024|2023/12/25|7/9-8/1/2022|10/02-11/2020|062124|08182023|Aug-22|Aug-02-24|July 2023|13 JUL 2023|22 JUN 23|JAN 14|July 6-7, 2023|December 23, 2023|11/21/2923|02/30/2023'.split(
      '|',
    ),
    ...'A1234B|MS040421J|24024-43|X0736829|159|7|C189 0239|CM21126 B01|6 81131 32894 4|0 18586 00114 4|87574 55501|19 oz.|24 cases|Ricotta|LM'.split(
      '|',
    ),
  ),
  digits(6),
  fc.string({ maxLength: 6 }),
  fc.string({ unit: 'binary', maxLength: 3 }),
);
const text = fc
  .array(fc.tuple(fragment, fc.constantFrom('', ' ', ' ', ' ', '  ', ', ')), { maxLength: 14 })
  .map((parts) => parts.flat().join(''));

/** What nothing was read from, by no name: it must be white space. */
function left(text: string, { proposals, questions, noise }: Reading<unknown>): string {
  const rest = [...text].length === text.length ? [...text] : text.split('');
  for (const { span } of [...proposals, ...questions, ...noise]) rest.fill(' ', span.start, span.end);
  return rest.join('').trim();
}

const readers: readonly (readonly [string, (text: string) => Reading<unknown>])[] = [
  ['codes', (text) => readCodeInfo(text, circumstances)],
  ['a description', (text) => readDescription(text, circumstances)],
  ['a quantity', readQuantity],
  ['a distribution', readDistribution],
];

test.each(readers)('%s: every character is proposed, asked or named noise', (_, read) => {
  fc.assert(
    fc.property(text, (text) => {
      expect(left(text, read(text))).toBe('');
    }),
    { numRuns: 1_000 },
  );
});

test.each(readers)('%s: no span reaches beyond the text, is empty, or overlaps another', (_, read) => {
  fc.assert(
    fc.property(text, (text) => {
      const { proposals, questions, noise } = read(text);
      const spans = [
        ...new Map(
          [...proposals, ...questions, ...noise].map(({ span }) => [`${span.start}-${span.end}`, span]),
        ).values(),
      ];
      spans.sort((a, b) => a.start - b.start);
      for (const [at, { start, end }] of spans.entries()) {
        expect(start).toBeGreaterThanOrEqual(spans[at - 1]?.end ?? 0);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(text.length);
      }
    }),
    { numRuns: 1_000 },
  );
});

test('what is proposed as a code stands in its span, letter for letter', () => {
  fc.assert(
    fc.property(text, (text) => {
      for (const { proposal, span } of readCodeInfo(text, circumstances).proposals) {
        const words = text.slice(span.start, span.end);
        if (proposal.type === 'lot' || proposal.type === 'serial' || proposal.type === 'item_number') {
          expect(words).toBe(proposal.code);
        }
        if (proposal.type === 'lot_range' || proposal.type === 'serial_range') {
          for (const end of [proposal.from, proposal.to]) if (end !== null) expect(words).toContain(end);
        }
        if (proposal.type === 'gtin') expect(words.replace(/\D/g, '').padStart(14, '0')).toBe(proposal.gtin);
      }
    }),
    { numRuns: 1_000 },
  );
});

const code = fc
  .tuple(fc.stringMatching(/^[A-Z]{1,3}$/), digits(5))
  .map(([letters, digits]) => `${letters}${digits}`)
  .filter((code) => !/^(JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)/.test(code));

test('a list of lots under its word is read whole, however it is joined', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(code, { minLength: 1, maxLength: 12 }),
      fc.constantFrom('Lot ', 'Lots: ', 'LOT #', 'Batch Numbers: ', 'Lot Code(s): ', 'lot no. '),
      fc.constantFrom(', ', '; ', ' and ', ' & ', ',', '\n', '  '),
      (codes, label, joint) => {
        const { proposals, questions } = readCodeInfo(`${label}${codes.join(joint)}`, circumstances);
        expect(proposals.map(({ proposal }) => proposal)).toEqual(codes.map((code) => ({ type: 'lot', code })));
        expect(questions).toEqual([]);
      },
    ),
  );
});

const day = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2029-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const names = ['January', 'Feb', 'MAR', 'April', 'May', 'June', 'Jul', 'AUG', 'September', 'Oct', 'Nov', 'DEC'];
const written = fc.constantFrom<readonly ((year: string, month: string, day: string) => string)[]>(
  ...(
    [
      (y, m, d) => `${m}/${d}/${y}`,
      (y, m, d) => `${Number(m)}/${Number(d)}/${y.slice(2)}`,
      (y, m, d) => `${Number(m)}-${d}-${y}`,
      (y, m, d) => `${y}-${m}-${d}`,
      (y, m, d) => `${names[Number(m) - 1]} ${Number(d)}, ${y}`,
      (y, m, d) => `${d}${names[Number(m) - 1]}${y}`,
      (y, m, d) => `${d}-${names[Number(m) - 1]}-${y}`,
      (y, m, d) => `${y} ${names[Number(m) - 1]} ${d}`,
    ] satisfies ((year: string, month: string, day: string) => string)[]
  ).map((write) => [write]),
);
const writtenDay = fc.tuple(day, written).map(([date, [write]]) => {
  const [year = '', month = '', dayOf = ''] = date.split('-');
  return { date, text: write?.(year, month, dayOf) ?? '' };
});

test('a day is read as what was written, in each way of writing it', () => {
  fc.assert(
    fc.property(writtenDay, fc.constantFrom('Best by ', 'EXP: ', 'Use by dates: '), ({ date, text }, label) => {
      const { proposals, questions } = readCodeInfo(`${label}${text}`, circumstances);
      expect(questions).toEqual([]);
      expect(proposals.map(({ proposal }) => proposal)).toMatchObject([{ type: 'date', date }]);
    }),
  );
});

test('two days with "through" between are a range in order, or a question', () => {
  fc.assert(
    fc.property(writtenDay, writtenDay, (from, to) => {
      const { proposals, questions } = readCodeInfo(`Best by ${from.text} through ${to.text}`, circumstances);
      if (from.date > to.date) expect([proposals.length, questions.length]).toEqual([0, 1]);
      else {
        expect(proposals.map(({ proposal }) => proposal)).toEqual([
          { type: 'date_range', kind: 'best_before', from: from.date, to: to.date },
        ]);
      }
    }),
  );
});

test('a GTIN is one with its check digit and a question with any other', () => {
  fc.assert(
    fc.property(fc.constantFrom(11, 12, 13).chain(digits), fc.integer({ min: 1, max: 9 }), (body, off) => {
      const good = checkDigit(body);
      const [right, wrong] = [`${body}${good}`, `${body}${(good + off) % 10}`];
      expect(parseGtin(right)).toBe(right.padStart(14, '0'));
      expect(readCodeInfo(`UPC ${right}`, circumstances).proposals).toHaveLength(1);
      expect(readCodeInfo(`UPC ${wrong}`, circumstances)).toMatchObject({
        proposals: [],
        questions: [{ code: 'gtin_incomplete' }],
      });
    }),
  );
});

test('a text of 9,000 characters is read within a second', () => {
  const long = Array.from({ length: 900 }, (_, at) => `L${at}A-${at * 7}`).join(', ');
  const started = performance.now();
  expect(readCodeInfo(`Lots ${long}`, circumstances).proposals.length).toBeGreaterThan(800);
  expect(performance.now() - started).toBeLessThan(1_000);
});
