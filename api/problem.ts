import { STATUS_CODES } from 'node:http';
import { z } from 'zod';

/** An answer that says what was wrong, where, and what to do (RFC 9457). `code` never changes its meaning. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly code: string;
  readonly more: ProblemDetails;

  constructor(status: number, code: string, detail: string, more: ProblemDetails = {}) {
    super(detail);
    this.status = status;
    this.code = code;
    this.more = more;
  }
}

export type ProblemDetails = {
  /** The field that it is about, as a path: `lines[0].quantity`. */
  readonly field?: string | undefined;
  readonly errors?: readonly FieldError[];
  readonly headers?: Readonly<Record<string, string>>;
};

export type FieldError = { readonly field: string; readonly code: string; readonly detail: string };

const FieldErrorBody = z.object({ field: z.string(), code: z.string(), detail: z.string() });

export const ProblemBody = z
  .object({
    type: z.string().meta({ example: 'urn:homeward:problem:quantity_invalid' }),
    title: z.string().meta({ example: 'Bad Request' }),
    status: z.int(),
    code: z.string().meta({ description: 'Stable; programs decide by it.' }),
    detail: z.string().meta({ description: 'What was wrong, where, and what to do; for people.' }),
    field: z.string().optional().meta({ description: 'The field that it is about.', example: 'lines[0].quantity' }),
    errors: z.array(FieldErrorBody).optional().meta({ description: 'Every field that was wrong.' }),
    requestId: z.string().meta({ description: 'Quote it when asking for help; it is in the log.' }),
  })
  .meta({ id: 'Problem', description: 'Problem details (RFC 9457).' });

/** The body of a problem. */
export function problemBody(problem: Problem, requestId: string): z.infer<typeof ProblemBody> {
  return {
    type: `urn:homeward:problem:${problem.code}`,
    title: STATUS_CODES[problem.status] ?? 'Problem',
    status: problem.status,
    code: problem.code,
    detail: problem.message,
    ...(problem.more.field === undefined ? {} : { field: problem.more.field }),
    ...(problem.more.errors === undefined ? {} : { errors: [...problem.more.errors] }),
    requestId,
  };
}
