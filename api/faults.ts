import { z } from 'zod';
import { Problem } from './problem.ts';
import { troubleOf } from './trouble.ts';

/** Errors of body parsing and routing, as the framework throws them. */
const HttpFault = z.object({ status: z.int().min(400).max(499), type: z.string().optional() });

/** What the database's driver or its pool says when the database is away, busy or frozen; PostgreSQL's classes 08, 53, 57. */
const databaseAway =
  /^(P1000|P1001|P1002|P1008|P1017|P2024|P2028|P2034|ECONNREFUSED|ECONNRESET|ETIMEDOUT|08\w{3}|53\w{3}|57\w{3})$/;

/** Any error as a problem; what nobody foresaw becomes a 500 that tells nothing of our insides. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof URIError)
    return new Problem(400, 'address_malformed', 'the address holds a malformed % sequence');
  if (isDatabaseAway(error)) {
    return new Problem(503, 'database_unavailable', 'the database does not answer; try again in a moment', {
      headers: { 'retry-after': '5' },
    });
  }
  if (troubleOf(error) !== null) {
    return new Problem(503, 'temporal_unavailable', 'the engine does not answer; try again in a moment', {
      headers: { 'retry-after': '5' },
    });
  }
  const fault = HttpFault.safeParse(error);
  if (fault.success) return bodyProblem(fault.data.status, fault.data.type);
  return new Problem(500, 'internal_error', 'something went wrong on our side; try again, and quote the request id');
}

function bodyProblem(status: number, type: string | undefined): Problem {
  switch (type) {
    case 'entity.parse.failed':
      return new Problem(400, 'json_malformed', 'the body is not JSON; check quotes, commas and braces');
    case 'entity.too.large':
      return new Problem(413, 'body_too_large', 'the body is too large; send less at once');
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return new Problem(415, 'encoding_unsupported', 'send the body as UTF-8, plain or with gzip');
    case 'request.aborted':
    case 'request.size.invalid':
      return new Problem(400, 'body_incomplete', 'the body ended early; send it again');
    default:
      return new Problem(status, 'request_malformed', 'the request could not be read');
  }
}

function isDatabaseAway(error: unknown): boolean {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if ('code' in at && typeof at.code === 'string' && databaseAway.test(at.code)) return true;
    if (at.name === 'PrismaClientInitializationError' || at.name === 'PrismaClientRustPanicError') return true;
    if (/timeout exceeded when trying to connect|Connection terminated|Can't reach database/i.test(at.message))
      return true;
  }
  return false;
}
