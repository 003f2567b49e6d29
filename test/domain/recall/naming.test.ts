import { expect, test } from 'vitest';
import { chainAbove, type Naming, refuseNaming, subConsigneeId } from '../../../domain/recall/naming.ts';
import type { Said } from '../../../domain/recall/response.ts';

const said = (...named: string[]): Said => ({
  ...{ sku: 'S', lot: null, held: 0, returned: 0, destroyed: 0, corrected: 0, consumed: 0, soldOn: 9, proof: null },
  passedOn: named.map((consignee) => ({ consignee, quantity: 1 })),
});
const refusals = (naming: Partial<Naming>, ...positions: Said[]) =>
  refuseNaming({ channel: 'link', fresh: ['sub:A/1'], named: 0, below: 0, ...naming }, positions).map(
    ({ code, field }) => `${field}: ${code}`,
  );

test('whom another named is known by its id, whatever is in theirs', () => {
  const below = subConsigneeId(subConsigneeId('A/B', '1'), '2');
  expect(below).toBe('sub:sub:A/B/1/2');
  expect(chainAbove(below)).toEqual(['sub:A/B/1', 'A/B']);
  // A is not who named what A/B named.
  expect(chainAbove('sub:A/B/1')).toEqual(['A/B']);
  expect([chainAbove('A'), chainAbove('sub:'), chainAbove('sub:A')]).toEqual([[], [], []]);
});

test('one link has only so many written to, whoever of a chain has it; staff take down more', () => {
  const many = ['positions[1].passedOn: sub_consignees_too_many'];
  expect(refusals({ named: 499 }, said('B'), said('sub:A/1'))).toEqual([]);
  expect(refusals({ named: 500 }, said('B'), said('sub:A/1'))).toEqual(many);
  expect(refusals({ below: 1_000 }, said('B'), said('sub:A/1'))).toEqual(many);
  expect(refusals({ named: 500, below: 1_000, fresh: [] }, said('sub:A/1'))).toEqual([]);
  expect(refusals({ named: 500, below: 1_000, channel: 'api' }, said('sub:A/1'))).toEqual([]);
});

test('a chain is no longer than goods go', () => {
  const chain = (length: number): string => (length === 0 ? 'A' : subConsigneeId(chain(length - 1), '1'));
  const far = ['positions[0].passedOn: sub_consignee_too_far'];
  expect(refusals({ channel: 'api', fresh: [chain(5)] }, said(chain(5)))).toEqual([]);
  expect(refusals({ channel: 'api', fresh: [chain(6)] }, said(chain(6)))).toEqual(far);
  const long = subConsigneeId('A'.repeat(490), '123456');
  expect(refusals({ channel: 'api', fresh: [long] }, said(long))).toEqual(far);
});
