import { describe, expect, test } from 'vitest';
import { createEasyPostCarriers } from '../../activities/carriers/easypost.ts';
import type { LabelRequest, PickupRequest } from '../../activities/carriers/port.ts';
import { aSandbox, carriersOf, customer, facility, retrying, someIntents, timeoutMs } from '../sandbox/world.ts';

const aLabel = (more: Partial<LabelRequest> = {}): LabelRequest => ({
  reference: 'RMA1:label:1',
  rma: 'RMA1',
  parcel: 'RMA1-P1',
  facility: 'VENLO',
  weightGrams: 1_200,
  method: 'drop_off',
  ...more,
});
const aPickup = (labelProviderId: string, more: Partial<PickupRequest> = {}): PickupRequest => ({
  reference: 'RMA1:pickup:1',
  rma: 'RMA1',
  parcel: 'RMA1-P1',
  labelProviderId,
  windowStart: '2031-03-03T08:00:00Z',
  windowEnd: '2031-03-03T12:00:00Z',
  ...more,
});

describe('a label', () => {
  test('is bought at the cheapest rate, with its picture', async () => {
    const sandbox = await aSandbox();
    const label = await carriersOf(sandbox).buyLabel(aLabel());
    expect(label).toMatchObject({
      reference: 'RMA1:label:1',
      carrier: 'USPS',
      service: 'GroundAdvantage',
      cost: { amount: 550, currency: 'EUR' },
    });
    expect(JSON.stringify(label)).not.toContain(customer.street1);
    const picture = await fetch(label.labelUrl);
    expect(picture.headers.get('content-type')).toBe('image/png');
    expect(
      Buffer.from(await picture.arrayBuffer())
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
  });

  test('goes from the customer to the facility', async () => {
    const sandbox = await aSandbox();
    const { providerId } = await carriersOf(sandbox).buyLabel(aLabel());
    const answer = await fetch(`${sandbox.url()}/v2/shipments/${providerId}`, {
      headers: { authorization: 'Basic eDo=' },
    });
    // EasyPost swaps the two for a return: it ships to `from_address`.
    expect(await answer.json()).toMatchObject({
      is_return: true,
      to_address: { street1: customer.street1 },
      from_address: { street1: facility.street1 },
    });
  });

  test('asked for twice is one label', async () => {
    const sandbox = await aSandbox();
    const carriers = carriersOf(sandbox);
    const first = await carriers.buyLabel(aLabel());
    expect(await carriers.buyLabel(aLabel())).toEqual(first);
    expect((await sandbox.books()).labels).toEqual({ 'RMA1:label:1': { bought: 1, voided: 0 } });
  });

  test.for(['shipment.create', 'shipment.buy'])('is bought once though the answer of %s got lost', async (call) => {
    const sandbox = await aSandbox();
    const carriers = carriersOf(sandbox);
    await sandbox.faults({ carrier: { timeoutAfterEffectRate: 1, only: [call], forNext: 1 } });
    await expect(carriers.buyLabel(aLabel())).rejects.toMatchObject({
      type: 'carrier.unavailable',
      nonRetryable: false,
      details: [{ code: 'timeout' }],
    });
    const label = await carriers.buyLabel(aLabel());
    expect(label.tracking).toMatch(/^94\d{20}$/);
    expect((await sandbox.books()).labels).toEqual({ 'RMA1:label:1': { bought: 1, voided: 0 } });
  });

  test('is one each though calls fail, stall and get lost at random', { timeout: 60_000 }, async () => {
    const sandbox = await aSandbox();
    const carriers = carriersOf(sandbox);
    await sandbox.faults({ carrier: { errorRate: 0.2, timeoutAfterEffectRate: 0.2, timeoutBeforeEffectRate: 0.05 } });
    const references = Array.from({ length: 20 }, (_, index) => `RMA${index}:label:1`);
    await Promise.all(references.map((reference) => retrying(() => carriers.buyLabel(aLabel({ reference })), 40)));
    const { labels, duplicates } = await sandbox.books();
    expect(Object.keys(labels)).toHaveLength(20);
    expect(Object.values(labels).every(({ bought }) => bought === 1)).toBe(true);
    expect(duplicates.labels).toBe(0);
  });

  test('bought by another attempt meanwhile is answered, not bought again', async () => {
    const sandbox = await aSandbox();
    const intents = someIntents();
    const carriers = carriersOf(sandbox, intents);
    await sandbox.faults({ carrier: { errorRate: 1, only: ['shipment.buy'], forNext: 1 } });
    await expect(carriers.buyLabel(aLabel())).rejects.toMatchObject({ details: [{ code: 'server_error' }] });
    const both = await Promise.all([carriers.buyLabel(aLabel()), carriers.buyLabel(aLabel())]);
    expect(both[0]).toEqual(both[1]);
    expect((await sandbox.books()).labels['RMA1:label:1']).toEqual({ bought: 1, voided: 0 });
  });

  test('is voided once, also when asked twice; one in use is not', async () => {
    const sandbox = await aSandbox();
    const carriers = carriersOf(sandbox);
    const { reference, providerId } = await carriers.buyLabel(aLabel());
    expect(await carriers.voidLabel({ reference, providerId })).toEqual({ outcome: 'voided' });
    expect(await carriers.voidLabel({ reference, providerId })).toEqual({ outcome: 'voided' });
    await expect(carriers.buyLabel(aLabel())).rejects.toMatchObject({ details: [{ code: 'label_voided' }] });
    const used = await carriers.buyLabel(aLabel({ reference: 'RMA1:label:2' }));
    await sandbox.move(used.tracking, 'scan');
    expect(await carriers.voidLabel(used)).toEqual({ outcome: 'already_used' });
    expect((await sandbox.books()).labels['RMA1:label:1']).toEqual({ bought: 1, voided: 1 });
  });

  test('is refused in our words for what the carrier does not take', async () => {
    const sandbox = await aSandbox();
    const carriers = carriersOf(sandbox);
    const business = { type: 'carrier.refused', nonRetryable: true };
    await expect(carriers.buyLabel(aLabel({ weightGrams: 80_000 }))).rejects.toMatchObject({
      ...business,
      message: 'carrier.refused: no_rates',
    });
    await expect(carriers.buyLabel(aLabel({ reference: 'X:1', rma: 'RMA-ERASED' }))).rejects.toMatchObject({
      ...business,
      details: [{ code: 'address_missing' }],
    });
  });
});

describe('the carrier away', () => {
  test.for([
    [500, 'server_error'],
    [502, 'unreadable'],
    [503, 'server_error'],
    [429, 'rate_limited'],
    [401, 'unauthorized'],
  ] as const)('answering %i is retryable as %s', async ([errorStatus, code]) => {
    const sandbox = await aSandbox();
    await sandbox.faults({ carrier: { errorRate: 1, errorStatus } });
    await expect(carriersOf(sandbox).buyLabel(aLabel())).rejects.toMatchObject({
      type: 'carrier.unavailable',
      nonRetryable: false,
      details: [{ code }],
    });
  });

  test('not listening is retryable as connection', async () => {
    const carriers = createEasyPostCarriers({
      apiKey: 'EZTK',
      baseUrl: 'http://127.0.0.1:9/v2/',
      timeoutMs: () => timeoutMs,
      intents: someIntents(),
      addresses: { ofReturn: async () => customer, ofFacility: async () => facility },
    });
    await expect(carriers.buyLabel(aLabel())).rejects.toMatchObject({ details: [{ code: 'connection' }] });
  });

  test('slow beyond the time-out is retryable as timeout, slow within it is only slow', async () => {
    const sandbox = await aSandbox();
    await sandbox.faults({ carrier: { slowMs: timeoutMs + 300, forNext: 1 } });
    const carriers = carriersOf(sandbox);
    await expect(carriers.buyLabel(aLabel())).rejects.toMatchObject({ details: [{ code: 'timeout' }] });
    await sandbox.faults({ carrier: { slowMs: 50 } });
    expect((await carriers.buyLabel(aLabel())).tracking).toBeTruthy();
  });

  test('a failing intent stays its own failure', async () => {
    const sandbox = await aSandbox();
    const intents = { begin: () => Promise.reject(new Error('database away')) };
    await expect(carriersOf(sandbox, intents).buyLabel(aLabel())).rejects.toThrow('database away');
    expect((await sandbox.books()).labels).toEqual({});
  });
});

describe('a pickup', () => {
  test('is booked, and booked once when asked twice', async () => {
    const sandbox = await aSandbox();
    const carriers = carriersOf(sandbox);
    const label = await carriers.buyLabel(aLabel({ method: 'pickup' }));
    const pickup = await carriers.bookPickup(aPickup(label.providerId));
    expect(pickup).toMatchObject({
      cost: { amount: 350, currency: 'EUR' },
      windowStart: '2031-03-03T08:00:00Z',
      windowEnd: '2031-03-03T12:00:00Z',
    });
    expect(await carriers.bookPickup(aPickup(label.providerId))).toEqual(pickup);
    expect((await sandbox.books()).pickups).toEqual({ 'RMA1:pickup:1': { booked: 1, cancelled: 0 } });
  });

  test.for(['pickup.create', 'pickup.buy'])('is booked once though the answer of %s got lost', async (call) => {
    const sandbox = await aSandbox();
    const carriers = carriersOf(sandbox);
    const label = await carriers.buyLabel(aLabel({ method: 'pickup' }));
    await sandbox.faults({ carrier: { timeoutAfterEffectRate: 1, only: [call], forNext: 1 } });
    await expect(carriers.bookPickup(aPickup(label.providerId))).rejects.toMatchObject({
      details: [{ code: 'timeout' }],
    });
    expect((await carriers.bookPickup(aPickup(label.providerId))).confirmation).toMatch(/^WTC/);
    const { pickups, duplicates } = await sandbox.books();
    expect(pickups).toEqual({ 'RMA1:pickup:1': { booked: 1, cancelled: 0 } });
    expect(duplicates.pickups).toBe(0);
  });

  test('is cancelled until the driver has come, also when asked twice', async () => {
    const sandbox = await aSandbox();
    const carriers = carriersOf(sandbox);
    const label = await carriers.buyLabel(aLabel({ method: 'pickup' }));
    const first = await carriers.bookPickup(aPickup(label.providerId));
    expect(await carriers.cancelPickup(first)).toEqual({ outcome: 'cancelled' });
    expect(await carriers.cancelPickup(first)).toEqual({ outcome: 'cancelled' });
    const again = aPickup(label.providerId, { reference: 'RMA1:pickup:2' });
    const second = await carriers.bookPickup(again);
    await sandbox.control('POST', '/pickups/RMA1:pickup:2/attempt', { outcome: 'succeeded' });
    expect(await carriers.cancelPickup(second)).toEqual({ outcome: 'already_done' });
  });

  test('is refused for a window that ends before it starts', async () => {
    const sandbox = await aSandbox();
    const carriers = carriersOf(sandbox);
    const label = await carriers.buyLabel(aLabel());
    const wrong = aPickup(label.providerId, { windowEnd: '2031-03-02T08:00:00Z' });
    await expect(carriers.bookPickup(wrong)).rejects.toMatchObject({
      type: 'carrier.refused',
      nonRetryable: true,
      details: [{ code: 'window_invalid' }],
    });
  });
});

describe('a claim', () => {
  test('is opened once though its answer got lost', async () => {
    const sandbox = await aSandbox();
    const carriers = carriersOf(sandbox);
    const { tracking } = await carriers.buyLabel(aLabel());
    const claim = {
      reference: 'RMA1:claim:1',
      rma: 'RMA1',
      tracking,
      kind: 'lost',
      amount: { amount: 12_345, currency: 'EUR' },
    } as const;
    await sandbox.faults({ carrier: { timeoutAfterEffectRate: 1, only: ['claim.create'], forNext: 1 } });
    await expect(carriers.openClaim(claim)).rejects.toMatchObject({ details: [{ code: 'timeout' }] });
    expect(await carriers.openClaim(claim)).toMatchObject({ status: 'submitted' });
    expect((await sandbox.books()).claims).toEqual({ 'RMA1:claim:1': { opened: 1, cancelled: 0 } });
  });

  test('is withdrawn until it is answered, also when asked twice or never heard of', async () => {
    const sandbox = await aSandbox();
    const carriers = carriersOf(sandbox);
    const { tracking } = await carriers.buyLabel(aLabel());
    const amount = { amount: 12_345, currency: 'EUR' } as const;
    const claim = { rma: 'RMA1', tracking, kind: 'damaged', amount } as const;
    const { providerId } = await carriers.openClaim({ ...claim, reference: 'RMA1:claim:P1' });
    const undo = { reference: 'RMA1:claim:P1', providerId };
    expect(await carriers.withdrawClaim(undo)).toEqual({ outcome: 'withdrawn' });
    expect(await carriers.withdrawClaim({ ...undo, providerId: null })).toEqual({ outcome: 'withdrawn' });
    expect((await sandbox.books()).claims).toEqual({ 'RMA1:claim:P1': { opened: 1, cancelled: 1 } });
    expect(await carriers.withdrawClaim({ reference: 'RMA1:claim:P9', providerId: null })).toEqual({
      outcome: 'nothing',
    });
    await carriers.openClaim({ ...claim, reference: 'RMA1:claim:P1:2' });
    await sandbox.control('POST', '/claims/RMA1:claim:P1:2/answer', { outcome: 'approved' });
    expect(await carriers.withdrawClaim({ reference: 'RMA1:claim:P1:2', providerId: null })).toEqual({
      outcome: 'already_decided',
    });
  });
});
