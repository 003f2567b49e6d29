import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startSandbox } from '../../local/sandbox/server.ts';

test.each([
  ['a body that is no JSON', 'PUT', '/_sandbox/faults', '{"carrier":', 400, /^the body cannot be read: /],
  [
    'a path that is not there',
    'GET',
    '/_sandbox/fault',
    undefined,
    404,
    /^there is nothing at GET \/_sandbox\/fault; /,
  ],
  ['a parcel that is not there', 'POST', '/_sandbox/parcels/NOPE/scan', undefined, 404, /GET \/_sandbox\/parcels/],
] as const)('%s is answered in a sentence, without the insides of the sandbox', async (...request) => {
  const [, method, path, body, status, says] = request;
  const folder = await mkdtemp(join(tmpdir(), 'homeward-test-control-'));
  const sandbox = await startSandbox({
    dataFile: join(folder, 'sandbox.db'),
    secrets: { carrier: 'carrier', payment: 'payment' },
  });
  onTestFinished(async () => {
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  });
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${sandbox.url}${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
  const text = await response.text();
  expect(response.status, text).toBe(status);
  expect(text).not.toMatch(/node_modules|\.ts:/);
  expect(JSON.parse(text)).toEqual({ error: expect.stringMatching(says) });
});
