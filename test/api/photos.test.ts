import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { anOrder, asked } from './orders.ts';
import { startWorld, type World } from './world.ts';

let world: World;
let rma: string;
beforeAll(async () => {
  world = await startWorld();
  const created = await world.call('POST', '/v1/returns', asked(await anOrder(world)), { as: 'ops' });
  rma = String(created.body['rma']);
});
afterAll(async () => {
  await world.close();
});

const jpeg = (text: string) => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from(text)]);
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const take = (raw: Buffer, subject = 'P1', as: 'ops' | 'viewer' = 'ops', type = 'image/jpeg') =>
  world.call('POST', `/v1/returns/${rma}/photos?subject=${subject}`, undefined, {
    as,
    raw,
    headers: { 'content-type': type },
  });
const Listed = z.object({ data: z.array(z.object({ photo: z.int(), contentType: z.string(), link: z.string() })) });

test('a photo is kept as it came, shown to those who handle goods, and can be erased', async () => {
  const taken = await take(png, 'P1', 'ops', 'image/jpeg');
  expect(taken.status, taken.text).toBe(201);
  // What it is shows in its bytes, not in what its sender calls it.
  expect(taken.body).toMatchObject({ photo: 1, subject: 'P1', contentType: 'image/png' });
  expect((await take(png)).body['photo']).toBe(1);
  const { data } = Listed.parse((await world.call('GET', `/v1/returns/${rma}/photos`)).body);
  expect(data).toHaveLength(1);
  const link = data[0]?.link ?? '';
  const answer = await fetch(`${world.url}${link}`, { headers: { authorization: `Bearer ${world.keys.ops}` } });
  expect(answer.headers.get('content-type')).toBe('image/png');
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(png);

  expect((await world.call('GET', link, undefined, { as: 'viewer' })).status).toBe(403);
  expect((await take(jpeg('by a viewer'), 'P1', 'viewer')).status).toBe(403);
  // A copy in a browser would outlive what is erased.
  expect(answer.headers.get('cache-control')).toBe('private, no-store');
  expect((await world.call('DELETE', link, undefined, { as: 'ops' })).status).toBe(403);
  expect((await world.call('DELETE', link)).status).toBe(204);
  expect((await world.call('GET', link)).body['code']).toBe('photo_not_found');
  // Its number is used up: whoever noted it never comes to see another picture under it.
  expect((await take(jpeg('another'))).body['photo']).toBe(2);
  expect((await take(png)).body['photo']).toBe(3);
});

test.each([
  ['what is no picture', Buffer.from('<svg onload="alert(1)"/>'), 'P1', 415, 'photo_not_a_picture'],
  ['nothing', Buffer.alloc(0), 'P1', 415, 'photo_not_a_picture'],
  ['what is too large', Buffer.concat([jpeg(''), Buffer.alloc(5 * 1024 * 1024)]), 'P1', 413, 'photo_too_large'],
  ['a photo of something else', jpeg('elsewhere'), 'P7', 404, 'photo_subject_unknown'],
])('%s is not taken', async (_what, raw, subject, status, code) => {
  const answer = await take(raw, subject);
  expect([answer.status, answer.body['code']]).toEqual([status, code]);
});

test('who sends a photo while it is erased is told so, and never that something broke', async () => {
  const picture = jpeg('now and then');
  const statuses: number[] = [];
  for (let round = 0; round < 12; round += 1) {
    const sent = await take(picture);
    const number = Number(sent.body['photo']);
    const erase = world.call('DELETE', `/v1/returns/${rma}/photos/${number}`);
    const answers = await Promise.all([erase, ...Array.from({ length: 4 }, () => take(picture))]);
    statuses.push(...answers.map(({ status }) => status));
  }
  expect(statuses.filter((status) => ![201, 204, 409].includes(status))).toEqual([]);
});

test('a return keeps forty, however many are sent at once', async () => {
  const list = async () => Listed.parse((await world.call('GET', `/v1/returns/${rma}/photos`)).body).data;
  const before = (await list()).length;
  const answers = await Promise.all(Array.from({ length: 45 }, (_, index) => take(jpeg(`photo ${index}`))));
  const statuses = answers.map(({ status }) => status);
  expect(new Set(statuses)).toEqual(new Set([201, 409]));
  const kept = await list();
  expect(kept).toHaveLength(before + statuses.filter((status) => status === 201).length);
  expect(kept).toHaveLength(40);
});
