import type { z } from 'zod';
import { moneyIn } from '../money.ts';
import type { RowError } from './row.ts';

/** Reads a column that holds a text of JSON; what is wrong with it is said by `wrong`. */
export function jsonCell<T>(
  text: string,
  schema: z.ZodType<T>,
  wrong: (detail: string) => RowError,
): { readonly value: T } | { readonly error: RowError } {
  const read = schema.safeParse(parsed(text));
  if (read.success) return { value: read.data };
  const [issue] = read.error.issues;
  return { error: wrong(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'cannot be read'}`) };
}

/** An amount within such a text in minor units; null where it is none, or below zero. */
export function minorUnits(text: string, currency: string): number | null {
  const read = moneyIn(text, currency);
  return typeof read === 'string' || read.amount < 0 ? null : read.amount;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
