import { afterEach, expect, test } from 'vitest';
import type { OpenReturn } from './returns.ts';
import { skippingTime } from './servers.ts';
import {
  complete,
  confirm,
  handOver,
  hasEnded,
  hasLabel,
  inspect,
  oneRefund,
  receive,
  refundSucceeds,
  voidedLabel,
} from './steps.ts';
import { aWorld } from './world.ts';

const world = aWorld({ server: skippingTime });
const claimed = { 'claim:P1': { opened: 1, cancelled: 0 } };
const once = { booked: 1, cancelled: 0 };
const carrierIsDown = () => world().control('PUT', 'faults', { carrier: { errorRate: 1 } });
const noFaults = () => world().control('DELETE', 'faults');
const isBooked = (its: OpenReturn, pickup: string) => its.until((state) => state.pickups[pickup]?.state === 'booked');
const attempt = async (its: OpenReturn, pickup: string, outcome: 'collected' | 'failed') =>
  its.tell({ type: 'report_pickup', pickup, outcome, at: await its.now() });

afterEach(async () => {
  await noFaults();
});

async function loseParcel(its: OpenReturn): Promise<void> {
  await handOver(its);
  await its.after('11 days', (state) => state.claims?.['P1']?.state === 'opened');
  expect(await its.state()).toMatchObject({ parcels: { P1: { lost: true } } });
}

test('a parcel without news is lost and claimed; a person says that it will not come', async () => {
  const its = await world().aReturn();
  await loseParcel(its);
  expect(await its.resolve('parcel_lost', 'missing')).toMatchObject({ attention: [] });
  await its.tell({ type: 'report_claim', claim: 'P1', outcome: 'refused' });
  await hasEnded(its, 'closed', { money: 'none', claims: claimed });
});

test('where we bear the loss the buyer is paid, and once, though the goods turn up after all', async () => {
  const its = await world().aReturn();
  await loseParcel(its);
  await its.resolve('parcel_lost', 'accept');
  await refundSucceeds(its);
  await its.tell({ type: 'report_claim', claim: 'P1', outcome: 'refused' });
  await its.until((state) => state.phase === 'closed');
  await receive(its);
  await inspect(its);
  await confirm(its, 'P1-1');
  await hasEnded(its, 'closed', { claims: claimed, refunds: oneRefund(5000) });
});

test('a lost parcel that is waited for again can be lost again, and is claimed once', async () => {
  const its = await world().aReturn();
  await loseParcel(its);
  await its.resolve('parcel_lost', 'await');
  expect((await its.state()).parcels['P1']?.lost).toBe(false);
  await its.after('11 days', (state) => state.parcels['P1']?.lost === true);
  await its.resolve('parcel_lost', 'missing');
  await its.tell({ type: 'report_claim', claim: 'P1', outcome: 'refused' });
  await hasEnded(its, 'closed', { claims: claimed });
});

test('news of a lost parcel brings it back, and its goods end its claim', async () => {
  const its = await world().aReturn();
  await loseParcel(its);
  await its.signal({ type: 'track', parcel: 'P1', status: 'out_for_delivery', at: await its.now() });
  await its.until((state) => Object.keys(state.attention).length === 0);
  await receive(its);
  await inspect(its);
  await refundSucceeds(its);
  await confirm(its, 'P1-1');
  await hasEnded(its, 'closed', { claims: { 'claim:P1': { opened: 1, cancelled: 1 } }, refunds: oneRefund(4505) });
});

test('a pickup is booked, and its first scan says that it worked', async () => {
  const its = await world().aReturn({ method: 'pickup' });
  await isBooked(its, 'K1');
  await complete(its);
  expect((await its.state()).pickups['K1']?.state).toBe('collected');
  await hasEnded(its, 'closed', { pickups: { 'pickup:K1': once }, refunds: oneRefund(4505) });
});

