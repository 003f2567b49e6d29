import Stripe from 'stripe';
import { describe, expect, test } from 'vitest';
import type { RefundRequest } from '../../activities/payments/port.ts';
import { aSandbox, paymentsOf, retrying, someIntents, type TestSandbox, timeoutMs } from '../sandbox/world.ts';

const aRefund = (providerPaymentId: string, more: Partial<RefundRequest> = {}): RefundRequest => ({
  reference: 'RMA1:refund:1',
  rma: 'RMA1',
  providerPaymentId,
  amount: { amount: 2_500, currency: 'EUR' },
  ...more,
});

const stripeOf = (sandbox: TestSandbox) => {
  const { hostname, port } = new URL(sandbox.url());
  return new Stripe('sk_test_sandbox', { protocol: 'http', host: hostname, port: Number(port), maxNetworkRetries: 0 });
};

describe('a refund', () => {
  test.for(['paymentIntent', 'charge'] as const)('of a %s moves money once, also when asked twice', async (which) => {
    const sandbox = await aSandbox();
    const payments = paymentsOf(sandbox);
    const paid = await sandbox.pay('order-1', 10_000);
    const refund = await payments.issueRefund(aRefund(paid[which]));
    expect(refund).toEqual({
      reference: 'RMA1:refund:1',
      providerId: expect.stringMatching(/^re_/),
      status: 'succeeded',
    });
    expect(await payments.issueRefund(aRefund(paid[which]))).toEqual(refund);
    expect((await sandbox.books()).refunds['RMA1:refund:1']).toMatchObject({
      count: 1,
      amount: 2_500,
      currency: 'EUR',
    });
  });

  test('is made once though its answer got lost', async () => {
    const sandbox = await aSandbox();
    const payments = paymentsOf(sandbox);
    const { paymentIntent } = await sandbox.pay('order-1', 10_000);
    await sandbox.faults({ payment: { timeoutAfterEffectRate: 1, only: ['refund.create'], forNext: 1 } });
    await expect(payments.issueRefund(aRefund(paymentIntent))).rejects.toMatchObject({
      type: 'payment.unavailable',
      nonRetryable: false,
      details: [{ code: 'timeout' }],
    });
    expect(await payments.issueRefund(aRefund(paymentIntent))).toMatchObject({ status: 'succeeded' });
    expect((await sandbox.books()).refunds['RMA1:refund:1']).toMatchObject({ count: 1, amount: 2_500 });
  });

  test('is one each though calls fail and get lost at random', { timeout: 60_000 }, async () => {
    const sandbox = await aSandbox();
    const payments = paymentsOf(sandbox);
    await sandbox.faults({ payment: { errorRate: 0.3, timeoutAfterEffectRate: 0.3 } });
    const references = Array.from({ length: 20 }, (_, index) => `RMA${index}:refund:1`);
    await Promise.all(
      references.map(async (reference) => {
        const { paymentIntent } = await sandbox.pay(`order of ${reference}`, 10_000);
        await retrying(() => payments.issueRefund(aRefund(paymentIntent, { reference })), 40);
      }),
    );
    const { refunds, duplicates } = await sandbox.books();
    expect(Object.values(refunds).map(({ count }) => count)).toEqual(references.map(() => 1));
    expect(duplicates.refunds).toBe(0);
  });

  test('asked for after the key lapsed is found by its reference', async () => {
    const sandbox = await aSandbox();
    const { paymentIntent } = await sandbox.pay('order-1', 10_000);
    const first = await paymentsOf(sandbox).issueRefund(aRefund(paymentIntent));
    await sandbox.control('POST', '/idempotency/expire');
    const intents = someIntents();
    intents.age('RMA1:refund:1', 30);
    expect(await paymentsOf(sandbox, intents).issueRefund(aRefund(paymentIntent))).toEqual(first);
    expect((await sandbox.books()).refunds['RMA1:refund:1']).toMatchObject({ count: 1 });
  });

  test('is found among more refunds of its payment than fit a page', { timeout: 30_000 }, async () => {
    const sandbox = await aSandbox();
    const payments = paymentsOf(sandbox);
    const { paymentIntent } = await sandbox.pay('order-1', 100_000);
    for (let nth = 1; nth <= 103; nth += 1)
      await payments.issueRefund(
        aRefund(paymentIntent, { reference: `RMA1:refund:${nth}`, amount: { amount: 10, currency: 'EUR' } }),
      );
    await sandbox.control('POST', '/idempotency/expire');
    const found = await payments.refundStatus({ reference: 'RMA1:refund:1', providerPaymentId: paymentIntent });
    expect(found).toMatchObject({ status: 'succeeded' });
    expect(await payments.refundStatus({ reference: 'other', providerPaymentId: paymentIntent })).toBeNull();
  });

  test('under one reference with two amounts is refused, by key and by metadata', async () => {
    const sandbox = await aSandbox();
    const { paymentIntent } = await sandbox.pay('order-1', 10_000);
    const other = aRefund(paymentIntent, { amount: { amount: 100, currency: 'EUR' } });
    const reused = { type: 'payment.refused', nonRetryable: true, details: [{ code: 'reference_reused' }] };
    const payments = paymentsOf(sandbox);
    await payments.issueRefund(aRefund(paymentIntent));
    await expect(payments.issueRefund(other)).rejects.toMatchObject(reused);
    await expect(paymentsOf(sandbox).issueRefund(other)).rejects.toMatchObject(reused);
    expect((await sandbox.books()).refunds['RMA1:refund:1']).toMatchObject({ count: 1, amount: 2_500 });
  });

  test('beyond what is left, of a refunded, disputed or unknown payment is refused in our words', async () => {
    const sandbox = await aSandbox();
    const payments = paymentsOf(sandbox);
    const { paymentIntent } = await sandbox.pay('order-1', 3_000);
    const of = (nth: number, amount: number, payment = paymentIntent) =>
      payments.issueRefund(aRefund(payment, { reference: `RMA1:refund:${nth}`, amount: { amount, currency: 'EUR' } }));
    const refusedAs = (code: string) => ({
      type: 'payment.refused',
      message: `payment.refused: ${code}`,
      nonRetryable: true,
    });
    await expect(of(1, 3_001)).rejects.toMatchObject(refusedAs('amount_too_large'));
    await of(2, 1_000);
    await of(3, 2_000);
    await expect(of(4, 1)).rejects.toMatchObject(refusedAs('charge_already_refunded'));
    await expect(of(5, 1, 'pi_none')).rejects.toMatchObject({ type: 'payment.unknown_payment', nonRetryable: true });
    const disputed = await sandbox.pay('order-2', 3_000);
    await sandbox.control('POST', '/payments/order-2/dispute', {});
    await expect(of(6, 1, disputed.paymentIntent)).rejects.toMatchObject(refusedAs('payment_disputed'));
  });

  test('can wait, and fail after all with its reason', async () => {
    const sandbox = await aSandbox();
    const payments = paymentsOf(sandbox);
    const { paymentIntent } = await sandbox.pay('order-1', 10_000, 'hold');
    expect(await payments.issueRefund(aRefund(paymentIntent))).toMatchObject({ status: 'pending' });
    await sandbox.control('POST', '/refunds/RMA1:refund:1/turn', { status: 'failed', reason: 'lost_or_stolen_card' });
    const status = await payments.refundStatus({ reference: 'RMA1:refund:1', providerPaymentId: paymentIntent });
    expect(status).toMatchObject({ status: 'failed', reasonCode: 'lost_or_stolen_card' });
    // The amount is free again for another try, under another reference.
    const again = aRefund(paymentIntent, { reference: 'RMA1:refund:2', amount: { amount: 10_000, currency: 'EUR' } });
    expect(await payments.issueRefund(again)).toMatchObject({ status: 'pending' });
  });
});

