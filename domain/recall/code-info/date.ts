import { dayOf, isPlausible, monthOf } from './calendar.ts';
import type { CodeDate, DateKind } from './reading.ts';

/** What is known of a record beside its text, to choose between the readings of a date. */
export type Circumstances = {
  /** When the recall began, `YYYY-MM-DD`; null where it isn't known. */
  readonly began: string | null;
  /** Whether 4/5 is the fifth of April, as in the United States, or could be either. */
  readonly monthFirst: boolean;
};

/** A date in digits; null where it is none, could be two, or can't be on such goods. */
export function dateInDigits(text: string, circumstances: Circumstances, kind: DateKind): CodeDate | null {
  const plausible = readings(text, circumstances).filter(
    (date) => date !== null && isPlausible(date, kind, circumstances.began),
  );
  const [only] = new Set(plausible);
  return only != null && new Set(plausible).size === 1 ? only : null;
}

/** Two dates in digits with a hyphen between; the first may lack the year of the second (7/9-8/1/2022). */
export function rangeInDigits(
  text: string,
  circumstances: Circumstances,
  kind: DateKind,
): { readonly from: CodeDate; readonly to: CodeDate } | null {
  const [, first = '', last = ''] = /^(\d[\d/]*\/[\d/]+)[-–](\d[\d/]*\/[\d/]+)$/.exec(text) ?? [];
  const to = dateInDigits(last, circumstances, kind);
  if (to === null) return null;
  const whole = /^\d{1,2}\/\d{1,2}$/.test(first) && to.length === 10 ? `${first}/${to.slice(0, 4)}` : first;
  const from = dateInDigits(whole, circumstances, kind);
  return from !== null && from.length === to.length && from <= to ? { from, to } : null;
}

/** Every date that the digits could be. */
function readings(text: string, { monthFirst }: Circumstances): readonly (CodeDate | null)[] {
  const yearFirst = /^(20\d\d)[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text);
  if (yearFirst !== null) return [dayOf(part(yearFirst, 1), part(yearFirst, 2), part(yearFirst, 3))];

  const month = /^(\d{1,2})[-/](20\d\d)$/.exec(text);
  if (month !== null) return [monthOf(part(month, 2), part(month, 1))];

  const parts = /^(\d{1,2})[-/.](\d{1,2})[-/.](20\d\d|\d\d)$/.exec(text);
  if (parts !== null) {
    const [a, b, c] = [part(parts, 1), part(parts, 2), part(parts, 3)];
    const american = dayOf(c, a, b);
    if (monthFirst && american !== null) return [american];
    return [american, dayOf(c, b, a), c.length === 2 ? dayOf(a, b, c) : null];
  }

  const six = /^(\d\d)(\d\d)(\d\d)$/.exec(text);
  if (six !== null) {
    const [a, b, c] = [part(six, 1), part(six, 2), part(six, 3)];
    return [dayOf(c, a, b), dayOf(c, b, a), dayOf(a, b, c)];
  }

  const eight = /^(\d\d)(\d\d)(20\d\d)$/.exec(text);
  const back = /^(20\d\d)(\d\d)(\d\d)$/.exec(text);
  return [
    ...(eight === null
      ? []
      : [dayOf(part(eight, 3), part(eight, 1), part(eight, 2)), dayOf(part(eight, 3), part(eight, 2), part(eight, 1))]),
    ...(back === null ? [] : [dayOf(part(back, 1), part(back, 2), part(back, 3))]),
  ];
}

const part = (found: RegExpExecArray, place: number): string => found[place] ?? '';
