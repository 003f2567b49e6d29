import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { floorUnder } from '../../domain/policy/law.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { Journey } from './journey.ts';
import { aReceivedReturn, aRequest, type Wish } from './world.ts';

const sale = { placedAt: '2026-02-25T00:00:00.000Z', lastDeliveredAt: '2026-03-01T09:00:00.000Z' };

/** The request of a buyer in Germany who bought from afar, under the law of the land. */
function byLaw(wish: Wish = {}): ReturnType<typeof aRequest> {
  const command = aRequest({ ...wish, order: { ...sale, ...wish.order } });
  const { channel, country } = command.facts.order;
  const floor = floorUnder({ program: 'customer', channel, country, placedAt: sale.placedAt });
  return { ...command, facts: { ...command.facts, floor } };
}
const asked = (wish: Wish = {}) => new Journey().send(byLaw(wish));
const decided = (wish: Wish = {}) => asked(wish).all('line_decided')[0];

const shut: Partial<Policy> = {
  window: { days: 1, byCategory: {}, extensions: [] },
  finalSaleCategories: ['kitchen'],
};

describe('within the legal right to withdraw', () => {
  test('neither a short window nor a final sale keeps goods, and the decision says that it was the law', () => {
    expect(decided({ policy: shut })).toMatchObject({
      verdict: 'eligible',
      codes: ['exempt_by_law'],
      floor: 'eu-withdrawal',
    });
    expect(decided({ policy: shut, lines: [{ sold: { finalSale: true } }] })).toMatchObject({ verdict: 'eligible' });
    expect(decided()).toMatchObject({ codes: ['within_window'], floor: 'eu-withdrawal' });
  });

  test('the policy decides in a store, in another country, and once the time is over', () => {
    const late = { lastDeliveredAt: '2026-02-20T09:00:00.000Z' };
    for (const order of [{ channel: 'store' }, { country: 'US' }, late]) {
      const decision = decided({ policy: shut, order });
      expect(decision).toMatchObject({ verdict: 'ineligible', codes: ['outside_window', 'final_sale'] });
      expect(decision).not.toHaveProperty('floor');
    }
  });

  test('the time begins with the last of the goods', () => {
    const long = { sold: { deliveredAt: '2026-01-01T09:00:00.000Z' } };
    expect(decided({ policy: shut, lines: [long] })?.verdict).toBe('eligible');
    expect(decided({ policy: shut, lines: [long], order: { lastDeliveredAt: null } })?.verdict).toBe('eligible');
  });

  test('opened hygiene goods stay, and so does what was made to order', () => {
    const hygiene = { sold: { hygiene: true } };
    expect(decided({ lines: [{ ...hygiene, opened: true }] })?.codes).toEqual(['opened_hygiene']);
    expect(decided({ policy: shut, lines: [hygiene] })?.codes).toEqual(['exempt_by_law']);
    const made = { ...shut, withdrawalExceptions: { kitchen: 'made_to_order' } as const };
    expect(decided({ policy: made })?.codes).toEqual(['outside_window', 'final_sale']);
  });

  test('what is found opened where it was claimed to be sealed waits for a person', () => {
    const wish = { lines: [{ sold: { hygiene: true } }] };
    const journey = asked(wish)
      .labelBought()
      .track('in_transit')
      .receive([{ sku: 'MUG-1', quantity: 3 }]);
    journey.inspect('P1-1', { facts: { packaging: 'opened' } });
    expect(journey.queue).toEqual(['not_authorized P1-1']);
  });

  test('no restocking fee is taken, but the goods’ loss of value is', () => {
    const fees = { restockingBasisPoints: 1500, returnShipping: {}, waivedFor: [] };
    const settled = (journey: Journey) => {
      journey.inspect('P1-1', { facts: { cosmetic: 'damaged' } });
      return journey.all('settlement_due')[0]?.lines[0];
    };
    const withLaw = asked({ policy: { fees } }).labelBought().track('in_transit');
    const underLaw = settled(withLaw.receive([{ sku: 'MUG-1', quantity: 3 }]));
    expect(underLaw?.restockingFee).toBe(0);
    expect(underLaw?.diminishedValue).toBeGreaterThan(0);
    expect(withLaw.all('quoted')[0]?.lines[0]?.restockingFee).toBe(0);
    expect(settled(aReceivedReturn({ policy: { fees } }))?.restockingFee).toBeGreaterThan(0);
  });

  test('the money may go back the way it came, whatever the policy offers', () => {
    const policy = { refund: { ...byLaw().facts.policy.refund, instruments: ['store_credit' as const] } };
    expect(decided({ policy })?.verdict).toBe('eligible');
    expect(decided({ policy, order: { country: 'US' } })?.codes).toEqual(['instrument_not_offered']);
  });
});

