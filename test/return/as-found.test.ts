import { describe, expect, test } from 'vitest';
import { aReceivedReturn } from './world.ts';

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
