import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ConditionFacts, type Grade, gradeOf } from '../../../domain/goods/grading.ts';
import { anyFacts, asNew } from '../sale.ts';

describe('grades', () => {
  const cases: [Partial<ConditionFacts>, Grade][] = [
    [{}, 'A'],
    [{ function: 'untested', expiry: 'fresh' }, 'A'],
    [{ packaging: 'opened' }, 'B'],
    [{ packaging: 'missing' }, 'B'],
    [{ packaging: 'opened', function: 'untested' }, 'B'],
    [{ cosmetic: 'light_wear' }, 'B'],
    [{ cosmetic: 'damaged' }, 'C'],
    [{ completeness: 'incomplete' }, 'C'],
    [{ function: 'defective' }, 'D'],
    [{ expiry: 'expired' }, 'D'],
    [{ contamination: 'suspected' }, 'D'],
    [{ contamination: 'confirmed' }, 'D'],
    [{ function: 'defective', cosmetic: 'damaged' }, 'D'],
  ];
  test.each(cases)('%j is %s', (changes, grade) => {
    expect(gradeOf('kitchen', { ...asNew, ...changes })).toBe(grade);
  });

  test('opened electronics that nobody tried are C, sealed ones A, tried ones B', () => {
    expect(gradeOf('electronics', { ...asNew, packaging: 'opened', function: 'untested' })).toBe('C');
    expect(gradeOf('electronics', { ...asNew, function: 'untested' })).toBe('A');
    expect(gradeOf('electronics', { ...asNew, packaging: 'opened' })).toBe('B');
  });

  test('nothing but sealed, pristine, complete and sound goods is ever A', () => {
    fc.assert(
      fc.property(anyFacts, fc.constantFrom('kitchen', 'electronics'), (seen, category) => {
        const isAsNew =
          seen.packaging === 'sealed' &&
          seen.cosmetic === 'pristine' &&
          seen.function !== 'defective' &&
          seen.completeness === 'complete' &&
          seen.expiry !== 'expired' &&
          seen.contamination === 'none';
        expect(gradeOf(category, seen) === 'A').toBe(isAsNew);
      }),
    );
  });
});