test('a failed pickup is booked again twice, then the parcel is dropped off with the label it has', async () => {
  const its = await world().aReturn({ method: 'pickup' });
  for (const pickup of ['K1', 'K2', 'K3']) {
    await isBooked(its, pickup);
    await attempt(its, pickup, 'failed');
  }
  expect(await its.state()).toMatchObject({ parcels: { P1: { method: 'drop_off', label: 'bought' } } });
  expect(await its.events('pickup_due')).toHaveLength(3);
  await complete(its);
  await hasEnded(its, 'closed', {
    pickups: { 'pickup:K1': once, 'pickup:K2': once, 'pickup:K3': once },
    refunds: oneRefund(4505),
  });
});

test('a pickup of which nobody says anything counts as failed after its window', async () => {
  const its = await world().aReturn({ method: 'pickup' });
  await isBooked(its, 'K1');
  await its.after('2 days', (state) => state.pickups['K2']?.state === 'booked');
  expect(await its.events('pickup_failed')).toMatchObject([{ pickup: 'K1', cause: 'silence' }]);
  await attempt(its, 'K2', 'collected');
  expect((await its.state()).parcels['P1']?.tracking).toBe('in_transit');
  await receive(its);
  await inspect(its);
  await refundSucceeds(its);
  await confirm(its, 'P1-1');
  await hasEnded(its, 'closed', {
    pickups: { 'pickup:K1': once, 'pickup:K2': once },
    refunds: oneRefund(4505),
  });
});

test('a cancelled return gives back its label and its pickup', async () => {
  const its = await world().aReturn({ method: 'pickup' });
  await isBooked(its, 'K1');
  expect(await its.tell({ type: 'cancel', note: null })).toMatchObject({ attention: [] });
  await hasEnded(its, 'cancelled', {
    money: 'none',
    labels: voidedLabel,
    pickups: { 'pickup:K1': { booked: 1, cancelled: 1 } },
  });
  expect(await its.refusal({ type: 'cancel', note: null })).toMatchObject({ code: 'return_closed' });
});

test('so does one that is cancelled while its label is being bought', async () => {
  // Slower than the quick attempt waits, so that it is bought outside of the workflow task.
  await world().control('PUT', 'faults', { carrier: { slowMs: 3_000, only: ['shipment.buy'] } });
  const its = await world().aReturn();
  await new Promise((resolve) => setTimeout(resolve, 3_200));
  await its.tell({ type: 'cancel', note: null });
  await hasEnded(its, 'cancelled', { labels: voidedLabel });
});

test('a cancellation in Temporal is a wish to cancel the return', async () => {
  const its = await world().aReturn();
  await hasLabel(its);
  await its.handle().cancel();
  await hasEnded(its, 'cancelled', { labels: voidedLabel });
});

test('a carrier that is away for long is a matter for a person, whose word lets the return go on', async () => {
  await carrierIsDown();
  const its = await world().aReturn();
  await its.after('45 minutes', (state) => Object.keys(state.attention).length > 0);
  expect(Object.values((await its.state()).attention)).toMatchObject([{ reason: 'label_unavailable', subject: 'P1' }]);
  await noFaults();
  await its.resolve('label_unavailable', 'retry');
  await complete(its);
  await hasEnded(its, 'closed', { refunds: oneRefund(4505) });
});

test('nor does a carrier that is away when a label is given back fail anything', async () => {
  const its = await world().aReturn();
  await hasLabel(its);
  await carrierIsDown();
  await its.tell({ type: 'cancel', note: null });
  await its.after('45 minutes', (state) => Object.keys(state.attention).length > 0);
  await noFaults();
  await its.resolve('void_failed', 'retry');
  await hasEnded(its, 'cancelled', { labels: voidedLabel });
});

test('labels and pickups whose answers get lost are bought once', async () => {
  const faults = { timeoutAfterEffectRate: 1, only: ['shipment.buy', 'pickup.buy'], forNext: 2 };
  await world().control('PUT', 'faults', { carrier: faults });
  const its = await world().aReturn({ method: 'pickup' });
  await its.after('1 minute', (state) => state.pickups['K1']?.state === 'booked');
  await complete(its);
  await hasEnded(its, 'closed', { pickups: { 'pickup:K1': once }, refunds: oneRefund(4505) });
});
