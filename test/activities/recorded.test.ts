import { createHmac } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { carrierEventFromWebhook } from '../../activities/carriers/webhook.ts';
import { claimAnswer, pickupAnswer, shipmentAnswer } from '../../activities/carriers/wire.ts';
import { refundSchema, standing } from '../../activities/payments/wire.ts';

// Exchanges that the vendors recorded and documented themselves. They lie beside the checkout, not in it.
const data = join(import.meta.dirname, '../../../shared/data');

const read = (...path: string[]) => JSON.parse(readFileSync(join(data, ...path), 'utf8'));
const sign = (body: Buffer, secret: string) => ({
  'x-hmac-signature': `hmac-sha256-hex=${createHmac('sha256', secret).update(body).digest('hex')}`,
});

describe.skipIf(!existsSync(data))('what the vendors recorded (skipped where ../shared/data is absent)', () => {
  test("is readable in every answer of EasyPost's test mode", () => {
    const readers: [RegExp, (answer: unknown) => { id: string }][] = [
      [/\/v2\/shipments(\/shp_\w+\/(buy|refund))?$/, shipmentAnswer],
      [/\/v2\/pickups(\/pickup_\w+(\/(buy|cancel))?)?$/, pickupAnswer],
      [/\/v2\/claims(\/clm_\w+(\/cancel)?)?$/, claimAnswer],
    ];
    let count = 0;
    for (const file of readdirSync(join(data, 'easypost/cassettes'))) {
      for (const { method, url, status, response_body } of read('easypost/cassettes', file).entries) {
        const reader = readers.find(([path]) => path.test(url))?.[1];
        if (reader === undefined || status >= 400 || (method === 'GET' && response_body.id === undefined)) continue;
        expect(reader(response_body).id, `${file} ${url}`).toBe(response_body.id);
        count += 1;
      }
    }
    expect(count).toBeGreaterThan(20);
  });

  test("is readable in EasyPost's documented tracker event", () => {
    const body = readFileSync(join(data, 'easypost/docs_responses/webhook-event-body.json'));
    expect(carrierEventFromWebhook(body, sign(body, 'secret'), 'secret')).toEqual({
      eventId: 'evt_1',
      kind: 'scan',
      tracking: '1',
      carrier: 'FedEx',
      status: 'in_transit',
      detail: 'other',
      at: '2024-08-02T18:50:00Z',
      // 614.4 ounces.
      weightGrams: 17_418,
    });
  });

  test("is readable in Stripe's refund fixture", () => {
    const { refund } = read('stripe/fixtures_subset.json');
    expect(standing(refundSchema.parse(refund))).toEqual({ status: 'succeeded' });
  });
});

test('news of a carrier that lie ahead are of now: its clock runs fast, or tells the time of its own zone', () => {
  const result = {
    ...{
      object: 'Tracker',
      tracking_code: 'EZ1',
      carrier: 'USPS',
      status: 'in_transit',
      updated_at: '2024-08-02T18:50:00Z',
    },
    tracking_details: [{ datetime: '2099-01-01T00:00:00Z' }],
  };
  const body = Buffer.from(JSON.stringify({ id: 'evt_1', description: 'tracker.updated', result }));
  const { at } = z.object({ at: z.string() }).parse(carrierEventFromWebhook(body, sign(body, 'secret'), 'secret'));
  expect(Math.abs(Date.parse(at) - Date.now())).toBeLessThan(60_000);
});
