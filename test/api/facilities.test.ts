import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => {
  await world.close();
});

const bremen = {
  facility: 'RC-BREMEN',
  name: 'Return Centre Bremen',
  zone: 'Europe/Berlin',
  street1: '2 Dock Road',
  city: 'Bremen',
  zip: '28195',
  country: 'DE',
  capabilities: ['data_wipe'],
};
const save = (changes: object = {}, as: 'lead' | 'ops' = 'lead') =>
  world.call('POST', '/v1/facilities', { ...bremen, ...changes }, { as });

test('a facility is made once and changed as a whole', async () => {
  expect((await save({ phone: '+49 421 000000' })).status).toBe(201);
  const changed = await save({ capabilities: ['data_wipe', 'batteries'] });
  expect([changed.status, changed.body]).toEqual([200, { ...bremen, capabilities: ['data_wipe', 'batteries'] }]);
  const listed = await world.call('GET', '/v1/facilities', undefined, { as: 'viewer' });
  expect(listed.body['data']).toMatchObject([{ facility: 'RC-BREMEN' }, { facility: 'RC1' }]);
});

test.for([
  ['a zone that nobody has', { zone: 'Europe/Nowhere' }, 'zone'],
  ['a country by its name', { country: 'Germany' }, 'country'],
  ['a capability in words', { capabilities: ['wipes data'] }, 'capabilities[0]'],
] as const)('%s is told by its field', async ([, changes, field]) => {
  const answer = await save(changes);
  expect([answer.status, JSON.stringify(answer.body).includes(field)], answer.text).toEqual([400, true]);
});

test('staff at a bench may see facilities and not change them', async () => {
  expect((await save({}, 'ops')).status).toBe(403);
});

test('an endpoint is made with a secret that is told once, and removed', async () => {
  const url = 'https://example.com/homeward';
  const made = await world.call(
    'POST',
    '/v1/webhook-endpoints',
    { url, eventTypes: ['return.closed'] },
    { as: 'admin' },
  );
  expect(made.status, made.text).toBe(201);
  expect(made.body['secret']).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  const list = async () => (await world.call('GET', '/v1/webhook-endpoints', undefined, { as: 'admin' })).text;
  expect(await list()).toContain(url);
  expect(await list()).not.toContain('whsec_');
  const path = `/v1/webhook-endpoints/${String(made.body['id'])}`;
  expect((await world.call('DELETE', path, undefined, { as: 'admin' })).status).toBe(204);
  expect(JSON.parse(await list())).toMatchObject({ data: [{ url, disabledAt: expect.any(String) }] });
  expect((await world.call('DELETE', '/v1/webhook-endpoints/we_none', undefined, { as: 'admin' })).status).toBe(404);
  expect((await world.call('POST', '/v1/webhook-endpoints', { url }, { as: 'lead' })).status).toBe(403);
});

test.for(['http://example.com/hook', 'https://me:secret@example.com/', 'ftp://example.com/', 'file:///etc/passwd'])(
  'events are not posted to %s',
  async (url) => {
    expect((await world.call('POST', '/v1/webhook-endpoints', { url }, { as: 'admin' })).status).toBe(400);
  },
);
