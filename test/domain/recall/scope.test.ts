import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type CodeRange,
  isInRange,
  type OpenRange,
  rangeFault,
  rangesMeet,
} from '../../../domain/recall/code-range.ts';
import { scopeFaults } from '../../../domain/recall/scope.ts';

const whole = { lots: [], lotRanges: [], serialRanges: [], dateCodes: [], expires: null, shipped: null };

const head = fc.constantFrom('', 'L', 'A-', '38-25/', 'L1A', 'Ä');
const sound = fc
  .record({ head, digits: fc.integer({ min: 1, max: 4 }), a: fc.nat(9999), b: fc.nat(9999) })
  .map(({ head, digits, a, b }): CodeRange => {
    const code = (n: number) => head + String(n % 10 ** digits).padStart(digits, '0');
    const [from, to] = [code(a), code(b)].sort();
    return { from: from ?? '', to: to ?? '' };
  });

test('a range holds the codes whose numbers lie in it, and no others', () => {
  fc.assert(
    fc.property(sound, head, fc.integer({ min: 0, max: 5 }), fc.nat(99_999), (range, beginning, digits, n) => {
      expect(rangeFault(range)).toBeNull();
      const code = beginning + (digits === 0 ? '' : String(n % 10 ** digits).padStart(digits, '0'));
      const split = (text: string) => {
        const [, before = '', number = ''] = /^(.*?)(\d*)$/.exec(text) ?? [];
        return { before, number };
      };
      const [own, from, to] = [split(code), split(range.from), split(range.to)];
      // The beginning may end in digits that are part of the other's number: compare by what the range calls its number.
      const sameShape = own.number.length === from.number.length && own.before === from.before;
      const inside = sameShape && Number(own.number) >= Number(from.number) && Number(own.number) <= Number(to.number);
      expect(isInRange(code, range)).toBe(inside);
    }),
  );
});

test('an open range goes on beyond its end as its numbers do', () => {
  const later = { from: 'L0098', to: null };
  const held = (range: OpenRange) =>
    ['L0097', 'L0098', 'L9999', 'L10000', 'L010000', 'L99', 'L98', 'L7', 'L07', 'L0', 'M0099', 'L00A9', 'L'].filter(
      (code) => isInRange(code, range),
    );
  expect(held(later)).toEqual(['L0098', 'L9999', 'L10000']);
  expect(held({ from: 'L98', to: null })).toEqual(['L9999', 'L10000', 'L99', 'L98']);
  expect(held({ from: null, to: 'L0098' })).toEqual(['L0097', 'L0098']);
  expect(held({ from: null, to: 'L98' })).toEqual(['L98', 'L7', 'L07']);
  expect(rangeFault({ from: null, to: null })).toBe('range_without_ends');
  expect(rangeFault({ from: 'LA', to: null })).toBe('range_without_number');
  expect(rangesMeet(later, { from: null, to: 'L0097' })).toBe(false);
  expect(rangesMeet(later, { from: null, to: 'L0098' })).toBe(true);
  expect(rangesMeet(later, { from: 'L0001', to: 'L0200' })).toBe(true);
  expect(rangesMeet(later, { from: 'M0099', to: null })).toBe(false);
});

test('what begins alike, or is named beside its beginning, is said twice', () => {
  const of = (lots: string[], lotPrefixes: string[]) =>
    scopeFaults({ lines: [{ ...whole, sku: 'S', lots, lotPrefixes }] }).map(({ field }) => field);
  expect(of(['L1'], ['38-25', '38-26'])).toEqual([]);
  expect(of(['38-25/7'], ['38-25', '38', '38'])).toEqual([
    'lines[0].lotPrefixes[0]',
    'lines[0].lotPrefixes[2]',
    'lines[0].lots[0]',
  ]);
});

test('two ranges meet exactly where a code is in both', () => {
  fc.assert(
    fc.property(sound, sound, (one, other) => {
      const ends = [one.from, one.to, other.from, other.to];
      expect(rangesMeet(one, other)).toBe(ends.some((code) => isInRange(code, one) && isInRange(code, other)));
    }),
  );
});

test.each([
  ['AB', 'AC', 'range_without_number'],
  ['L1', 'L10', 'range_of_unlike_codes'],
  ['L10', 'M20', 'range_of_unlike_codes'],
  ['L10', 'L1A', 'range_of_unlike_codes'],
  ['L20', 'L10', 'range_backwards'],
] as const)('%s to %s is no range: %s', (from, to, code) => {
  expect(rangeFault({ from, to })).toBe(code);
  const line = { ...whole, sku: 'S', serialRanges: [{ from, to }] };
  expect(scopeFaults({ lines: [line] })).toMatchObject([{ field: 'lines[0].serialRanges[0]', code }]);
});

test('a scope may not say twice what it is about', () => {
  const faults = scopeFaults({
    lines: [
      {
        ...whole,
        sku: 'S',
        lots: ['L5', 'L5'],
        lotRanges: [
          { from: 'L1', to: 'L7' },
          { from: 'L7', to: 'L9' },
        ],
      },
      { ...whole, sku: 'S', expires: { from: '2026-02-01', to: '2026-01-01' } },
    ],
  });
  expect(faults.map(({ field, code }) => `${field} ${code}`)).toEqual([
    'lines[0].lots[1] scope_overlap',
    'lines[0].lotRanges[1] scope_overlap',
    'lines[0].lots[0] scope_overlap',
    'lines[0].lots[1] scope_overlap',
    'lines[1].sku scope_overlap',
    'lines[1].expires.to window_empty',
  ]);
  expect(scopeFaults({ lines: [{ ...whole, sku: 'S', lots: ['L5'] }] })).toEqual([]);
});
