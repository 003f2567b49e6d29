import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApiDocument } from '../../api/openapi.ts';
import { startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ worker: false, env: { API_REQUESTS_PER_MINUTE: '20' } });
});
afterAll(async () => {
  await world.close();
});

test('the file, the server and the code describe the same API', async () => {
  const document = JSON.parse(JSON.stringify(openApiDocument()));
  expect(JSON.parse(await readFile(new URL('../../api/openapi.json', import.meta.url), 'utf8'))).toEqual(document);
  const served = await world.call('GET', '/openapi.json', undefined, { as: null });
  expect(served.body).toEqual(document);
});

test('the reference page and its script come from this server', async () => {
  const page = await world.call('GET', '/reference', undefined, { as: null });
  expect(page.status).toBe(200);
  const sources = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1]);
  expect(sources).toEqual(['/reference/script.js']);
  const script = await world.call('GET', '/reference/script.js', undefined, { as: null });
  expect([script.status, script.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
  expect(script.text.length).toBeGreaterThan(1_000_000);
});

test('answers carry the safe headers and no trace of the framework', async () => {
  const { headers } = await world.call('GET', '/v1/returns');
  expect(headers.get('x-powered-by')).toBeNull();
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('strict-transport-security')).not.toBeNull();
});

test('a key that sends too much is told to wait, the others are not', async () => {
  const statuses: number[] = [];
  for (let sent = 0; sent < 25; sent += 1)
    statuses.push((await world.call('GET', '/v1/returns', undefined, { as: 'ops' })).status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(20);
  const limited = await world.call('GET', '/v1/returns', undefined, { as: 'ops' });
  expect([limited.status, limited.body['code'], limited.headers.get('retry-after')]).toEqual([
    429,
    'rate_limited',
    '60',
  ]);
  expect((await world.call('GET', '/v1/returns', undefined, { as: 'viewer' })).status).toBe(200);
});
