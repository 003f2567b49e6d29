import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DrillUnits, drillTotal, scored } from '../../../domain/recall/drill.ts';

const count = fc.nat(1_000_000);
const part: fc.Arbitrary<DrillUnits> = fc
  .record({
    units: count,
    missing: count,
    gaps: fc.record({
      withoutOrigin: count,
      withoutAddress: count,
      stockWithoutLot: count,
      shippedWithoutLot: count,
      notAddingUp: count,
    }),
  })
  .map(({ units, missing, gaps }) => ({ units, sound: Math.max(0, units - missing), gaps }));

test('only what has no gap is whole, and a whole is the sum of its parts', () => {
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      const total = drillTotal(parts);
      expect(total.units).toBe(parts.reduce((sum, { units }) => sum + units, 0));
      const { stockWithoutLot, shippedWithoutLot, notAddingUp } = total.gaps;
      const isWhole = total.sound === total.units && stockWithoutLot + shippedWithoutLot + notAddingUp === 0;
      if (total.share === null) expect(total.units + stockWithoutLot + shippedWithoutLot + notAddingUp).toBe(0);
      else expect([total.share === 10_000, total.share >= 0]).toEqual([isWhole, true]);
      for (const one of parts) expect(scored(one).share ?? 0).toBeLessThanOrEqual(10_000);
    }),
  );
});
