import { z } from 'zod';
import { PlainText } from './fields.ts';

/** Parts of a sort key, as a forged cursor could hold them: what the database can compare, and nothing else. */
export const cursorText = PlainText.max(300);
export const cursorTime = z.iso.datetime().refine((at) => !at.startsWith('0000'));

/** How much of a list, and from where on. */
export const limitParameter = z.coerce
  .number('use a whole number from 1 to 200')
  .int('use a whole number from 1 to 200')
  .min(1, 'use a whole number from 1 to 200')
  .max(200, 'use a whole number from 1 to 200')
  .default(50);

/**
 * A cursor is the sort key of the last row, opaque to the client.
 * @param key what the list is sorted by
 */
export function cursorParameter<K extends z.ZodType>(key: K) {
  return z
    .string()
    .max(500)
    .transform((text, context): z.infer<K> => {
      const parsed = key.safeParse(fromBase64Json(text));
      if (parsed.success) return parsed.data;
      context.addIssue({ code: 'custom', message: 'is not a cursor of this list', params: { code: 'cursor_invalid' } });
      return z.NEVER;
    })
    .optional()
    .meta({ description: 'The nextCursor of the page before.', override: { type: 'string' } });
}

/** The cursor that continues after a row. */
const cursorAfter = (key: unknown): string => Buffer.from(JSON.stringify(key)).toString('base64url');

/** Cuts a page from one row more than was asked for. */
export function pageOf<T>(
  rows: readonly T[],
  limit: number,
  keyOf: (row: T) => unknown,
): { rows: T[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page, nextCursor: rows.length > limit && last !== undefined ? cursorAfter(keyOf(last)) : null };
}

/** A list as it is answered. */
export const listBody = <T extends z.ZodType>(row: T) =>
  z.object({ data: z.array(row), nextCursor: z.string().nullable().meta({ description: 'Null at the end.' }) });

function fromBase64Json(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
