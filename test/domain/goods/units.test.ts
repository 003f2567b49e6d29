import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countUnits, takeUnits, type UnitRange } from '../../../domain/goods/units.ts';

/** Ranges with gaps between them, as other returns leave them. */
const someUnits = fc.array(fc.record({ gap: fc.nat(5), size: fc.nat(5) }), { maxLength: 6 }).map((parts) => {
  let at = 0;
  return parts.map(({ gap, size }): UnitRange => {
    const from = at + gap;
    at = from + size;
    return [from, at];
  });
});

const positions = (units: readonly UnitRange[]) =>
  units.flatMap(([from, to]) => Array.from({ length: to - from }, (_, index) => from + index));

test('taking splits the units in two, first ones first, none lost or doubled', () => {
  fc.assert(
    fc.property(someUnits, fc.nat(30), (units, wanted) => {
      const count = Math.min(wanted, countUnits(units));
      const { taken, rest } = takeUnits(units, count);
      expect(countUnits(taken)).toBe(count);
      expect([...positions(taken), ...positions(rest)]).toEqual(positions(units));
      expect([...taken, ...rest].every(([from, to]) => from < to)).toBe(true);
    }),
  );
});

test('taking what is not there is a bug', () => {
  expect(() => takeUnits([[0, 2]], 3)).toThrow(RangeError);
  expect(() => takeUnits([[0, 2]], -1)).toThrow(RangeError);
  expect(() => takeUnits([[0, 2]], 0.5)).toThrow(RangeError);
});
