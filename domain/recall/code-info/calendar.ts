import type { CodeDate, DateKind } from './reading.ts';

const DAY_MS = 86_400_000;
/** How long before and after the beginning of a recall a date of its goods can lie, in years. */
const YEARS_BEFORE = 6;
const YEARS_AFTER = 12;

/** A day that the calendar has, from its parts in digits; a year of two digits is of this century. */
export function dayOf(year: string, month: string, day: string): CodeDate | null {
  const full = year.length === 2 ? `20${year}` : year;
  const [m, d] = [Number(month), Number(day)];
  if (full.length !== 4 || m < 1 || m > 12 || d < 1) return null;
  const last = new Date(Date.UTC(Number(full), m, 0)).getUTCDate();
  return d > last ? null : `${full}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`;
}

/** A month, from its parts in digits. */
export function monthOf(year: string, month: string): CodeDate | null {
  return Number(month) >= 1 && Number(month) <= 12 ? `${year}-${month.padStart(2, '0')}` : null;
}

/** The day so many days later; with a month there is none. */
export function shifted(date: CodeDate, days: number): CodeDate | null {
  if (date.length !== 10) return null;
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/**
 * Whether it is what goods that were recalled then most probably bear, where a date has several readings: food is recalled while it is
 * on sale, or not long after.
 */
export function isProbable(date: CodeDate, kind: DateKind, began: string | null): boolean {
  if (began === null || date.length !== 10) return false;
  const days = (Date.parse(date) - Date.parse(began)) / DAY_MS;
  return isPast(kind) ? days > -2 * 365 && days <= 0 : days > -120 && days < 3 * 365;
}

/** Whether goods whose recall began then can bear this date: nothing is made or bought long after its recall. */
export function isPlausible(date: CodeDate, kind: DateKind, began: string | null): boolean {
  if (began === null) return date >= '1990' && date < '2100';
  const years = Number(date.slice(0, 4)) - Number(began.slice(0, 4));
  return years >= -YEARS_BEFORE && years <= (isPast(kind) ? 1 : YEARS_AFTER);
}

const isPast = (kind: DateKind): boolean => kind === 'production' || kind === 'packaging' || kind === 'purchase';
