import { describe, expect, test } from 'vitest';
import { aCustomerReturn, type Wish } from './world.ts';

const along = { rma: '73MN-Q9TX-0', carrier: 'UPS', tracking: '1Z1' };
const shared = (wish: Wish = {}): Wish => ({ ...wish, request: { method: 'along', along, ...wish.request } });
const fees = { restockingBasisPoints: 0, returnShipping: { EUR: 495 }, waivedFor: [] };

describe('goods that come in the parcel of another return', () => {
  test('need no label, cost no way back, and are tracked by that parcel', () => {
    const journey = aCustomerReturn(shared({ policy: { fees } }));
    expect(journey.happened.slice(-2)).toEqual(['authorized', 'parcel_expected']);
    expect(journey.effects).toEqual([]);
    expect(journey.now.parcels).toMatchObject({ P1: { label: 'none', carrier: 'UPS', trackingNumber: '1Z1' } });
    expect(journey.now.quote.amount).toBe(3213);
    journey.track('in_transit');
    expect(journey.due.map(({ deadline }) => deadline)).toContain('lost:P1');
    journey.receive([{ sku: 'MUG-1', quantity: 3 }]).inspect('P1-1');
    expect(journey.now.settlements).toMatchObject({ S1: { total: 3213, shippingFee: 0 } });
  });

  test('are claimed for by their own return where the parcel is lost', () => {
    const journey = aCustomerReturn(shared()).track('in_transit');
    journey.fires('lost:P1');
    expect(journey.effects.map(({ kind }) => kind)).toContain('open_claim');
  });

  test('expire and remind like any others where the parcel never comes', () => {
    expect(aCustomerReturn(shared()).due.map(({ deadline }) => deadline)).toContain('expiry');
  });

  test('are never let be, as their parcel comes anyway', () => {
    const journey = aCustomerReturn(shared({ policy: { returnlessUpTo: { EUR: 100_000 } } }));
    expect(journey.now.lines['L1']).toMatchObject({ kept: 0, outstanding: 3 });
  });

  test('get a label of their own where somebody changes the way', () => {
    const journey = aCustomerReturn(shared());
    journey.send({ type: 'change_method', method: 'drop_off', note: null });
    expect(journey.effects).toMatchObject([{ kind: 'buy_label', parcel: 'P2' }]);
    expect(journey.send({ type: 'change_method', method: 'along', note: null }).refusal).toBe('method_not_offered');
  });

  test('are barred where no parcel is named', () => {
    const journey = aCustomerReturn({ request: { method: 'along' } });
    expect(journey.all('line_decided')).toMatchObject([{ codes: ['method_not_offered'] }]);
  });
});
