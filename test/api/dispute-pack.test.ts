import { createHash } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { pdfOf } from '../../api/pdf.ts';
import { asNew } from '../domain/sale.ts';
import { anOrder, asked } from './orders.ts';
import { eventually, startWorld, type World } from './world.ts';

let world: World;
let rma: string;
beforeAll(async () => {
  world = await startWorld();
  const created = await world.call('POST', '/v1/returns', asked(await anOrder(world), 2, 'defective'), { as: 'ops' });
  rma = String(created.body['rma']);
  await eventually(async () => {
    const { body } = await world.call('GET', `/v1/returns/${rma}`);
    expect(body).toMatchObject({ parcels: [{ label: 'bought' }] });
  });
  const receipt = {
    parcel: 'P1',
    contents: [{ sku: 'SKU-1', quantity: 2, serials: ['SN-1', 'SN-2'] }],
    weightGrams: 812,
  };
  await done(world.call('POST', `/v1/returns/${rma}/receipts`, receipt, { as: 'ops' }));
  const findings = [{ quantity: 2, facts: { ...asNew, packaging: 'opened' } }];
  await done(world.call('POST', `/v1/returns/${rma}/items/P1-1/inspections`, { findings }, { as: 'ops' }));
  const options = { as: 'ops', raw: png, headers: { 'content-type': 'image/png' } } as const;
  await done(world.call('POST', `/v1/returns/${rma}/photos?subject=P1`, undefined, options));
  await done(world.call('POST', `/v1/returns/${rma}/items/P1-1/confirmations`, { evidence: 'BIN-1' }, { as: 'ops' }));
  await eventually(async () => {
    expect((await world.call('GET', `/v1/returns/${rma}`)).body).toMatchObject({ status: { goods: 'closed' } });
  });
});
afterAll(async () => {
  await world.close();
});

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

async function done(reply: ReturnType<World['call']>): Promise<void> {
  const { status, text } = await reply;
  expect(status, text).toBeLessThan(300);
}

async function pack(format: 'pdf' | 'zip'): Promise<{ readonly type: string | null; readonly bytes: Buffer }> {
  const response = await fetch(`${world.url}/v1/returns/${rma}/dispute-pack?format=${format}`, {
    headers: { authorization: `Bearer ${world.keys.ops}` },
  });
  expect(response.status).toBe(200);
  return { type: response.headers.get('content-type'), bytes: Buffer.from(await response.arrayBuffer()) };
}

/** The files of a ZIP, by its central directory. */
function unzipped(zip: Buffer): ReadonlyMap<string, Buffer> {
  const files = new Map<string, Buffer>();
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const method = zip.readUInt16LE(at + 10);
    const size = zip.readUInt32LE(at + 20);
    const nameLength = zip.readUInt16LE(at + 28);
    const more = zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
    const local = zip.readUInt32LE(at + 42);
    const begin = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = zip.subarray(begin, begin + size);
    files.set(zip.toString('utf8', at + 46, at + 46 + nameLength), method === 8 ? inflateRawSync(bytes) : bytes);
    at += 46 + nameLength + more;
  }
  return files;
}

const Manifest = z.object({
  rma: z.string(),
  journalVersion: z.number(),
  files: z.array(z.object({ name: z.string(), sha256: z.string() })),
});

test('the ZIP holds the PDF, the journal, the policy and the photos, each with its sum', async () => {
  const { type, bytes } = await pack('zip');
  expect(type).toBe('application/zip');
  const files = unzipped(bytes);
  expect([...files.keys()]).toEqual([
    `${rma}.pdf`,
    'journal.ndjson',
    'policy.json',
    'manifest.json',
    'photos/01-P1.png',
  ]);
  const manifest = Manifest.parse(JSON.parse(files.get('manifest.json')?.toString() ?? ''));
  expect(manifest.rma).toBe(rma);
  for (const { name, sha256 } of manifest.files) {
    expect(
      createHash('sha256')
        .update(files.get(name) ?? '')
        .digest('hex'),
      name,
    ).toBe(sha256);
  }
  expect(manifest.files).toHaveLength(4);
  expect(files.get('photos/01-P1.png')).toEqual(png);
  const journal = await world.db.journalEntry.findMany({
    where: { process: `return:${rma}` },
    orderBy: { version: 'asc' },
  });
  const lines = (files.get('journal.ndjson')?.toString() ?? '')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.map(({ events }) => events)).toEqual(journal.map(({ events }) => events));
  expect(manifest.journalVersion).toBe(journal.length);
  expect(JSON.parse(files.get('policy.json')?.toString() ?? '')).toMatchObject({ id: 'customer-default', version: 1 });
});

test('the same journal makes the same pack, byte by byte', async () => {
  for (const format of ['pdf', 'zip'] as const) {
    const first = await pack(format);
    // A clock in it would have moved on.
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect((await pack(format)).bytes.equals(first.bytes), format).toBe(true);
  }
});

test('the PDF is one, and asks nothing of the network', async () => {
  const { type, bytes } = await pack('pdf');
  expect(type).toBe('application/pdf');
  expect(bytes.toString('latin1', 0, 5)).toBe('%PDF-');
  expect(bytes.toString('latin1')).not.toMatch(/\/URI|https?:|\/JavaScript|\/EmbeddedFile/);
});

test('it is for those who handle goods, and of a return that there is', async () => {
  const ask = (path: string, as: 'viewer' | 'ops') => world.call('GET', path, undefined, { as });
  expect((await ask(`/v1/returns/${rma}/dispute-pack`, 'viewer')).status).toBe(403);
  const none = await ask('/v1/returns/73MN-Q9TX-0/dispute-pack', 'ops');
  expect([none.status, none.body['code']]).toEqual([404, 'return_not_found']);
  expect((await ask(`/v1/returns/${rma}/dispute-pack?format=doc`, 'ops')).status).toBe(400);
});

test('a cell that is longer than its page takes no longer to write', async () => {
  const serials = Array.from({ length: 250_000 }, (_, index) => `SERIAL-${index}`).join(', ');
  const before = performance.now();
  const pdf = await pdfOf({ title: 'Return', about: [], at: new Date(0) }, [
    { title: 'Goods', columns: ['Item', 'Serials'], rows: [['P1-1', serials]] },
  ]);
  expect(performance.now() - before).toBeLessThan(1_000);
  expect(pdf.length).toBeLessThan(50_000);
});
