import { expect, inject, test } from 'vitest';
import { timeSkippingEnvironment } from '../../local/time-skipping.ts';

test('the time-skipping server skips days in moments', async () => {
  const environment = await timeSkippingEnvironment(inject('timeSkippingAddress'));
  const before = await environment.currentTimeMs();
  await environment.sleep('14 days');
  expect((await environment.currentTimeMs()) - before).toBeGreaterThanOrEqual(14 * 86_400_000);
  await environment.teardown();
});
