import { expect, test } from 'vitest';
import { asNew } from '../domain/sale.ts';
import type { OpenReturn } from './returns.ts';
import { skippingTime } from './servers.ts';
import { confirm, handOver, hasEnded, inspect, oneRefund, receive, refundSucceeds } from './steps.ts';
import { aWorld } from './world.ts';

const world = aWorld({ server: skippingTime });
const reasonsOf = async (its: OpenReturn) => Object.values((await its.state()).attention).map(({ reason }) => reason);

test('goods that come in two parcels are settled as they come; the way back is charged once', async () => {
  const its = await world().aReturn({ quantity: 3 });
  await handOver(its);
  expect(await receive(its, 1, { partial: true })).toMatchObject({ attention: [] });
  await inspect(its);
  await refundSucceeds(its);
  await confirm(its, 'P1-1');
  expect((await its.state()).phase).toBe('open');
  await receive(its, 2, { parcel: null });
  await inspect(its, 'U2-1', 2);
  await refundSucceeds(its, 'S2-1');
  await confirm(its, 'U2-1');
  await hasEnded(its, 'closed', {
    money: 'full',
    refunds: { ...oneRefund(4505), ...oneRefund(10_000, 'S2-1') },
  });
});

test('what is short is given up by a person, and paid when it comes after all', async () => {
  const its = await world().aReturn({ quantity: 3 });
  await handOver(its);
  expect(await receive(its, 2)).toMatchObject({ attention: ['short'] });
  await its.resolve('short', 'missing');
  await inspect(its, 'P1-1', 2);
  await refundSucceeds(its);
  await confirm(its, 'P1-1');
  await its.until((state) => state.phase === 'closed');
  await receive(its, 1, { parcel: null });
  await inspect(its, 'U2-1');
  await refundSucceeds(its, 'S2-1');
  await confirm(its, 'U2-1');
  await hasEnded(its, 'closed', { refunds: { ...oneRefund(9505), ...oneRefund(5000, 'S2-1') } });
});

test('the outstanding rest of a return can be cancelled', async () => {
  const its = await world().aReturn({ quantity: 2 });
  await handOver(its);
  await receive(its, 1, { partial: true });
  await its.tell({ type: 'cancel', note: null });
  await inspect(its);
  await refundSucceeds(its);
  await confirm(its, 'P1-1');
  await hasEnded(its, 'closed', { refunds: oneRefund(4505) });
  expect((await its.state()).lines['L1']).toMatchObject({ requested: 2, cancelled: 1, received: 1 });
});

test('more than was asked and other goods wait for a person, and go back to their owner', async () => {
  const its = await world().aReturn();
  await handOver(its);
  const contents = [
    { sku: 'KETTLE', quantity: 2 },
    { sku: 'MUG', quantity: 1 },
  ];
  const received = await its.tell({ type: 'receive', parcel: 'P1', contents, partial: false });
  expect(received.attention).toEqual(['over_receipt', 'wrong_item']);
  await its.resolve('over_receipt', 'acknowledge');
  await its.resolve('wrong_item', 'acknowledge');
  for (const item of ['P1-1', 'P1-2', 'P1-3']) await inspect(its, item);
  await refundSucceeds(its);
  for (const item of ['P1-2', 'P1-3']) {
    expect((await its.state()).items[item]?.choice?.disposition).toBe('quarantine');
    await its.tell({ type: 'dispose', item, disposition: 'return_to_customer', note: 'N1' });
  }
  await confirm(its, 'P1-1', 'P1-2', 'P1-3');
  await hasEnded(its, 'closed', { refunds: oneRefund(4505) });
});

test('an empty box is nothing received', async () => {
  const its = await world().aReturn();
  await handOver(its);
  const received = await its.tell({ type: 'receive', parcel: 'P1', contents: [], partial: false });
  expect(received.attention).toEqual(['empty_box']);
  await its.resolve('empty_box', 'missing');
  await hasEnded(its, 'closed', { money: 'none' });
});

test('a swapped serial goes back unpaid when a person says so', async () => {
  const its = await world().aReturn({ serials: ['SN-1'] });
  await handOver(its);
  const received = await its.tell({
    type: 'receive',
    parcel: 'P1',
    contents: [{ sku: 'KETTLE', quantity: 1, serials: ['SN-9'] }],
    partial: false,
  });
  expect(received.attention).toEqual(['serial_mismatch']);
  await inspect(its);
  expect((await its.state()).items['P1-1']?.acceptance).toBe('pending');
  await its.resolve('serial_mismatch', 'reject');
  await confirm(its, 'P1-1');
  await hasEnded(its, 'closed', { money: 'none' });
});

test('an item splits by what is found; each part is graded, paid and disposed of', async () => {
  const its = await world().aReturn({ quantity: 3 });
  await handOver(its);
  await receive(its, 3);
  await its.tell({
    type: 'inspect',
    item: 'P1-1',
    findings: [
      { quantity: 2, facts: asNew },
      { quantity: 1, facts: { ...asNew, packaging: 'opened', cosmetic: 'damaged' } },
    ],
  });
  await refundSucceeds(its);
  const { items } = await its.state();
  expect(Object.values(items).map(({ item, quantity, grade }) => ({ item, quantity, grade }))).toEqual([
    { item: 'P1-1.1', quantity: 2, grade: 'A' },
    { item: 'P1-1.2', quantity: 1, grade: 'C' },
  ]);
  await confirm(its, 'P1-1.1', 'P1-1.2');
  // 2 × 50.00 and 50.00 less 40 %, less 4.95.
  await hasEnded(its, 'closed', { money: 'full', refunds: oneRefund(12_505) });
});

test('goods that wait too long at the bench, and then for their way, are told of and come off the list', async () => {
  const its = await world().aReturn();
  await handOver(its);
  await receive(its);
  await its.after('49 hours', (state) => Object.keys(state.attention).length > 0);
  expect(await reasonsOf(its)).toEqual(['inspection_late']);
  expect(await inspect(its)).toMatchObject({ attention: [] });
  await its.after('8 days', (state) => Object.keys(state.attention).length > 0);
  expect(await reasonsOf(its)).toEqual(['disposition_late']);
  expect(await confirm(its, 'P1-1')).toMatchObject({ goods: 'closed', attention: [] });
  await hasEnded(its, 'closed', { refunds: oneRefund(4505) });
});

test('a person may choose another way, but no way past a veto', async () => {
  const its = await world().aReturn();
  await handOver(its);
  await receive(its);
  await inspect(its, 'P1-1', 1, { ...asNew, contamination: 'confirmed' });
  const refusal = await its.refusal({ type: 'dispose', item: 'P1-1', disposition: 'restock', note: 'N1' });
  expect(refusal).toMatchObject({ code: 'disposition_vetoed', params: { vetoes: 'contaminated' } });
  await its.tell({ type: 'dispose', item: 'P1-1', disposition: 'destroy', note: 'N1' });
  await refundSucceeds(its);
  await confirm(its, 'P1-1');
  // Grade D by the buyer's fault: 20 % of 50.00, less 4.95.
  await hasEnded(its, 'closed', { refunds: oneRefund(505) });
});
