import { expect, test } from 'vitest';
import { readTail } from '../../activities/journal/tail.ts';
import type { LoanKind } from '../../domain/loan/kind.ts';
import { withClient } from '../../prisma/client.ts';
import { worn } from '../domain/loan/world.ts';
import { aLoan } from './loans.ts';
import { skippingTime } from './servers.ts';
import { aWorld } from './world.ts';

const world = aWorld({ server: skippingTime });
const DAY = 86_400_000;

test('two years of a loan: four times longer, then late by weeks, back worn out, and paid', async () => {
  const extension = { upTo: 'P730D', feePerDay: 10 };
  const terms = { extension, lostAfter: 'P200D', overdueFee: 20, overdueCap: 5_000 };
  const its = await aLoan(world(), { days: 146, deposit: 10_000, terms });
  for (let time = 1; time <= 4; time += 1) {
    await world().skip('140 days');
    const { until } = await its.until((state) => state.remindedTo > state.openedAt);
    const longer = new Date(Date.parse(until) + 146 * DAY).toISOString();
    await its.tell({ type: 'ask_extension', until: longer });
  }
  await its.until((state) => state.extensions === 4 && state.extensionFees === 4 * 146 * 10);
  await world().skip('171 days');
  const back = await its.comesBack();
  await its.until((state) => state.isOverdue);
  await world().skip('70 days');
  await its.until(({ units }) => (units['U1']?.fee ?? 0) > 0);
  const { number } = its;
  await back.until((state) => state.parcels['P1']?.label === 'bought');
  await back.tell({
    ...{ type: 'receive', parcel: 'P1', partial: false },
    contents: [{ sku: 'KETTLE', quantity: 1, serials: [number] }],
  });
  await its.hears(({ units }) => units['U1']?.stage === 'back');
  const facts = { ...worn, cosmetic: 'damaged' } as const;
  await back.tell({ type: 'inspect', item: 'P1-1', findings: [{ quantity: 1, facts }] });
  const { units, owed } = await its.hears((state) => state.units['U1']?.stage === 'inspected');
  // Days of 20 each since the end, damage of a quarter of 300.00, and the fees of longer terms, less the deposit.
  expect(units['U1']?.fee).toBeGreaterThanOrEqual(70 * 20);
  expect(owed).toBe((units['U1']?.fee ?? 0) + 7_500 + 5_840 - 10_000);
  const { attention } = await its.state();
  const [asked] = Object.values(attention);
  await its.tell({ type: 'resolve', attention: asked?.attention ?? '', resolution: 'paid', note: 'N1' });
  expect(await its.handle.result()).toEqual({ status: 'closed' });
  await back.tell({ type: 'dispose', item: 'P1-1', disposition: 'recycle', note: 'N1' });
  await back.tell({ type: 'confirm_disposition', item: 'P1-1', evidence: 'SCRAP-1' });
  await back.closed();

  const { rows } = await withClient(world().pool, (client) => readTail<LoanKind>(client, `loan:${number}`, 0));
  const events = rows.flatMap((row) => row.events);
  expect(events.length).toBeLessThan(60);
  expect(events.filter(({ type }) => type === 'fees_accrued').length).toBeLessThanOrEqual(4);
  expect(events.at(-1)).toMatchObject({ type: 'closed', outcome: 'returned' });
});
