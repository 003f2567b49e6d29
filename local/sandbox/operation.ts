import { setTimeout as delay } from 'node:timers/promises';
import type { Request, RequestHandler } from 'express';
import type { FaultBook, Vendor } from './faults.ts';
import type { Sink } from './mail/sink.ts';
import type { Store } from './store.ts';
import type { Webhooks } from './webhooks.ts';

/** What every part of the sandbox works with. */
export type Sandbox = { store: Store; faults: FaultBook; webhooks: Webhooks; url: () => string; mail: Sink };

export type Answer = { status: number; body: unknown; headers?: Record<string, string> };

/** How one vendor names what a call is about, and words its own errors. */
export type Dialect = {
  vendor: Vendor;
  subject: (request: Request) => string;
  outage: (status: number) => unknown;
};

/**
 * Serves one call of a vendor's API: its faults first, then the work as one transaction, then the answer, unless this
 * call is to be left without one (the connection stays open until the client gives up).
 */
export function operation(
  { store, faults }: Pick<Sandbox, 'store' | 'faults'>,
  dialect: Dialect,
  name: string,
  work: (request: Request) => Answer,
): RequestHandler {
  return async (request, response) => {
    const fate = faults.fate(dialect.vendor, name, dialect.subject(request));
    if (fate.slowMs > 0) await delay(fate.slowMs);
    if (fate.errorStatus === 502) {
      response.status(502).type('html').send('<html><body>Bad Gateway</body></html>');
      return;
    }
    if (fate.errorStatus !== null) {
      response.status(fate.errorStatus).json(dialect.outage(fate.errorStatus));
      return;
    }
    if (fate.silent === 'before') return;
    const answer = store.transaction(() => work(request));
    if (fate.silent === 'after') return;
    response
      .status(answer.status)
      .set(answer.headers ?? {})
      .json(answer.body);
  };
}
