import { describe, expect, test } from 'vitest';
import { carrierEventFromWebhook, type TrackingEvent } from '../../activities/carriers/webhook.ts';
import { type PaymentEvent, paymentFromWebhook } from '../../activities/payments/webhook.ts';
import { WebhookRejected } from '../../activities/webhook-rejected.ts';
import {
  aSandbox,
  aWebhookDoor,
  carriersOf,
  eventually,
  paymentsOf,
  type Received,
  secrets,
  type TestSandbox,
} from './world.ts';

const fromCarrier = ({ body, headers }: Received) => carrierEventFromWebhook(body, headers, secrets.carrier);
function tracking(received: Received): TrackingEvent | null {
  const event = fromCarrier(received);
  if (event?.kind === 'claim') throw new Error('not about a parcel');
  return event;
}
const payment = ({ body, headers }: Received): PaymentEvent | null =>
  paymentFromWebhook(body, String(headers['stripe-signature']), secrets.payment);

function firstOf(received: Received[]): Received {
  const [first] = received;
  if (first === undefined) throw new Error('nothing was received');
  return first;
}

const label = (sandbox: TestSandbox, reference = 'RMA1:label:1', method: 'drop_off' | 'pickup' = 'drop_off') =>
  carriersOf(sandbox).buyLabel({
    reference,
    rma: 'RMA1',
    parcel: 'P1',
    facility: 'VENLO',
    weightGrams: 28_350,
    method,
  });

