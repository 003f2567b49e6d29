import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { CallOptions, Reply, World } from './world.ts';

export type Row = Readonly<Record<string, unknown>>;

/** Goods of one lot with so many stores, and a recall of them over HTTP. */
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

  /** Stores with two units each of a lot, of which a facility keeps three. */
  async function shipped(sku: string, lot: string, stores: readonly string[]): Promise<void> {
    await upload(
      '/v1/consignees/import',
      stores.map((store) => ({
        ...{ consignee: store, kind: 'store', name: `Store ${store}`, country: 'DE', city: 'Bremen' },
        ...{ email: `${store.toLowerCase()}@stores.example`, phone: '+49 421 1' },
      })),
    );
    const quantity = stores.length * 2 + 3;
    await upload('/v1/lot-receipts/import', [
      { reference: `PO-${sku}-${lot}`, facility: 'RC1', sku, lot, quantity, receivedAt: '2026-01-10' },
    ]);
    await upload(
      '/v1/lot-shipments/import',
      stores.map((store) => ({
        ...{ reference: `DN-${sku}-${lot}`, line: store, consignee: store, facility: 'RC1', sku, lot, quantity: 2 },
        shippedAt: '2026-02-01',
      })),
    );
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

  return { post, get, upload, shipped, scopeOf, draft, until };
}

export const codeOf = ({ status, body }: Reply) => [status, body['code'], body['field']];
