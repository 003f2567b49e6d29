import fc from 'fast-check';
import { expect, test } from 'vitest';
import { afterCheck, checkedShare, checkOutcomes, sampleSize } from '../../../domain/recall/checks.ts';
import { effectivenessLevels, hazardClasses } from '../../../domain/recall/terms.ts';
import { Journey } from './world.ts';

test('a sample is never smaller than its share, nor larger by more than one consignee', () => {
  expect(effectivenessLevels.map((level) => sampleSize(150, checkedShare(level, 2_500)))).toEqual([150, 38, 15, 3, 0]);
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.nat(10_000), (consignees, share) => {
      const size = sampleSize(consignees, share);
      expect(size * 10_000).toBeGreaterThanOrEqual(consignees * share);
      expect((size - 1) * 10_000).toBeLessThan(Math.max(1, consignees * share));
      expect(size).toBeLessThanOrEqual(consignees);
    }),
  );
});

test('what was not effective is followed up in time, the sooner the graver the hazard', () => {
  const at = '2026-03-02T09:00:00.000Z';
  for (const outcome of checkOutcomes) {
    const isDone = outcome === 'effective' || outcome === 'out_of_business';
    const due = hazardClasses.map((hazard) => afterCheck(outcome, 1, hazard, at).dueAt);
    expect(due, outcome).toEqual(
      isDone
        ? [null, null, null]
        : ['2026-03-03T09:00:00.000Z', '2026-03-05T09:00:00.000Z', '2026-03-09T09:00:00.000Z'],
    );
  }
  const unreached = [1, 2, 3, 4].map((attempts) => afterCheck('not_reachable', attempts, null, at).needsPerson);
  expect(unreached).toEqual([false, false, true, true]);
  expect(afterCheck('not_received', 1, null, at).needsPerson).toBe(true);
});

test('whom to check is drawn once all were told, and anew for who comes later', () => {
  const its = new Journey({ effectiveness: 'C' }).launched(1).done().reports(1, 'notified');
  expect([its.happened, its.wants]).toEqual([['wave_notified', 'all_notified', 'checks_due'], ['draw_checks:1']]);
  its.draws(10, 1);
  expect([its.now.draws, its.wants]).toEqual([{ due: 1, made: 1, checks: 1 }, []]);
  its.send({ type: 'widen', scopeVersion: 2 }).stops().plans(1).done().reports(2, 'notified');
  expect(its.wants).toEqual(['draw_checks:2']);
});

test('a coordinator may draw before, and only where there is somebody to check', () => {
  const its = new Journey({ effectiveness: 'D' });
  expect(its.send({ type: 'draw_checks' }).refusal).toBe('recall_not_launched');
  its.send({ type: 'launch' }).stops();
  expect(its.send({ type: 'draw_checks' }).refusal).toBe('nobody_to_check');
  its.plans(1);
  expect(its.send({ type: 'draw_checks' }).happened).toEqual(['checks_due']);
  // One under way may not see who has come meanwhile: another follows it, and one that waits is enough.
  expect(its.send({ type: 'draw_checks' }).happened).toEqual(['checks_due']);
  expect(its.send({ type: 'draw_checks' }).happened).toEqual([]);
  expect(its.wants).toContain('draw_checks:1');
  its.draws(1, 1, 'draw_checks:1');
  expect(its.wants).toContain('draw_checks:2');
  its.draws(2, 1, 'draw_checks:2');
  expect(its.wants.filter((key) => key.startsWith('draw_checks'))).toEqual([]);
  const none = new Journey({ effectiveness: 'E' }).launched(1).notifiesAll();
  expect([none.wants, none.send({ type: 'draw_checks' }).refusal]).toEqual([[], 'nobody_to_check']);
});

test('another level draws anew, once the draw that is under way has been made', () => {
  const its = new Journey({ effectiveness: 'D' });
  its.send({ type: 'set_effectiveness', effectiveness: 'C', checkShare: null });
  expect(its.happened).toEqual(['effectiveness_set']);
  its.launched(1).done().reports(1, 'notified');
  its.send({ type: 'set_effectiveness', effectiveness: 'B', checkShare: 2_500 });
  expect(its.happened).toEqual(['effectiveness_set', 'checks_due']);
  expect(its.draws(100, 10, 'draw_checks:2').happened).toEqual([]);
  expect(its.draws(100, 10, 'draw_checks:1').happened).toEqual(['checks_drawn']);
  expect(its.draws(100, 25).happened).toEqual(['checks_drawn']);
  const refused = ([level, share]: readonly ['A' | 'B', number | null]) =>
    its.send({ type: 'set_effectiveness', effectiveness: level, checkShare: share }).refusal;
  expect(
    (['B', 'B', 'B', 'A'] as const).map((level, index) => refused([level, [null, 999, 2_500, 500][index] ?? null])),
  ).toEqual([
    'check_share_out_of_range',
    'check_share_out_of_range',
    'effectiveness_unchanged',
    'check_share_out_of_range',
  ]);
});
