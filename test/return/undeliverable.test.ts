import { describe, expect, test } from 'vitest';
import { settleLine } from '../../domain/money/settlement.ts';
import { defaultPolicies } from '../../domain/policy/defaults.ts';
import { floorUnder } from '../../domain/policy/law.ts';
import type { ReasonCode } from '../../domain/reasons.ts';
import { holdsOf } from '../../domain/return/effects.ts';
import { aSoldLine } from '../domain/sale.ts';
import { requestedAt } from './calendar.ts';
import { Journey } from './journey.ts';
import { aRequest, type Wish } from './world.ts';

const policy = defaultPolicies.find(({ program }) => program === 'undeliverable') ?? {};
const outbound = { carrier: 'UPS', tracking: 'EZ1000000001', at: requestedAt };

/** Three mugs that were sent in one parcel, and that the carrier brings back; the buyer paid 4.90 for the way out. */
const comingBack = (reason: ReasonCode, { floor, ...wish }: Wish & { floor?: true } = {}) => {
  const request = aRequest({
    policy,
    lines: [{ reason, sold: { deliveredAt: null, finalSale: true } }],
    order: { lastDeliveredAt: null, shippingCharged: 490, unitsSent: 3 },
    payments: [{ captured: 100_000 }],
    ...wish,
    request: { program: 'undeliverable', outbound, ...wish.request },
  });
  const law = { program: 'customer', channel: 'web', country: 'DE', placedAt: requestedAt } as const;
  const facts = { ...request.facts, floor: floor === undefined ? null : floorUnder(law) };
  return new Journey().send({ ...request, facts });
};
const arrived = (journey: Journey) => journey.receive([{ sku: 'MUG-1', quantity: 3 }]);
const paid = (journey: Journey) =>
  journey.all('settlement_due').map(({ total, outboundShipping }) => [total.amount, outboundShipping ?? 0]);
const goods = settleLine({
  line: 'L1',
  sold: aSoldLine({}),
  units: [[0, 3]],
  reason: 'undeliverable',
  policy: aRequest({ policy }).facts.policy,
}).amount;

describe('goods that their carrier brings back', () => {
  test('are on their way under the number that they went out with: no label, no time to hand them over', () => {
    const journey = comingBack('unclaimed');
    expect(journey.happened).toEqual(['requested', 'line_decided', 'quoted', 'authorized', 'parcel_expected']);
    expect(journey.effects).toEqual([]);
    expect(journey.now.parcels['P1']).toMatchObject({ label: 'none', trackingNumber: 'EZ1000000001', scanned: true });
    expect(journey.due.map(({ deadline }) => deadline)).toEqual(['lost:P1']);
  });

  test('are refunded as they arrive, whatever the terms of their sale', () => {
    const journey = arrived(comingBack('delivery_refused'));
    expect(paid(journey)).toEqual([[goods, 0]]);
    expect(journey.queue).toEqual([]);
  });

  test('bring the way out back too where the carrier or we are at fault', () => {
    expect(paid(arrived(comingBack('undeliverable')))).toEqual([[goods + 490, 490]]);
    expect(paid(arrived(comingBack('customs_held')))).toEqual([[goods + 490, 490]]);
    expect(comingBack('undeliverable').all('quoted')[0]?.outboundShipping).toBe(490);
  });

  test('bring it back by law too where the buyer has declared to withdraw', () => {
    expect(paid(arrived(comingBack('delivery_refused', { floor: true })))).toEqual([[goods + 490, 490]]);
  });

  test('cost the buyer at fault what the carrier takes, where the policy says so', () => {
    const fees = {
      restockingBasisPoints: 0,
      returnShipping: { EUR: 700 },
      waivedFor: ['us', 'vendor', 'carrier'],
    } as const;
    const charged = (reason: ReasonCode) => paid(arrived(comingBack(reason, { policy: { ...policy, fees } })));
    expect(charged('unclaimed')).toEqual([[goods - 700, 0]]);
    expect(charged('undeliverable')).toEqual([[goods + 490, 490]]);
  });

  test('are not brought back by the news that they come back, and are lost where none comes', () => {
    const journey = comingBack('unclaimed').track('return_to_sender').track('in_transit');
    expect(journey.queue).toEqual([]);
    journey.fires('lost:P1');
    expect(journey.queue).toEqual(['parcel_lost P1']);
    expect(journey.effects.map(({ kind }) => kind)).toEqual(['open_claim']);
    journey.track('return_to_sender');
    expect(journey.now.parcels['P1']?.lost).toBe(false);
  });

  test('that are not in the parcel when it is back are paid all the same: their buyer never had them', () => {
    const emptied = comingBack('undeliverable').receive([]);
    expect(emptied.queue).toEqual(['empty_box P1']);
    expect(paid(emptied.resolve('empty_box', 'accept'))).toEqual([[goods + 490, 490]]);
    const robbed = comingBack('undeliverable').receive([{ sku: 'MUG-1', quantity: 1 }]);
    expect(robbed.queue).toEqual(['short L1']);
    const amounts = paid(robbed.resolve('short', 'accept')).map(([total]) => total ?? 0);
    expect(amounts.reduce((sum, each) => sum + each, 0)).toBe(goods + 490);
  });

  test('that are not in the parcel when it is back are sent again where their buyer chose that', () => {
    const request = { remedy: 'open' } as const;
    const emptied = comingBack('undeliverable', { request }).send({ type: 'choose_remedy', remedy: 'new_shipment' });
    emptied.receive([]).resolve('empty_box', 'accept');
    expect(emptied.queue).toEqual(['new_shipment_due 7K3M-Q9TX-C']);
    expect(paid(emptied)).toEqual([]);
  });

  test('have no other way, and no label', () => {
    const journey = comingBack('unclaimed');
    journey.send({ type: 'change_method', method: 'pickup', note: null });
    expect(journey.refusal).toBe('comes_back_as_sent');
    expect(journey.send({ type: 'add_parcel' }).refusal).toBe('comes_back_as_sent');
  });
});

