import { expect, test } from 'vitest';
import { after, isWait, milliseconds } from '../../../domain/time/duration.ts';

test.each([
  ['P14D', 14 * 86_400_000],
  ['P2W', 14 * 86_400_000],
  ['PT48H', 48 * 3_600_000],
  ['P1DT1H30M', 86_400_000 + 5_400_000],
  ['PT2S', 2000],
  ['PT0.25S', 250],
])('%s lasts %i ms', (duration, expected) => {
  expect(milliseconds(duration)).toBe(expected);
});

test.each(['', 'P', 'PT', 'P1M', 'P1Y', 'P-1D', '14D', 'P1.5D', 'P1DT', 'PT1H\n'])('%j is no duration', (duration) => {
  expect(() => milliseconds(duration)).toThrow(RangeError);
});

test('an instant and a duration give an instant, over the end of a month', () => {
  expect(after('2026-02-27T23:30:00.000Z', 'P1DT1H')).toBe('2026-03-01T00:30:00.000Z');
});

test('nothing waits for longer than instants can be told and compared', () => {
  expect(['P14D', 'PT0S', 'P36500D'].map(isWait)).toEqual([true, true, true]);
  expect(['P36501D', 'P9999999D', `P${'9'.repeat(30)}D`, 'P1Y'].map(isWait)).toEqual([false, false, false, false]);
});
