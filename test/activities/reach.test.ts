import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { post } from '../../activities/webhooks/out.ts';
import { leadsInside } from '../../activities/webhooks/reach.ts';

async function aServer(status: number) {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end('much to say');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { port: (server.address() as AddressInfo).port, asked: () => asked };
}

const event = { id: 'E', type: 'recall.notice', at: '2026-01-01T00:00:00Z', data: {} };

test('what is to stay outside is posted to no address within, by whatever name', async () => {
  const { port, asked } = await aServer(204);
  for (const host of ['127.0.0.1', 'localhost', '127.1', '2130706433', '[::ffff:127.0.0.1]', '[::1]']) {
    const endpoint = { url: `http://${host}:${port}/`, secret: 'whsec_c2VjcmV0' };
    expect(await post(endpoint, event, { reach: 'outside' }), host).toBeNull();
  }
  expect(asked()).toBe(0);
  expect(await post({ url: `http://localhost:${port}/`, secret: 'whsec_c2VjcmV0' }, event)).toBe(204);
});

test('a redirect is an answer and is not followed', async () => {
  const { port, asked } = await aServer(302);
  expect(await post({ url: `http://127.0.0.1:${port}/`, secret: 'whsec_c2VjcmV0' }, event)).toBe(302);
  expect(asked()).toBe(1);
});

test('addresses that are not public are known as such', async () => {
  const inside = ['10.1.2.3', '172.31.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '239.1.1.1'];
  for (const host of [...inside, '[fd00::1]', '[fe80::1]', '[::]', '[64:ff9b::a01:203]', '[::ffff:10.0.0.1]']) {
    expect(await leadsInside(new URL(`https://${host}/`)), host).toBe(true);
  }
  for (const host of ['93.184.215.14', '172.32.0.1', '[2606:2800:21f::1]']) {
    expect(await leadsInside(new URL(`https://${host}/`)), host).toBe(false);
  }
  expect(await leadsInside(new URL('https://nobody.invalid/'))).toBe(false);
});
