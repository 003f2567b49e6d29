import { createHash } from 'node:crypto';
import type { Request } from 'express';
import type { Answer, Dialect } from '../operation.ts';
import type { Store } from '../store.ts';
import type { Metadata } from './objects.ts';

const keyLivesMs = 24 * 3_600_000;

/** An error in Stripe's words. */
export function refusal(
  status: number,
  error: { type?: string; code?: string; param?: string; message: string },
): Answer {
  return { status, body: { error: { type: 'invalid_request_error', ...error } } };
}

export const missing = (what: string, id: string, param: string): Answer =>
  refusal(404, { code: 'resource_missing', param, message: `No such ${what}: '${id}'` });

export const answer = (body: unknown): Answer => ({ status: 200, body });

/** Stripe's bodies are forms; the raw text is kept by the server's parser. */
export const form = (request: Request): URLSearchParams =>
  new URLSearchParams(typeof request.body === 'string' ? request.body : '');

/** `metadata[key]=value` pairs of a form. */
export function metadataOf(given: URLSearchParams): Metadata {
  const pairs = [...given].map(([name, value]) => [/^metadata\[([^\]]+)\]$/.exec(name)?.[1], value] as const);
  return Object.fromEntries(pairs.filter(([name]) => name !== undefined));
}

export const stripe: Dialect = {
  vendor: 'payment',
  subject: (request) => {
    const { payment_intent, charge } = request.query;
    return metadataOf(form(request))['reference'] ?? String(request.params['id'] ?? payment_intent ?? charge ?? 'none');
  },
  outage: (status) =>
    status === 429
      ? { error: { type: 'invalid_request_error', code: 'rate_limit', message: 'Too many requests.' } }
      : { error: { type: 'api_error', message: 'An unknown error occurred.' } },
};

/**
 * Stripe's rule for repeated requests: within a day the same key with the same parameters gets the first answer again,
 * with others an error. Answers from before any work began (a missing object or parameter) aren't kept.
 */
export function idempotent(store: Store, work: (request: Request) => Answer): (request: Request) => Answer {
  const known = store.db.prepare('select fingerprint, status, body from idempotency where key = ? and at > ?');
  const keep = store.db.prepare('insert or replace into idempotency values (?, ?, ?, ?, ?)');
  return (request) => {
    const key = request.get('idempotency-key');
    if (key === undefined) return work(request);
    const parameters = [...form(request)].map(([name, value]) => `${name}=${value}`).sort();
    const fingerprint = createHash('sha256')
      .update([request.path, ...parameters].join('&'))
      .digest('hex');
    const before = known.get(key, Date.now() - keyLivesMs);
    if (before !== undefined && before['fingerprint'] !== fingerprint)
      return refusal(400, {
        type: 'idempotency_error',
        message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
      });
    if (before !== undefined)
      return {
        status: Number(before['status']),
        body: JSON.parse(String(before['body'])),
        headers: { 'Idempotent-Replayed': 'true' },
      };
    const result = work(request);
    const begun = result.status === 200 || !/"code":"(resource_missing|parameter_)/.test(JSON.stringify(result.body));
    if (begun) keep.run(key, fingerprint, result.status, JSON.stringify(result.body), Date.now());
    return result;
  };
}
