import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { CallOptions, Reply, World } from './world.ts';

export type Row = Readonly<Record<string, unknown>>;

/** A consignee with what it got of a lot: two units unless told. */
export type Store = {
  readonly store: string;
  readonly units?: number;
  readonly language?: string;
  readonly name?: string;
};

export const addressOf = (store: string): string => `${store.toLowerCase()}@stores.example`;

/** Goods of lots with stores, recalls of them over HTTP, and the letters that come of these. */
export function recallsOf(world: () => World) {
  const post = (path: string, body?: object, options: CallOptions = {}): Promise<Reply> =>
    world().call('POST', `/v1/recalls${path}`, body, { as: 'coordinator', ...options });
  const get = (path: string, as: CallOptions['as'] = 'viewer'): Promise<Reply> =>
    world().call('GET', `/v1/recalls${path}`, undefined, as === undefined ? {} : { as });

  async function upload(path: string, rows: readonly Row[]): Promise<void> {
    const reply = await world().call('POST', path, undefined, {
      raw: rows.map((row) => JSON.stringify(row)).join('\n'),
      headers: { 'content-type': 'application/x-ndjson' },
    });
    expect(reply.text).not.toContain('"status":"rejected"');
  }

  /** Stores get their units of a lot, of which a facility keeps three. */
  async function shipped(sku: string, lot: string, stores: readonly (string | Store)[]): Promise<void> {
    const all = stores.map((each): Store => (typeof each === 'string' ? { store: each } : each));
    await upload(
      '/v1/consignees/import',
      all.map(({ store, units: _, ...more }) => ({
        ...{ consignee: store, kind: 'store', name: `Store ${store}`, email: addressOf(store), phone: '+49 421 1' },
        ...{ street1: '1 Main Street', zip: '28195', city: 'Bremen', country: 'DE' },
        ...more,
      })),
    );
    const shipments = all.map(({ store, units = 2 }) => ({
      ...{ reference: `DN-${sku}-${lot}`, line: store, consignee: store, facility: 'RC1', sku, lot, quantity: units },
      shippedAt: '2026-02-01',
    }));
    const quantity = shipments.reduce((sum, each) => sum + each.quantity, 3);
    await upload('/v1/lot-receipts/import', [
      { reference: `PO-${sku}-${lot}`, facility: 'RC1', sku, lot, quantity, receivedAt: '2026-01-10' },
    ]);
    await upload('/v1/lot-shipments/import', shipments);
  }

  const scopeOf = (sku: string, ...lots: string[]) => ({ lines: [{ sku, lots }] });

  async function draft(scope: object, more: Row = {}): Promise<string> {
    const text = { product: 'Kettle', reason: 'The handle may come off.', instructions: 'Stop selling it.' };
    const texts = [{ language: 'en', ...text, contact: 'recalls@shop.example' }];
    const reply = await post('', { depth: 'retail', scope, texts, ...more });
    expect(reply.status, reply.text).toBe(201);
    return String(reply.body['number']);
  }

  async function until(number: string, is: (recall: Row) => boolean): Promise<Row> {
    for (let attempt = 0; attempt < 400; attempt += 1) {
      const { body } = await get(`/${number}`);
      if (is(body)) return body;
      await sleep(50);
    }
    throw new Error((await get(`/${number}`)).text);
  }

  async function launched(scope: object, more: Row = {}): Promise<string> {
    const number = await draft(scope, more);
    const reply = await post(`/${number}/launch`);
    expect(reply.status, reply.text).toBe(200);
    return number;
  }

  /** A recall whose first notices have left. */
  async function notified(scope: object, more: Row = {}): Promise<string> {
    const number = await launched(scope, more);
    await until(number, ({ status }) => status === 'notified');
    return number;
  }

  /** What came in at an address: all subjects, and the last letter as its reader sees it. */
  async function lettersTo(
    address: string,
  ): Promise<{ readonly subjects: readonly string[]; readonly letter: string }> {
    const sent = await fetch(`${world().sandboxUrl}/_sandbox/mail?to=${encodeURIComponent(address)}`);
    const { received, letter } = (await sent.json()) as { received: { subject: string }[]; letter: string | null };
    const text = (letter ?? '').replace(/=\r?\n/g, '').replaceAll('=3D', '=');
    return { subjects: received.map(({ subject }) => subject), letter: text };
  }

  return { post, get, upload, shipped, scopeOf, draft, until, launched, notified, lettersTo };
}

export const codeOf = ({ status, body }: Reply) => [status, body['code'], body['field']];
