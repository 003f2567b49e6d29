import type { Instant } from './duration.ts';

/**
 * The end of the day with the same number so many months later, or of the last day of a shorter month (Regulation (EEC,
 * Euratom) No 1182/71, Art. 3(2)(c)), in milliseconds of the epoch. Days are those of UTC.
 */
export function monthsAfter(from: Instant, months: number): number {
  const start = new Date(from);
  const [year, month] = [start.getUTCFullYear(), start.getUTCMonth() + months];
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(start.getUTCDate(), lastDay) + 1);
}