describe('a buyer who may choose', () => {
  const asked = (wish: Parameters<typeof comingBack>[1] = {}) =>
    comingBack('undeliverable', { ...wish, request: { remedy: 'open', ...wish.request } });
  const again = (journey: Journey) => journey.send({ type: 'ship_anew', carrier: 'UPS', tracking: 'EZ2000000002' });

  test('is paid nothing before that, and once it is chosen', () => {
    const journey = arrived(asked());
    expect(paid(journey)).toEqual([]);
    journey.send({ type: 'choose_remedy', remedy: 'refund' });
    expect(paid(journey)).toEqual([[goods + 490, 490]]);
    expect(journey.send({ type: 'choose_remedy', remedy: 'new_shipment' }).refusal).toBe('remedy_already_chosen');
  });

  test('gets the goods sent again: no money moves, stock leaves once, and the units are free again', () => {
    const journey = arrived(asked().send({ type: 'choose_remedy', remedy: 'new_shipment' }));
    expect(journey.queue).toEqual(['new_shipment_due 7K3M-Q9TX-C']);
    again(journey);
    expect(journey.happened).toContain('shipped_anew');
    expect([journey.queue, paid(journey), journey.effects]).toEqual([[], [], []]);
    const left = journey.posted.stock.filter(({ from, to }) => from === 'sellable' && to === 'customer');
    expect(left.map(({ quantity }) => quantity)).toEqual([3]);
    expect(holdsOf(journey.now, journey.now.lines['L1'] ?? never())).toEqual([]);
    expect(again(journey).refusal).toBe('nothing_to_ship');
    journey.inspect('P1-1').confirm('P1-1');
    expect(journey.now).toMatchObject({ phase: 'closed', outcome: 'completed' });
  });

  test('can have the money after all until the goods have left', () => {
    const journey = arrived(asked().send({ type: 'choose_remedy', remedy: 'new_shipment' }));
    journey.send({ type: 'choose_remedy', remedy: 'refund' });
    expect([journey.queue, paid(journey)]).toEqual([[], [[goods + 490, 490]]]);
    expect(again(journey).refusal).toBe('no_new_shipment');
  });

  test('gets no goods back that are sent again', () => {
    const journey = arrived(asked()).inspect('P1-1');
    const back = { type: 'dispose', item: 'P1-1', disposition: 'return_to_customer', note: 'N' } as const;
    expect(journey.send(back).refusal).toBe('disposition_vetoed');
  });

  test('is sent what the carrier lost on its way back too', () => {
    const journey = asked().send({ type: 'choose_remedy', remedy: 'new_shipment' }).fires('lost:P1');
    journey.resolve('parcel_lost', 'accept');
    expect(again(journey).happened).toContain('shipped_anew');
    expect(paid(journey)).toEqual([]);
  });

  test('has nothing to choose where goods come back otherwise', () => {
    expect(comingBack('unclaimed').send({ type: 'choose_remedy', remedy: 'refund' }).refusal).toBe('no_choice');
  });
});

function never(): never {
  throw new Error('no such line');
}

test('nobody escapes the terms of a sale by saying that goods were never delivered', () => {
  const asked = comingBack('unclaimed', { request: { program: 'customer' } });
  expect(asked.now.lines['L1']?.codes).toContain('reason_not_offered');
});
