import { z } from 'zod';
import type { RowError } from './orders/row.ts';
import { trackingNumber, trackingPattern } from './orders/tracking.ts';

/** What is wrong with a cell, with its code. */
export const fault = (code: string, detail: string) => ({ error: detail, params: { code } });

/** Empty texts count as absent; numbers of JSON are read by their shortest decimal form. */
export const text = z
  .preprocess((value) => {
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  }, z.string().max(500, 'is longer than 500 characters').optional())
  .refine(
    (value) => value === undefined || !/[\p{Cc}\p{Cs}]/u.test(value),
    fault('text_invalid', 'holds control characters'),
  );
export const needed = text
  .refine((value) => value !== undefined, fault('missing', 'is missing'))
  .transform((value) => value ?? '');

/** An id or a code from outside. */
export const code = needed.refine(
  (value) => value.length <= 120 && !/[\p{C}\p{Zl}\p{Zp}]/u.test(value),
  fault('code_invalid', 'is not a code: at most 120 printable characters'),
);

/** A whole number; null where there is none. */
export const whole = (least: number, most: number) =>
  text
    .refine((value) => value === undefined || isWhole(value, least, most), {
      error: `must be a whole number from ${least} to ${most}`,
      params: { code: 'quantity_invalid' },
    })
    .transform((value) => (value === undefined ? null : Number(value)));

const isWhole = (value: string, least: number, most: number) =>
  /^-?\d{1,15}$/.test(value) && Number(value) >= least && Number(value) <= most;

export const flag = text
  .refine(
    (value) => value === undefined || /^(true|false|yes|no|1|0)$/i.test(value),
    fault('flag_invalid', 'use true or false'),
  )
  .transform((value) => value !== undefined && /^(true|yes|1)$/i.test(value));

/** A day or an instant; null where there is none. */
export const time = text
  .refine(
    (value) => value === undefined || instantOf(value) !== null,
    fault('time_invalid', 'use 2026-03-01 or 2026-03-01T09:30:00Z'),
  )
  .transform((value) => (value === undefined ? null : instantOf(value)));

/** As carriers print and scan it: no blanks, capital letters. */
export const tracking = text
  .transform((value) => (value === undefined ? null : trackingNumber(value)))
  .refine((value) => value === null || trackingPattern.test(value), fault('tracking_invalid', 'is no tracking number'));

/** Several, with blanks, semicolons or bars between them. */
export const list = text.transform((value) =>
  value === undefined ? [] : value.split(/[|;\s]+/).filter((part) => part !== ''),
);

/** What a schema found wrong with a row, by column. */
export function cellErrors(issue: z.core.$ZodIssue): RowError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((column) => ({ column, code: 'unknown_column', detail: 'is not a column of this file' }));
  }
  const own = issue.code === 'custom' ? issue.params?.['code'] : undefined;
  return [
    { column: String(issue.path[0] ?? ''), code: typeof own === 'string' ? own : 'invalid', detail: issue.message },
  ];
}

/** A date, or a date and time; without a zone it is UTC. */
function instantOf(value: string): Date | null {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:\d{2})?)?$/.exec(value);
  if (match === null) return null;
  const [, date, clock = '00:00', zone = 'Z'] = match;
  const instant = new Date(`${date}T${clock}${zone}`);
  // Date rolls 30 February over to March; such a date is a mistake.
  const valid = !Number.isNaN(instant.getTime()) && new Date(`${date}T00:00Z`).toISOString().startsWith(String(date));
  return valid ? instant : null;
}
