import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

/** A client of the API as a careful integrator writes it: every POST has its key, and is sent again until it is answered. */
export type Client = {
  /** @returns the status and the body of the answer; 200, 201 or 202 */
  readonly post: (path: string, body?: unknown) => Promise<Answer>;
  readonly get: (path: string) => Promise<Answer>;
  /** Sends a file of CSV; `body` is null where the answer is no JSON. */
  readonly upload: (path: string, csv: string) => Promise<Answer>;
};
export type Answer = { readonly status: number; readonly body: unknown };

const Refused = z.object({ code: z.string() });
const ATTEMPT_MS = 20_000;
const JSON_TYPE = 'application/json';
const LONGEST_PAUSE_MS = 2_000;

/**
 * Sends each request for at most `patienceMs`: while nobody answers, while the answer is a fault of the other side, and
 * while an earlier attempt with the same Idempotency-Key is under way.
 */
export function createClient(url: string, key: string, patienceMs: number, stop: AbortSignal): Client {
  async function insist(method: string, path: string, body: unknown, type = JSON_TYPE): Promise<Answer> {
    const idempotencyKey = randomUUID();
    const end = Date.now() + patienceMs;
    for (let pause = 200; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      const answer = await attempt(method, path, body, idempotencyKey, type).catch((error: unknown) => String(error));
      if (typeof answer !== 'string' && answer.status < 300) return answer;
      const what = typeof answer === 'string' ? answer : `${answer.status} ${JSON.stringify(answer.body)}`;
      if (typeof answer !== 'string' && !passes(answer)) throw new Error(`${method} ${path} was refused: ${what}`);
      if (stop.aborted || Date.now() + pause > end) throw new Error(`${method} ${path} had no answer in time: ${what}`);
      await sleep(pause * (0.5 + Math.random() / 2));
    }
  }

  async function attempt(
    method: string,
    path: string,
    body: unknown,
    idempotencyKey: string,
    type: string,
  ): Promise<Answer> {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(method === 'POST' ? { 'idempotency-key': idempotencyKey } : {}),
        ...(body === undefined ? {} : { 'content-type': type }),
      },
      ...(body === undefined ? {} : { body: type === JSON_TYPE ? JSON.stringify(body) : String(body) }),
      signal: AbortSignal.any([stop, AbortSignal.timeout(ATTEMPT_MS)]),
    });
    const isJson = /json(;|$)/.test(response.headers.get('content-type') ?? '') && !isLines(response);
    const text = await response.text();
    return { status: response.status, body: isJson ? JSON.parse(text) : null };
  }

  return {
    post: async (path, body) => await insist('POST', path, body),
    get: async (path) => await insist('GET', path, undefined),
    upload: async (path, csv) => await insist('POST', path, csv, 'text/csv'),
  };
}

/** Whether the same request may be answered better a moment later. */
function passes({ status, body }: Answer): boolean {
  if (status >= 500 || status === 429) return true;
  return status === 409 && Refused.safeParse(body).data?.code === 'idempotency_in_progress';
}

/** An import answers with a line of JSON a row. */
const isLines = (response: Response): boolean =>
  (response.headers.get('content-type') ?? '').startsWith('application/x-ndjson');