describe('the payment provider away', () => {
  test.for([
    [500, 'server_error'],
    [502, 'unreadable'],
    [409, 'in_progress'],
    [429, 'rate_limited'],
    [401, 'unauthorized'],
  ] as const)('answering %i is retryable as %s', async ([errorStatus, code]) => {
    const sandbox = await aSandbox();
    const { paymentIntent } = await sandbox.pay('order-1', 10_000);
    await sandbox.faults({ payment: { errorRate: 1, errorStatus } });
    await expect(paymentsOf(sandbox).issueRefund(aRefund(paymentIntent))).rejects.toMatchObject({
      type: 'payment.unavailable',
      nonRetryable: false,
      details: [{ code }],
    });
  });

  test('slow beyond the time-out is retryable as timeout', async () => {
    const sandbox = await aSandbox();
    const { paymentIntent } = await sandbox.pay('order-1', 10_000);
    await sandbox.faults({ payment: { slowMs: timeoutMs + 300, forNext: 1 } });
    const payments = paymentsOf(sandbox);
    await expect(payments.issueRefund(aRefund(paymentIntent))).rejects.toMatchObject({
      details: [{ code: 'timeout' }],
    });
    expect(await payments.issueRefund(aRefund(paymentIntent))).toMatchObject({ status: 'succeeded' });
    expect((await sandbox.books()).duplicates.refunds).toBe(0);
  });
});

describe("Stripe's own rules, by its official client", () => {
  test('a key used again gives the first answer, with other parameters an error', async () => {
    const sandbox = await aSandbox();
    const stripe = stripeOf(sandbox);
    const intent = await stripe.paymentIntents.create({
      amount: 5_000,
      currency: 'eur',
      confirm: true,
      payment_method: 'pm_card_visa',
      metadata: { order: '7' },
    });
    expect(intent).toMatchObject({ status: 'succeeded', metadata: { order: '7' } });
    const ask = (amount: number) =>
      stripe.refunds.create({ payment_intent: intent.id, amount }, { idempotencyKey: 'key-1' });
    const first = await ask(100);
    const again = await ask(100);
    expect(again.id).toBe(first.id);
    expect(again.lastResponse.headers['idempotent-replayed']).toBe('true');
    await expect(ask(200)).rejects.toMatchObject({ type: 'StripeIdempotencyError', statusCode: 400 });
    const charge = await stripe.charges.retrieve(String(intent.latest_charge));
    expect(charge).toMatchObject({ amount_refunded: 100, refunded: false });
  });

  test('refunds are listed newest first, page by page', async () => {
    const sandbox = await aSandbox();
    const stripe = stripeOf(sandbox);
    const { paymentIntent: payment_intent, charge } = await sandbox.pay('order-1', 5_000);
    const other = await sandbox.pay('order-2', 5_000);
    const made: string[] = [];
    for (let nth = 0; nth < 5; nth += 1) made.unshift((await stripe.refunds.create({ payment_intent, amount: 10 })).id);
    await stripe.refunds.create({ payment_intent: other.paymentIntent, amount: 10 });
    const first = await stripe.refunds.list({ payment_intent, limit: 2 });
    expect(first).toMatchObject({ has_more: true });
    const listed: string[] = [];
    for await (const { id } of stripe.refunds.list({ charge, limit: 2 })) listed.push(id);
    expect(listed).toEqual(made);
  });
});
