import type { Request } from 'express';
import type { Answer, Dialect } from '../operation.ts';
import type { Kind, Store } from '../store.ts';

/** An error in EasyPost's words; the codes are those of its list of error codes. */
export const refusal = (status: number, code: string, message: string): Answer => ({
  status,
  body: { error: { code, message, errors: [] } },
});

export const notFound = (): Answer => refusal(404, 'NOT_FOUND', 'The requested resource could not be found.');

export const answer = (status: number, body: unknown): Answer => ({ status, body });

/** EasyPost takes our reference wherever it takes an id. */
export function find<K extends Kind>(store: Store, kind: K, key: unknown) {
  const name = String(key);
  return store.byId(kind, name) ?? store.byReference(kind, name);
}

const outageCodes: Record<number, string> = {
  429: 'RATE_LIMITED',
  500: 'INTERNAL_SERVER_ERROR',
  503: 'SERVICE_UNAVAILABLE',
  504: 'GATEWAY_TIMEOUT',
};

/** How the calls of one resource are told apart: by our reference where one is known. */
export const easypost = (store: Store, kind: Kind): Dialect => ({
  vendor: 'carrier',
  subject: (request: Request) => {
    const key = request.params['id'];
    if (key !== undefined) return find(store, kind, key)?.reference ?? String(key);
    const body: Record<string, unknown> = request.body ?? {};
    const inner = body[kind] ?? body;
    return typeof inner === 'object' && inner !== null && 'reference' in inner ? String(inner.reference) : 'none';
  },
  outage: (status) => refusal(status, outageCodes[status] ?? 'INTERNAL_SERVER_ERROR', 'Something went wrong.').body,
});
