import { expect, test } from 'vitest';
import { skippingTime } from '../workflows/servers.ts';

test('the time-skipping server skips days in moments', async () => {
  const { env, close } = await skippingTime();
  const before = await env.currentTimeMs();
  await env.sleep('14 days');
  expect((await env.currentTimeMs()) - before).toBeGreaterThanOrEqual(14 * 86_400_000);
  await close();
});
