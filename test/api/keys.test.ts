import { readFile, stat } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { endpoints } from '../../api/endpoints.ts';
import { ensureFirstKey, firstKeyFile } from '../../api/keys/first-key.ts';
import { mayDo, roles } from '../../api/roles.ts';
import { openPool, openPrisma } from '../../prisma/client.ts';
import { createDatabase } from '../setup/fresh-database.ts';
import { startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ worker: false });
});
afterAll(async () => {
  await world.close();
});

test('a key is made, listed without its secret, used and revoked', async () => {
  const made = await world.call('POST', '/v1/keys', { name: 'scanner', role: 'ops' }, { as: 'admin' });
  expect(made.status).toBe(201);
  const id = String(made.body['id']);
  const headers = { authorization: `Bearer ${made.body['secret']}` };
  expect((await world.call('GET', '/v1/returns', undefined, { as: null, headers })).status).toBe(200);

  const list = await world.call('GET', '/v1/keys', undefined, { as: 'admin' });
  expect(list.text).toContain(id);
  expect(list.text).not.toMatch(/hw_|hash/);

  expect((await world.call('DELETE', `/v1/keys/${id}`, undefined, { as: 'admin' })).status).toBe(204);
  const refused = await world.call('GET', '/v1/returns', undefined, { as: null, headers });
  expect([refused.status, refused.body['code']]).toEqual([401, 'key_revoked']);
});

test('an admin can’t revoke the key in use', async () => {
  const list = await world.call('GET', '/v1/keys', undefined, { as: 'admin' });
  const own = Keys.parse(list.body).data.find(({ role }) => role === 'admin');
  const reply = await world.call('DELETE', `/v1/keys/${own?.id}`, undefined, { as: 'admin' });
  expect([reply.status, reply.body['code']]).toEqual([409, 'key_in_use']);
});

test('secrets are nowhere in the database', async () => {
  const rows = await world.db.apiKey.findMany();
  for (const secret of Object.values(world.keys)) expect(JSON.stringify(rows)).not.toContain(secret);
});

test('the first start makes one admin key, also when two start at once, for its owner’s eyes only', async () => {
  const database = await createDatabase();
  const pool = openPool({ ...world.config.database, url: database.url });
  const db = openPrisma(pool);
  const folder = `${world.config.dataDir}/first`;
  const made = await Promise.all([ensureFirstKey(db, folder), ensureFirstKey(db, folder)]);
  const [secret] = made.filter((one) => one !== null);
  expect(made.filter((one) => one === null)).toHaveLength(1);
  expect(await db.apiKey.findMany({ select: { role: true } })).toEqual([{ role: 'admin' }]);
  expect((await readFile(firstKeyFile(folder), 'utf8')).trim()).toBe(secret);
  expect((await stat(firstKeyFile(folder))).mode & 0o777).toBe(0o600);
  expect(await ensureFirstKey(db, folder)).toBeNull();
  await db.$disconnect();
  await pool.end();
  await database.drop();
});

const Keys = z.object({ data: z.array(z.object({ id: z.string(), role: z.string() })) });

// The last one, as it uses up what strangers may try in a minute.
test('each endpoint lets just the roles of the matrix in', async () => {
  const strangers: number[] = [];
  for (const { method, path, permission } of endpoints) {
    const address = path
      .replace('{rma}', '0000-0000-0')
      .replace(/\{id\}/, 'nobody')
      .replace(/\{\w+\}/g, 'X1');
    for (const role of roles) {
      const reply = await world.call(method.toUpperCase(), address, undefined, { as: role });
      expect([path, role, reply.status === 403]).toEqual([path, role, !mayDo(role, permission)]);
    }
    const nobody = await world.call(method.toUpperCase(), address, undefined, { as: null });
    strangers.push(nobody.status);
  }
  // Who has no key is turned away, and after a hundred attempts in a minute told to wait.
  expect(strangers.slice(0, 80)).toEqual(Array(80).fill(401));
  expect(strangers.filter((status) => status !== 401 && status !== 429)).toEqual([]);
});
