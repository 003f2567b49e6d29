import { dayOf, monthOf } from './calendar.ts';
import type { CodeDate } from './reading.ts';

/** A date with the name of a month, as far as it is one: `unclear` where day or year is missing. */
export type NamedDate =
  | { readonly type: 'date'; readonly date: CodeDate }
  /** 22 JUN 19: the day first, as most write it, or the year first, as on packages for Canada. */
  | { readonly type: 'either'; readonly dates: readonly CodeDate[] }
  | { readonly type: 'range'; readonly from: CodeDate; readonly to: CodeDate }
  | { readonly type: 'unclear' };

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const ENDS = '(?![\\p{L}\\d])';
const YEAR = `(20\\d\\d|\\d\\d)${ENDS}`;
const DAY = '(\\d{1,2})(?:st|nd|rd|th)?';

/** In the order in which they are tried. */
const shapes: readonly { readonly pattern: string; readonly read: (parts: readonly string[]) => NamedDate }[] = [
  {
    // July 6-7, 2020
    pattern: `${MONTH}\\.? ?${DAY} ?(?:-|–|to|thru|through) ?${DAY},? ?(20\\d\\d)${ENDS}`,
    read: ([month = '', first = '', last = '', year = '']) => {
      const [from, to] = [dayOf(year, number(month), first), dayOf(year, number(month), last)];
      return from !== null && to !== null && from < to ? { type: 'range', from, to } : { type: 'unclear' };
    },
  },
  {
    // January 8, 2022; Aug-02-24; JUN 20 23
    pattern: `${MONTH}\\.?[ /-]?${DAY}(?:, ?|[ /-])${YEAR}`,
    read: ([month = '', day = '', year = '']) => known(dayOf(year, number(month), day)),
  },
  {
    // 13 JUL 2021; 26-JAN-2023; 08OCT2023
    pattern: `${DAY}[ /-]?${MONTH}(?:, ?|[ ./-])?${YEAR}`,
    read: ([day = '', month = '', year = '']) => {
      const dates = [dayOf(year, number(month), day), dayOf(day, number(month), year)].filter((date) => date !== null);
      return year.length === 2 && day.length === 2 ? { type: 'either', dates } : known(dayOf(year, number(month), day));
    },
  },
  {
    // 2020 Nov 12
    pattern: `(20\\d\\d)[ /-]?${MONTH}\\.?[ /-]?(\\d{1,2})${ENDS}`,
    read: ([year = '', month = '', day = '']) => known(dayOf(year, number(month), day)),
  },
  {
    // July 2021
    pattern: `${MONTH}\\.?(?:, ?|[ /-])?(20\\d\\d)${ENDS}`,
    read: ([month = '', year = '']) => known(monthOf(year, number(month))),
  },
  // Aug-22: a day of August, or August of that year; 14 JAN: of which year?
  { pattern: `${MONTH}\\.?[ /-]?\\d{1,2}${ENDS}`, read: () => ({ type: 'unclear' }) },
  { pattern: `\\d{1,2}[ /-]?${MONTH}${ENDS}`, read: () => ({ type: 'unclear' }) },
];

/** The date with a month's name that begins at `start`, and where it ends; null where none does. */
export function namedDateAt(text: string, start: number): { readonly date: NamedDate; readonly end: number } | null {
  for (const { pattern, read } of shapes) {
    const here = new RegExp(pattern, 'iuy');
    here.lastIndex = start;
    const parts = here.exec(text);
    if (parts !== null) return { date: read(parts.slice(1)), end: start + parts[0].length };
  }
  return null;
}

const known = (date: CodeDate | null): NamedDate => (date === null ? { type: 'unclear' } : { type: 'date', date });

const number = (month: string): string => String(MONTHS.indexOf(month.slice(0, 3).toLowerCase()) + 1);
