/**
 * Durations of policies are ISO 8601 (`P30D`, `PT48H`, `PT2S`); days are 24 hours here. Where a deadline must respect a
 * zone or a business calendar it is computed before it enters the process, and arrives as an instant.
 */
export type Duration = string;

/** An instant as RFC 3339 in UTC, e.g. `2026-03-01T09:00:00.000Z`; strings in this form sort by time. */
export type Instant = string;

const pattern = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{1,3})?)S)?)?$/;

/** Milliseconds of a duration of weeks, days, hours, minutes and seconds; months and years have no fixed length and throw. */
export function milliseconds(duration: Duration): number {
  const match = pattern.exec(duration);
  if (match === null || duration === 'P' || duration.endsWith('T')) {
    throw new RangeError(`not a duration of weeks, days, hours, minutes, seconds: ${duration}`);
  }
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return Math.round(((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000);
}

/** A hundred years: what is to last longer ends beyond the years that instants sort by, and that the database can read. */
const longestWait = milliseconds('P36500D');

/** Whether a text is a duration that something may be waited for. */
export function isWait(text: string): boolean {
  try {
    return milliseconds(text) <= longestWait;
  } catch {
    return false;
  }
}

/** The instant that lies a duration after another. */
export function after(instant: Instant, duration: Duration): Instant {
  return new Date(Date.parse(instant) + milliseconds(duration)).toISOString();
}
