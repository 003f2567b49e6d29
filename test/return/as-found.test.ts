import { describe, expect, test } from 'vitest';
import { aCustomerReturn, aReceivedReturn } from './world.ts';

const broken = { facts: { packaging: 'opened', cosmetic: 'damaged' } } as const;
const crushed = [{ sku: 'MUG-1', quantity: 3, damagedInTransit: true }];

describe('goods that were damaged on the way', () => {
  test('cost the buyer nothing, whatever grade they have now', () => {
    const journey = aReceivedReturn({}, crushed).inspect('P1-1', broken);
    expect(journey.now.items['P1-1']).toMatchObject({ grade: 'C', reasonFound: 'damaged_in_transit' });
    expect(journey.now.settlements['S1']).toMatchObject({ total: 3213 });
  });

  test('keep that reason in every part, but where the inspector says otherwise', () => {
    const journey = aReceivedReturn({}, crushed);
    journey.inspect('P1-1', { quantity: 1, ...broken }, { quantity: 2, reason: 'changed_mind', ...broken });
    expect(journey.now.items).toMatchObject({
      'P1-1.1': { reasonFound: 'damaged_in_transit' },
      'P1-1.2': { reasonFound: 'changed_mind' },
    });
    expect(journey.all('settlement_due')[0]?.lines).toMatchObject([{ diminishedValue: 0 }, { diminishedValue: 720 }]);
  });
});

describe('goods that would have been barred as they were found', () => {
  const opened = { facts: { packaging: 'opened' } } as const;
  const cream = { lines: [{ sold: { hygiene: true } }] };
  const finalSale = { lines: [{ reason: 'defective', sold: { finalSale: true } }] } as const;

  test('wait for a person where hygiene goods were opened', () => {
    const journey = aReceivedReturn(cream).inspect('P1-1', { quantity: 2 }, { quantity: 1, ...opened });
    expect(journey.queue).toEqual(['not_authorized P1-1.2']);
    expect(journey.now.items).toMatchObject({
      'P1-1.1': { settled: true },
      'P1-1.2': { settled: false, choice: null },
    });
    journey.resolve('not_authorized', 'reject');
    expect(journey.now.items['P1-1.2']?.choice?.disposition).toBe('return_to_customer');
  });

  test('wait for a person where a final sale has no defect, and are settled as found if that person accepts', () => {
    const journey = aReceivedReturn(finalSale).inspect('P1-1', { reason: 'changed_mind', ...opened });
    expect(journey.queue).toEqual(['not_authorized P1-1']);
    journey.resolve('not_authorized', 'accept');
    expect(journey.now.settlements['S1']?.total).toBe(3213 - 270);
  });

  test('ask nobody where the defect is one, the engine was told before, or the money has gone', () => {
    expect(aReceivedReturn(finalSale).inspect('P1-1').queue).toEqual([]);
    const early = aReceivedReturn({ ...cream, timing: 'receipt' }).inspect('P1-1', opened);
    expect(early.queue).not.toContain('not_authorized P1-1');
    const overridden = aCustomerReturn({ lines: [{ opened: true, sold: { hygiene: true } }] })
      .send({ type: 'override', decisions: [{ line: 'L1', approve: true, note: 'N-1' }] })
      .reserved('L1', 'L1', [[0, 3]])
      .receive([{ sku: 'MUG-1', quantity: 3 }])
      .inspect('P1-1', opened);
    expect(overridden.queue).toEqual([]);
    expect(overridden.now.items['P1-1']?.settled).toBe(true);
  });
});
