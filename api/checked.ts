import type { z } from 'zod';
import { type FieldError, Problem } from './problem.ts';
import { inWords } from './wording.ts';

/** Fields whose every fault has one code, so that a program need not know which check failed. */
const codesByField: Readonly<Record<string, string>> = {
  quantity: 'quantity_invalid',
  currency: 'currency_invalid',
  amount: 'amount_invalid',
  cursor: 'cursor_invalid',
};

/** What a schema gives; nothing where there is none. */
export type Output<S> = S extends z.ZodType ? z.infer<S> : undefined;

/**
 * The value as its schema says, or a problem that names every wrong field.
 * @throws {Problem} 400
 */
export function checked<S extends z.ZodType | undefined>(
  schema: S | undefined,
  value: unknown,
  where: 'path' | 'query' | 'body',
): Output<S> {
  // The conditional type can't be followed through the branches: no schema, no value; else the schema's own output.
  if (schema === undefined) return undefined as Output<S>;
  const result = schema.safeParse(value, { error: inWords });
  if (result.success) return result.data as Output<S>;
  throw invalid(firstOfEach(result.error.issues.flatMap((issue) => fieldErrors(issue, value))), where);
}

/** What is wrong with a field is told once: an empty text isn't also one of wrong characters. */
const firstOfEach = (errors: readonly FieldError[]): readonly FieldError[] =>
  [...new Map([...errors].reverse().map((error) => [error.field, error])).values()].reverse();

/** One problem from what was wrong with some fields. */
function invalid(errors: readonly FieldError[], where: 'path' | 'query' | 'body'): Problem {
  const first = errors[0];
  if (first === undefined) return new Problem(400, 'invalid_request', 'the request is not as described');
  const others = errors.length > 1 ? ` (and ${errors.length - 1} more, see errors)` : '';
  const place = first.field === '' ? `the ${where === 'path' ? 'address' : where}` : first.field;
  return new Problem(400, first.code, `${place}: ${first.detail}${others}`, { field: first.field, errors });
}

function fieldErrors(issue: z.core.$ZodIssue, value: unknown): readonly FieldError[] {
  const field = fieldPath(issue.path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      field: fieldPath([...issue.path, key]),
      code: 'unknown_field',
      detail: 'is not known here; remove it',
    }));
  }
  const last = issue.path.at(-1);
  const byField = typeof last === 'string' ? codesByField[last] : undefined;
  const own = issue.code === 'custom' ? issue.params?.['code'] : undefined;
  const absent = issue.code !== 'custom' && valueAt(value, issue.path) === undefined;
  const code = typeof own === 'string' ? own : absent ? 'missing_field' : (byField ?? 'invalid_value');
  return [{ field, code, detail: absent ? 'is missing' : lowerFirst(issue.message) }];
}

function fieldPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null && Object.hasOwn(at, key) ? Reflect.get(at, key) : undefined),
    value,
  );
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
