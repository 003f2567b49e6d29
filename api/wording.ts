import type { z } from 'zod';

/** What kinds of value are called where a body holds another kind. */
const kinds: Readonly<Record<string, string>> = {
  string: 'text, in quotes',
  number: 'a number, without quotes',
  int: 'a whole number, without quotes',
  boolean: 'true or false, without quotes',
  array: 'a list, in [ ]',
  object: 'an object, in { }',
  record: 'an object, in { }',
};

/** Says what a value must be, where its schema doesn't say it itself; undefined leaves the library's own words. */
export const inWords: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return kinds[issue.expected] === undefined ? undefined : `must be ${kinds[issue.expected]}`;
    case 'invalid_value':
      return `must be ${issue.values.length === 1 ? '' : 'one of '}${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return limit('least', issue.origin, issue.minimum);
    case 'too_big':
      return limit('most', issue.origin, issue.maximum);
    case 'invalid_format':
      return issue.format === 'datetime' ? 'must be a time with its zone, as in 2026-12-01T09:00:00Z' : undefined;
    default:
      return undefined;
  }
};

function limit(side: 'least' | 'most', origin: string, bound: number | bigint): string {
  const units: Readonly<Record<string, readonly [string, string]>> = {
    string: ['character', 'characters'],
    array: ['entry', 'entries'],
  };
  const unit = units[origin]?.[Number(bound) === 1 ? 0 : 1];
  return unit === undefined ? `must be at ${side} ${bound}` : `must have at ${side} ${bound} ${unit}`;
}
