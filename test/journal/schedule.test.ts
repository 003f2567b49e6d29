import { expect, test } from 'vitest';
import { receiptSchedule } from '../../activities/journal/schedule.ts';
import { aPlainPolicy } from './sale.ts';

const scheduled = (zone: string, start: string, receipt: { reminders: string[]; escalation: string; expiry: string }) =>
  receiptSchedule(aPlainPolicy({ zone, receipt: { ...receipt, lostAfter: 'P10D' } }), start);

test('what ends does so at the end of its day where the policy counts days', () => {
  const days = { reminders: ['P7D'], escalation: 'P14D', expiry: 'P21D' };
  expect(scheduled('Europe/Berlin', '2026-01-10T15:30:00.000Z', days)).toEqual({
    reminders: ['2026-01-17T15:30:00.000Z'],
    escalation: '2026-01-24T23:00:00.000Z',
    expiry: '2026-01-31T23:00:00.000Z',
  });
  // Late in the evening in Tokyo it is still the day before in UTC.
  expect(scheduled('Asia/Tokyo', '2026-01-10T15:30:00.000Z', days).expiry).toBe('2026-02-01T15:00:00.000Z');
});

test('a reminder comes at the same time of day on either side of a clock change', () => {
  const over = scheduled('Europe/Berlin', '2026-03-25T08:00:00.000Z', {
    reminders: ['P7D'],
    escalation: 'P4D',
    expiry: 'P5D',
  });
  expect(over.reminders).toEqual(['2026-04-01T07:00:00.000Z']);
  // The clocks change on 29 March: its end is at 22:00 UTC, the day before's at 23:00.
  expect(over.escalation).toBe('2026-03-29T22:00:00.000Z');
  expect(over.expiry).toBe('2026-03-30T22:00:00.000Z');
});

test('less than a day is taken as it is', () => {
  const short = { reminders: ['PT2S'], escalation: 'PT4S', expiry: 'PT90M' };
  expect(scheduled('America/New_York', '2026-01-10T15:30:00.500Z', short)).toEqual({
    reminders: ['2026-01-10T15:30:02.500Z'],
    escalation: '2026-01-10T15:30:04.500Z',
    expiry: '2026-01-10T17:00:00.500Z',
  });
});