describe('what the buyer paid for the way out', () => {
  const order = { ...sale, shippingCharged: 490, unitsSent: 6 };
  const both = { order, lines: [{}, {}] };
  const settled = (journey: Journey) =>
    journey.all('settlement_due').map(({ total, outboundShipping }) => [total.amount, outboundShipping ?? 0]);

  test('comes back by itself with the last of what was settled in advance', () => {
    const journey = asked({ ...both, timing: 'authorization' })
      .labelBought()
      .track('in_transit');
    expect(settled(journey)).toEqual([[2 * 3213, 0]]);
    journey.receive([{ sku: 'MUG-1', quantity: 3 }], 'P1', true).inspect('P1-1');
    journey.receive([{ sku: 'MUG-2', quantity: 3 }], null).inspect('U2-1');
    expect(settled(journey)).toEqual([
      [2 * 3213, 0],
      [490, 490],
    ]);
  });

  test('comes back with the last of all that was sent, once', () => {
    const journey = asked(both).labelBought().track('in_transit');
    expect(journey.now.quote.amount).toBe(2 * 3213 + 490);
    journey.receive([{ sku: 'MUG-1', quantity: 3 }], 'P1', true).inspect('P1-1');
    expect(settled(journey)).toEqual([[3213, 0]]);
    journey.receive([{ sku: 'MUG-2', quantity: 3 }], null).inspect('U2-1');
    expect(settled(journey)).toEqual([
      [3213, 0],
      [3213 + 490, 490],
    ]);
  });

  test('comes back as one with goods that come together', () => {
    const journey = asked(both).labelBought().track('in_transit');
    journey.receive([
      { sku: 'MUG-1', quantity: 3 },
      { sku: 'MUG-2', quantity: 3 },
    ]);
    journey.inspect('P1-1').inspect('P1-2');
    expect(settled(journey)).toEqual([
      [3213, 0],
      [3213 + 490, 490],
    ]);
    const returned = journey.posted.money.filter(({ credit }) => credit === 'payable_to_customer');
    expect(returned.reduce((sum, { amount }) => sum + amount, 0)).toBe(2 * 3213 + 490);
  });

  test('stays where only a part comes back, where the time is over, and where no law says so', () => {
    const quoted = (wish: Wish) => asked(wish).all('quoted')[0]?.outboundShipping ?? 0;
    expect(quoted(both)).toBe(490);
    expect(quoted({ order })).toBe(0);
    expect(quoted({ ...both, order: { ...order, lastDeliveredAt: '2026-02-20T09:00:00.000Z' } })).toBe(0);
    expect(quoted({ ...both, order: { ...order, country: 'US' } })).toBe(0);
  });

  test('is not what the goods are worth to keep', () => {
    const cheap = { ...both, policy: { returnlessUpTo: { EUR: 2 * 3213 } } };
    const journey = asked(cheap);
    expect(journey.happened).toContain('kept');
    expect(settled(journey)).toEqual([[2 * 3213 + 490, 490]]);
  });
});

test('no policy grants less than the law', () => {
  const anyPolicy = fc.record({
    days: fc.integer({ min: 0, max: 60 }),
    final: fc.boolean(),
    restocking: fc.integer({ min: 0, max: 10_000 }),
    ruled: fc.boolean(),
  });
  fc.assert(
    fc.property(anyPolicy, ({ days, final, restocking, ruled }) => {
      const window = { days, byCategory: { kitchen: days }, extensions: [] };
      const fees = { restockingBasisPoints: restocking, returnShipping: {}, waivedFor: [] };
      const rule = { rule: 'worse', when: { countries: ['DE'] }, set: { window: { days }, finalSale: final, fees } };
      const journey = asked({
        policy: { window, fees, finalSaleCategories: final ? ['kitchen'] : [], rules: ruled ? [rule] : [] },
      });
      expect(journey.all('line_decided')[0]?.verdict).toBe('eligible');
      expect(journey.now.quote.amount).toBe(3213);
    }),
  );
});
