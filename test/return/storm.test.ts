import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Storm } from './storm.ts';
import { bringToItsEnd, sensible } from './storm-calm.ts';
import { aStep, take } from './storm-steps.ts';
import { aWish } from './storm-wish.ts';

/** The same storms each time, so that a change is judged by itself; `STORMS=50000 STORM_SEED=7` looks longer, elsewhere. */
const storms = Number(process.env['STORMS'] ?? 10_000);
const seed = Number(process.env['STORM_SEED'] ?? 20260310);

test(
  'whatever happens in whatever order, goods and money stay accounted for and every return can be brought to its end',
  () => {
    let closed = 0;
    let worked = 0;
    let replaced = 0;
    let repaired = 0;
    let unrepaired = 0;
    let mendedForMoney = 0;
    let captured = 0;
    let charged = 0;
    fc.assert(
      fc.property(
        aWish,
        fc.array(aStep, { maxLength: 50, size: 'max' }),
        fc.integer({ min: 1, max: 4 }),
        (wish, steps, batch) => {
          const storm = new Storm(wish);
          for (const [index, step] of steps.entries()) {
            take(storm, step, sensible);
            if (index % batch === 0) storm.project();
          }
          bringToItsEnd(storm);
          storm.rebuild();
          closed += 1;
          if (storm.recorded.some(({ event }) => event.type === 'item_worked_on')) worked += 1;
          if (storm.recorded.some(({ event }) => event.type === 'repair_returned')) repaired += 1;
          if (storm.recorded.some(({ event }) => event.type === 'replacement_wanted')) unrepaired += 1;
          const isMended = Object.values(storm.opened?.items ?? {}).some(
            ({ paidRepair, stage }) => paidRepair?.state === 'paid' && stage === 'disposed',
          );
          if (isMended) mendedForMoney += 1;
          if (storm.recorded.some(({ event }) => event.type === 'hold_captured')) captured += 1;
          if (storm.recorded.some(({ event }) => event.type === 'charge_succeeded')) charged += 1;
          if (storm.recorded.some(({ event }) => event.type === 'warranty_carried_over' && event.lines.length > 0)) {
            replaced += 1;
          }
        },
      ),
      { numRuns: storms, seed },
    );
    expect(closed).toBeGreaterThanOrEqual(storms);
    // Rare things happen often enough to mean something.
    expect(worked).toBeGreaterThan(storms / 200);
    expect(replaced).toBeGreaterThan(storms / 1000);
    expect(repaired).toBeGreaterThan(storms / 1000);
    expect(charged).toBeGreaterThan(storms / 5000);
    expect(captured).toBeGreaterThan(storms / 5000);
    expect(unrepaired).toBeGreaterThan(storms / 1000);
    expect(mendedForMoney).toBeGreaterThan(storms / 1000);
  },
  600_000 + storms * 30,
);
