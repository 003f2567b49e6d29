import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createStripeCards } from '../../activities/payments/cards.ts';
import type { CardRequest } from '../../activities/payments/port.ts';
import { aSandbox, cardsOf, retrying, someIntents } from '../sandbox/world.ts';

const reference = 'RMA1:hold:H1';
const euros = (amount: number) => ({ amount, currency: 'EUR' }) as const;
const aHold = (providerPaymentId: string, more: Partial<CardRequest> = {}): CardRequest => ({
  ...{ reference, rma: 'RMA1', providerPaymentId, amount: euros(2_500), consent: 'AGREED-1' },
  ...more,
});
const capture = (providerId: string, amount = 1_000) => ({
  ...{ reference: 'RMA1:capture:H1', rma: 'RMA1', providerId, amount: euros(amount) },
});

describe('a hold on a card', () => {
  test.for(['paymentIntent', 'charge'] as const)(
    'of a %s is placed once, taken in part, and no more',
    async (which) => {
      const sandbox = await aSandbox();
      const cards = cardsOf(sandbox);
      const paid = await sandbox.pay('order-1', 10_000);
      const held = await cards.placeHold(aHold(paid[which]));
      expect(await cards.placeHold(aHold(paid[which]))).toEqual(held);
      expect(await cards.captureHold(capture(held.providerId))).toEqual(held);
      expect(await cards.captureHold(capture(held.providerId))).toEqual(held);
      const again = { type: 'payment.refused', details: [{ code: 'reference_reused' }] };
      await expect(cards.captureHold(capture(held.providerId, 1_500))).rejects.toMatchObject(again);
      expect((await sandbox.books()).holds[reference]).toEqual({ placed: 1, released: 0, captured: 1_000 });
      const release = { reference, providerPaymentId: paid[which], providerId: held.providerId };
      expect(await cards.releaseHold(release)).toEqual({ released: false });
    },
  );

  test('is let go, also where nobody knows whether it was placed', async () => {
    const sandbox = await aSandbox();
    const cards = cardsOf(sandbox);
    const { paymentIntent } = await sandbox.pay('order-1', 10_000);
    const unknown = { reference, providerPaymentId: paymentIntent, providerId: null };
    expect(await cards.releaseHold(unknown)).toEqual({ released: true });
    const { providerId } = await cards.placeHold(aHold(paymentIntent));
    expect(await cards.releaseHold(unknown)).toEqual({ released: true });
    expect(await cards.releaseHold({ ...unknown, providerId })).toEqual({ released: true });
    const lapsed = { type: 'payment.refused', details: [{ code: 'hold_lapsed' }] };
    await expect(cards.captureHold(capture(providerId))).rejects.toMatchObject(lapsed);
    await expect(cards.placeHold(aHold(paymentIntent))).rejects.toMatchObject(lapsed);
    expect((await sandbox.books()).holds[reference]).toEqual({ placed: 1, released: 1, captured: 0 });
  });

  test('that its bank is still taking is asked for again: nobody knows yet what was taken', async () => {
    const intent = { object: 'payment_intent', id: 'pi_h', amount: 2_500, amount_received: 0, status: 'processing' };
    const bank = createServer((_request, response) => response.end(JSON.stringify(intent))).listen(0, '127.0.0.1');
    onTestFinished(() => void bank.close());
    await once(bank, 'listening');
    const baseUrl = `http://127.0.0.1:${(bank.address() as AddressInfo).port}`;
    const options = { apiKey: 'sk_test_sandbox', baseUrl, timeoutMs: () => 2_000, intents: someIntents() };
    const unknown = { type: 'payment.unavailable', nonRetryable: false, details: [{ code: 'in_progress' }] };
    await expect(createStripeCards(options).captureHold(capture('pi_h'))).rejects.toMatchObject(unknown);
  });

  test('asked for after the key lapsed is found by its reference', async () => {
    const sandbox = await aSandbox();
    const { paymentIntent } = await sandbox.pay('order-1', 10_000);
    const held = await cardsOf(sandbox).placeHold(aHold(paymentIntent));
    const intents = someIntents();
    intents.age(reference, 25);
    await sandbox.faults({ payment: { errorRate: 1, only: ['payment_intent.create'] } });
    expect(await cardsOf(sandbox, intents).placeHold(aHold(paymentIntent))).toEqual(held);
    const dearer = aHold(paymentIntent, { amount: euros(9_000) });
    const reused = { type: 'payment.refused', details: [{ code: 'reference_reused' }] };
    await expect(cardsOf(sandbox, intents).placeHold(dearer)).rejects.toMatchObject(reused);
  });

  test('beside it, what is owed is charged once, by a reference of its own', async () => {
    const sandbox = await aSandbox();
    const cards = cardsOf(sandbox);
    const { paymentIntent } = await sandbox.pay('order-1', 10_000);
    await cards.placeHold(aHold(paymentIntent));
    const owed = aHold(paymentIntent, { reference: 'RMA1:charge:C1', amount: euros(700) });
    await sandbox.faults({ payment: { timeoutAfterEffectRate: 1, only: ['payment_intent.create'], forNext: 1 } });
    await expect(cards.chargeCard(owed)).rejects.toMatchObject({ type: 'payment.unavailable' });
    const charged = await cards.chargeCard(owed);
    expect(await cards.chargeCard(owed)).toEqual(charged);
    expect(await sandbox.books()).toMatchObject({ charges: { 'RMA1:charge:C1': 1 }, duplicates: { charges: 0 } });
  });

  test.for([
    ['declines', 'card_declined'],
    ['not_kept', 'card_not_kept'],
  ] as const)('of a card that %s is refused, and so again', async ([card, code]) => {
    const sandbox = await aSandbox();
    const cards = cardsOf(sandbox);
    const { paymentIntent } = await sandbox.pay('order-1', 10_000, 'succeed', card);
    const refused = { type: 'payment.refused', nonRetryable: true, details: [{ code }] };
    await expect(cards.placeHold(aHold(paymentIntent))).rejects.toMatchObject(refused);
    await expect(cards.placeHold(aHold(paymentIntent))).rejects.toMatchObject(refused);
    expect((await sandbox.books()).holds).toEqual({});
  });

  test('is placed and taken once each though answers get lost, and keys with them', { timeout: 60_000 }, async () => {
    const sandbox = await aSandbox();
    const cards = cardsOf(sandbox);
    await sandbox.faults({ payment: { errorRate: 0.2, timeoutAfterEffectRate: 0.2 } });
    const references = Array.from({ length: 10 }, (_, index) => `RMA${index}:hold:H1`);
    await Promise.all(
      references.map(async (each) => {
        const { paymentIntent } = await sandbox.pay(`order of ${each}`, 10_000);
        const held = await retrying(() => cards.placeHold(aHold(paymentIntent, { reference: each })), 60);
        await retrying(() => cards.captureHold({ ...capture(held.providerId), reference: `${each}:capture` }), 60);
      }),
    );
    const { holds, duplicates } = await sandbox.books();
    expect(Object.values(holds)).toEqual(references.map(() => ({ placed: 1, released: 0, captured: 1_000 })));
    expect(duplicates.holds).toBe(0);
  });
});