describe("the carrier's webhooks", () => {
  test('tell a parcel’s way, signed as the client library checks it', async () => {
    const door = await aWebhookDoor();
    const sandbox = await aSandbox({ webhookUrls: { carrier: door.url } });
    const { tracking: code } = await label(sandbox);
    for (const move of ['scan', 'fail_attempt', 'out_for_delivery', 'deliver']) await sandbox.move(code, move);
    await eventually(() => door.received.length === 5);
    const events = door.received.map(tracking);
    expect(events.map((event) => event?.status)).toEqual([
      'pre_transit',
      'in_transit',
      'in_transit',
      'out_for_delivery',
      'delivered',
    ]);
    expect(events[0]).toEqual({
      eventId: expect.stringMatching(/^evt_/),
      kind: 'scan',
      tracking: code,
      carrier: 'USPS',
      status: 'pre_transit',
      detail: 'other',
      at: expect.stringMatching(/Z$/),
      weightGrams: 28_350,
    });
    expect(new Set(events.map((event) => event?.eventId)).size).toBe(5);
  });

  test('tell how a claim was answered', async () => {
    const door = await aWebhookDoor();
    const sandbox = await aSandbox({ webhookUrls: { carrier: door.url } });
    const carriers = carriersOf(sandbox);
    const { tracking: code } = await label(sandbox);
    const amount = { amount: 12_345, currency: 'EUR' } as const;
    const claim = { rma: 'RMA1', tracking: code, kind: 'damaged', amount } as const;
    const claims = await Promise.all(
      ['1', '2', '3'].map((n) => carriers.openClaim({ ...claim, reference: `RMA1:claim:${n}` })),
    );
    await sandbox.control('POST', '/claims/RMA1:claim:1/answer', { outcome: 'approved', amount: '100.50' });
    await sandbox.control('POST', '/claims/RMA1:claim:2/answer', { outcome: 'rejected' });
    await carriers.withdrawClaim({ reference: 'RMA1:claim:3', providerId: null });
    await eventually(() => door.received.length === 4);
    const answers = door.received.map(fromCarrier).filter((event) => event?.kind === 'claim');
    const answer = (n: number, status: string, paid: string | null) => ({
      eventId: expect.stringMatching(/^evt_/),
      kind: 'claim',
      reference: `RMA1:claim:${n}`,
      providerId: claims[n - 1]?.providerId,
      status,
      amount: paid,
    });
    expect(answers).toHaveLength(3);
    expect(answers).toEqual(
      expect.arrayContaining([answer(1, 'paid', '100.50'), answer(2, 'refused', null), answer(3, 'refused', null)]),
    );
  });

  test('with another secret, a changed body, no signature or another shape are rejected', async () => {
    const door = await aWebhookDoor();
    const sandbox = await aSandbox({ webhookUrls: { carrier: door.url } });
    await label(sandbox);
    await eventually(() => door.received.length === 1);
    const { body, headers } = firstOf(door.received);
    const changed = Buffer.from(body.toString().replace('pre_transit', 'delivered'));
    expect(() => carrierEventFromWebhook(body, headers, 'another')).toThrow(WebhookRejected);
    expect(() => carrierEventFromWebhook(changed, headers, secrets.carrier)).toThrow('webhook rejected: signature');
    expect(() => carrierEventFromWebhook(body, {}, secrets.carrier)).toThrow('webhook rejected: signature');
  });

  test('say by the first scan that a pickup worked, by an exception that it did not', async () => {
    const door = await aWebhookDoor();
    const sandbox = await aSandbox({ webhookUrls: { carrier: door.url } });
    const carriers = carriersOf(sandbox);
    const { providerId } = await label(sandbox, 'RMA1:label:1', 'pickup');
    const book = (reference: string) =>
      carriers.bookPickup({
        reference,
        rma: 'RMA1',
        parcel: 'P1',
        labelProviderId: providerId,
        windowStart: '2031-03-03T08:00:00Z',
        windowEnd: '2031-03-03T12:00:00Z',
      });
    await book('RMA1:pickup:1');
    await sandbox.control('POST', '/pickups/RMA1:pickup:1/attempt', { outcome: 'failed' });
    await book('RMA1:pickup:2');
    await sandbox.control('POST', '/pickups/RMA1:pickup:2/attempt', { outcome: 'succeeded' });
    await eventually(() => door.received.length === 3);
    expect(door.received.map(tracking).map((event) => [event?.kind, event?.status])).toEqual([
      ['scan', 'pre_transit'],
      ['pickup_failed', 'pre_transit'],
      ['scan', 'in_transit'],
    ]);
  });

  test('give the cause of a failure, and nothing of a parcel that went silent', async () => {
    const door = await aWebhookDoor();
    const sandbox = await aSandbox({ webhookUrls: { carrier: door.url }, autopilotMs: 20 });
    await sandbox.faults({ lostParcels: 1 });
    const silent = await label(sandbox, 'RMA1:label:1');
    await eventually(() => door.received.length === 2);
    await sandbox.faults({});
    const broken = await label(sandbox, 'RMA2:label:1');
    await sandbox.move(broken.tracking, 'damage');
    await sandbox.control('PUT', '/autopilot', { ms: 60_000 });
    await eventually(() => door.received.some((one) => tracking(one)?.detail === 'damaged'));
    const ways = door.received.map(tracking).filter((event) => event?.tracking === silent.tracking);
    expect(ways.map((event) => event?.status)).toEqual(['pre_transit', 'in_transit']);
    await sandbox.move(silent.tracking, 'declare_lost');
    await eventually(() => door.received.some((one) => tracking(one)?.detail === 'lost'));
  });

  test('move on by themselves with the autopilot: a drop-off at once, a pickup through its driver', async () => {
    const sandbox = await aSandbox({ autopilotMs: 20 });
    await label(sandbox, 'RMA1:label:1');
    const waiting = await label(sandbox, 'RMA2:label:1', 'pickup');
    const status = async (reference: string) =>
      (await sandbox.control<{ status: string }[]>('GET', `/parcels?reference=${reference}`))[0]?.status;
    await eventually(async () => (await status('RMA1:label:1')) === 'delivered');
    expect(await status('RMA2:label:1')).toBe('pre_transit');
    await carriersOf(sandbox).bookPickup({
      reference: 'RMA2:pickup:1',
      rma: 'RMA2',
      parcel: 'P1',
      labelProviderId: waiting.providerId,
      windowStart: '2031-03-03T08:00:00Z',
      windowEnd: '2031-03-03T12:00:00Z',
    });
    await eventually(async () => (await status('RMA2:label:1')) === 'delivered');
  });
});

