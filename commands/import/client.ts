import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

/** The API as an import uses it: what fails on the way is sent again, with the same key. */
export type ApiClient = {
  /** @throws {Refused} where the API says no; any other error leaves open whether it was done */
  readonly post: (path: string, body: unknown, key: string) => Promise<unknown>;
  /** Newline-delimited JSON both ways; only for what may be sent twice. */
  readonly postLines: (path: string, lines: readonly unknown[]) => Promise<readonly unknown[]>;
};

/** The API's no, by its code. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly code: string;
  constructor(code: string, detail: string) {
    super(detail);
    this.code = code;
  }
}

const Problem = z.object({ code: z.string(), detail: z.string() });
const ATTEMPT_MS = 60_000;
const PATIENCE_MS = 60_000;

export function apiClient(url: string, apiKey: string, patienceMs = PATIENCE_MS): ApiClient {
  async function insist(path: string, headers: Record<string, string>, body: string): Promise<string> {
    const end = Date.now() + patienceMs;
    for (let pause = 100; ; pause = Math.min(pause * 2, 2_000)) {
      const answer = await attempt(path, headers, body).catch((error: unknown) => ({ status: 0, text: whyNot(error) }));
      const { status, text } = answer;
      if (status >= 200 && status < 300) return text;
      const problem = Problem.safeParse(jsonOf(text)).data;
      const passes = status === 0 || status >= 500 || status === 429 || problem?.code === 'idempotency_in_progress';
      if (!passes) throw new Refused(problem?.code ?? 'refused', problem?.detail ?? `${path} answered ${status}`);
      if (Date.now() + pause > end) {
        if (status === 0)
          throw new Error(`Nobody answers at ${url} (${text}): npm start starts it, --url names another.`);
        throw new Error(`${url}${path} could not be asked: ${problem?.detail ?? `it answered ${status} ${text}`}`);
      }
      await sleep(pause);
    }
  }

  async function attempt(path: string, headers: Record<string, string>, body: string) {
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, ...headers },
      body,
      signal: AbortSignal.timeout(ATTEMPT_MS),
    });
    return { status: response.status, text: await response.text() };
  }

  return {
    post: async (path, body, key) => {
      const headers = { 'content-type': 'application/json', 'idempotency-key': key };
      return jsonOf(await insist(path, headers, JSON.stringify(body)));
    },
    postLines: async (path, lines) => {
      const body = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
      const text = await insist(path, { 'content-type': 'application/x-ndjson' }, body);
      return text.split('\n').flatMap((line) => (line === '' ? [] : [jsonOf(line)]));
    },
  };
}

/** Why nothing came back, by the code of the connection where it has one. */
function whyNot(error: unknown): string {
  const { cause } = error instanceof Error ? error : {};
  if (typeof cause === 'object' && cause !== null && 'code' in cause) return String(cause.code);
  return error instanceof Error && error.name === 'TimeoutError' ? 'no answer in time' : 'no connection';
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
