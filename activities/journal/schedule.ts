import type { Policy } from '../../domain/policy/policy.ts';
import type { ReceiptSchedule } from '../../domain/return/commands.ts';
import { after, type Duration, type Instant, milliseconds } from '../../domain/time/duration.ts';

const DAY = 86_400_000;

/**
 * The receipt timer of a return that starts at an instant, in the policy's zone: whole days are calendar days there, so
 * a reminder comes at the same time of day on either side of a clock change, and what escalates or expires does so at
 * the end of its day. Durations of less than a day are taken as they are.
 */
export function receiptSchedule({ receipt, zone }: Policy, start: Instant): ReceiptSchedule {
  return {
    reminders: receipt.reminders.map((duration) => inZone(start, duration, zone, 'same time')),
    escalation: inZone(start, receipt.escalation, zone, 'end of day'),
    expiry: inZone(start, receipt.expiry, zone, 'end of day'),
  };
}

function inZone(start: Instant, duration: Duration, zone: string, time: 'same time' | 'end of day'): Instant {
  const length = milliseconds(duration);
  if (length < DAY) return after(start, duration);
  const wall = wallClock(Date.parse(start), zone);
  const later = wall + length;
  const target = time === 'same time' ? later : later - (later % DAY) + DAY;
  return new Date(instantOf(target, zone)).toISOString();
}

/** When a day (`2026-03-29`) begins in a zone. */
export const startOfDay = (day: string, zone: string): Instant =>
  new Date(instantOf(Date.parse(`${day}T00:00:00.000Z`), zone)).toISOString();

/** When the day after it begins. */
export const endOfDay = (day: string, zone: string): Instant =>
  startOfDay(new Date(Date.parse(`${day}T00:00:00.000Z`) + DAY).toISOString().slice(0, 10), zone);

/** What a clock in the zone shows, as if it were UTC. */
function wallClock(instant: number, zone: string): number {
  const parts = Object.fromEntries(
    clockOf(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) + (((instant % 1000) + 1000) % 1000);
}

/** The instant at which a clock in the zone shows this; the second guess is for a clock change between. */
function instantOf(wall: number, zone: string): number {
  const guess = wall - (wallClock(wall, zone) - wall);
  return wall - (wallClock(guess, zone) - guess);
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  clocks.set(zone, clock);
  return clock;
}