describe("the payment provider's webhooks", () => {
  const refund = (sandbox: TestSandbox, providerPaymentId: string) =>
    paymentsOf(sandbox).issueRefund({
      reference: 'RMA1:refund:1',
      rma: 'RMA1',
      providerPaymentId,
      amount: { amount: 500, currency: 'EUR' },
    });

  test('tell of refunds that settle and fail, with our reference', async () => {
    const door = await aWebhookDoor();
    const sandbox = await aSandbox({ webhookUrls: { payment: door.url } });
    const { paymentIntent } = await sandbox.pay('order-1', 10_000, 'hold');
    await refund(sandbox, paymentIntent);
    await sandbox.control('POST', '/refunds/RMA1:refund:1/turn', { status: 'succeeded' });
    await sandbox.control('POST', '/refunds/RMA1:refund:1/turn', { status: 'failed', reason: 'declined' });
    await eventually(() => door.received.length === 5);
    // charge.refunded is genuine and says nothing that we don't know.
    const events = door.received.map(payment).filter((event) => event !== null);
    expect(events.map((event) => event.status)).toEqual(['pending', 'succeeded', 'failed', 'failed']);
    expect(events.at(-1)).toMatchObject({
      kind: 'refund',
      reference: 'RMA1:refund:1',
      providerPaymentId: paymentIntent,
      reasonCode: 'declined',
    });
  });

  test('tell of disputes', async () => {
    const door = await aWebhookDoor();
    const sandbox = await aSandbox({ webhookUrls: { payment: door.url } });
    const { paymentIntent, charge } = await sandbox.pay('order-1', 10_000);
    const { id } = await sandbox.control<{ id: string }>('POST', '/payments/order-1/dispute', {});
    await sandbox.control('POST', `/disputes/${id}/close`, { outcome: 'won' });
    await eventually(() => door.received.length === 2);
    expect(door.received.map(payment)).toMatchObject([
      {
        kind: 'dispute',
        status: 'open',
        providerPaymentId: paymentIntent,
        charge,
        amount: { amount: 10_000, currency: 'EUR' },
      },
      { kind: 'dispute', status: 'won' },
    ]);
    expect(await refund(sandbox, paymentIntent)).toMatchObject({ status: 'succeeded' });
  });

  test('settle pending refunds by themselves', async () => {
    const door = await aWebhookDoor();
    const sandbox = await aSandbox({ webhookUrls: { payment: door.url } });
    const { paymentIntent } = await sandbox.pay('order-1', 10_000, 'pending');
    expect(await refund(sandbox, paymentIntent)).toMatchObject({ status: 'pending' });
    await eventually(() => door.received.map(payment).some((event) => event?.status === 'succeeded'));
  });

  test('with a wrong or stale signature or a changed body are rejected', async () => {
    const door = await aWebhookDoor();
    const sandbox = await aSandbox({ webhookUrls: { payment: door.url } });
    await refund(sandbox, (await sandbox.pay('order-1', 10_000)).paymentIntent);
    await eventually(() => door.received.length > 0);
    const { body, headers } = firstOf(door.received);
    const signature = String(headers['stripe-signature']);
    const rejected = 'webhook rejected: signature';
    expect(() => paymentFromWebhook(body, signature, 'whsec_other')).toThrow(rejected);
    expect(() => paymentFromWebhook(body, undefined, secrets.payment)).toThrow(rejected);
    expect(() => paymentFromWebhook(body, signature.replace(/t=\d+/, 't=1'), secrets.payment)).toThrow(rejected);
    const changed = Buffer.from(body.toString().replace('500', '900'));
    expect(() => paymentFromWebhook(changed, signature, secrets.payment)).toThrow(rejected);
  });
});

describe('delivery', () => {
  test('is tried again until taken, in order', async () => {
    const door = await aWebhookDoor((nth) => (nth <= 2 ? 503 : 200));
    const sandbox = await aSandbox({ webhookUrls: { carrier: door.url } });
    const { tracking: code } = await label(sandbox);
    await sandbox.move(code, 'scan');
    await sandbox.move(code, 'deliver');
    await eventually(() => door.received.length === 5);
    expect(door.received.map(tracking).map((event) => event?.status)).toEqual([
      'pre_transit',
      'pre_transit',
      'pre_transit',
      'in_transit',
      'delivered',
    ]);
  });

  test('three times and shuffled reaches the door three times in another order', async () => {
    const door = await aWebhookDoor();
    const sandbox = await aSandbox({ webhookUrls: { carrier: door.url } });
    await sandbox.faults({ webhooks: { duplicate: 3, shuffle: true, shuffleMs: 300 } });
    const { tracking: code } = await label(sandbox);
    for (const move of ['scan', 'out_for_delivery', 'deliver']) await sandbox.move(code, move);
    await eventually(() => door.received.length === 12);
    const ids = door.received.map(tracking).map((event) => event?.eventId);
    expect(new Set(ids).size).toBe(4);
    const statuses = door.received.map(tracking).map((event) => event?.status);
    const inOrder = ['pre_transit', 'in_transit', 'out_for_delivery', 'delivered'].flatMap((one) => [one, one, one]);
    expect(statuses).not.toEqual(inOrder);
    expect(statuses.toSorted()).toEqual(inOrder.toSorted());
  });

  test('of a dropped event happens only when asked for again', async () => {
    const door = await aWebhookDoor();
    const sandbox = await aSandbox({ webhookUrls: { carrier: door.url } });
    await sandbox.faults({ webhooks: { dropRate: 1 } });
    await label(sandbox);
    expect(await sandbox.control('GET', '/webhooks')).toMatchObject({
      deliveries: [{ channel: 'carrier', state: 'dropped', count: 1 }],
    });
    await sandbox.control('POST', '/webhooks/redeliver');
    await eventually(() => door.received.length === 1);
  });
});
