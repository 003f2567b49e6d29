import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Answer,
  decideResponse,
  outcomes,
  type PositionFacts,
  type Said,
  type Standing,
  saidBy,
} from '../../../domain/recall/response.ts';

const position = (more: Partial<PositionFacts> = {}): PositionFacts => ({
  ...{ sku: 'KETTLE', lot: 'L1', most: 10, cameBack: 0, said: null, from: [], passedOn: [] },
  ...more,
});
const standing = (more: Partial<Standing> = {}, facts: Partial<PositionFacts> = {}): Standing => ({
  ...{ status: 'notified', depth: 'retail', consignee: 'A', positions: [position(facts)] },
  kinds: { B: 'store', C: 'store', S: 'shopper' },
  ...more,
});
const said = (more: Partial<Said> = {}): Said => ({
  ...{ sku: 'KETTLE', lot: 'L1', held: 0, returned: 0, destroyed: 0, corrected: 0, consumed: 0, soldOn: 0 },
  ...{ passedOn: [], proof: null },
  ...more,
});
const wrong = (its: Standing, ...positions: Said[]): string[] => {
  const decision = decideResponse(its, positions);
  return decision.type === 'refused' ? decision.refusals.map(({ code, field }) => `${field}: ${code}`) : [];
};

describe('a response is refused', () => {
  test('before anybody was asked, and after the end', () => {
    expect(wrong(standing({ status: 'drafted' }), said())).toEqual(['recall: recall_not_launched']);
    expect(wrong(standing({ status: 'closed' }), said())).toEqual(['recall: recall_closed']);
    expect(wrong(standing({ status: 'completed' }), said())).toEqual([]);
  });

  test('where it says more than was shipped, less than came back, or of goods that never were there', () => {
    expect(wrong(standing(), said({ held: 4, soldOn: 7 }))).toEqual(['positions[0].soldOn: more_than_shipped']);
    expect(wrong(standing({}, { cameBack: 3 }), said({ held: 7, returned: 2 }))).toEqual([
      'positions[0].returned: less_than_came_back',
    ]);
    expect(wrong(standing(), said({ lot: 'L2' }))).toEqual(['positions[0].lot: not_shipped']);
    expect(wrong(standing(), said({ lot: null }))).toEqual(['positions[0].sku: not_shipped']);
    expect(wrong(standing(), said({ held: -1 }))).toEqual(['positions[0].held: quantity_negative']);
    expect(wrong(standing(), said({ held: Number.NaN }))).toEqual(['positions[0].held: quantity_negative']);
    expect(wrong(standing())).toEqual(['positions: nothing_said']);
    expect(wrong(standing(), said({ held: 1 }), said({ held: 2 }))).toEqual(['positions[1]: position_twice']);
  });

  test('where who is named can’t have the goods', () => {
    const to = (consignee: string, quantity = 1) => said({ soldOn: 5, passedOn: [{ consignee, quantity }] });
    const at = (code: string) => [`positions[0].passedOn[0].consignee: ${code}`];
    expect(wrong(standing(), to('A'))).toEqual(at('sub_consignee_itself'));
    expect(wrong(standing(), to('X'))).toEqual(at('sub_consignee_unknown'));
    expect(wrong(standing(), to('constructor'))).toEqual(at('sub_consignee_unknown'));
    expect(wrong(standing(), to('S'))).toEqual(at('sub_consignee_too_deep'));
    expect(wrong(standing({}, { from: ['B'] }), to('B'))).toEqual(at('goods_came_from_there'));
    expect(wrong(standing(), to('B', 6))).toEqual(['positions[0].passedOn: more_passed_on_than_sold']);
    expect(wrong(standing(), to('B', 0))).toEqual(['positions[0].passedOn[0].quantity: quantity_negative']);
    const passedOn = [{ consignee: 'B', quantity: 5, answered: 4 }];
    expect(wrong(standing({}, { passedOn }), to('B', 3))).toEqual(['positions[0].passedOn: answered_for_already']);
    expect(wrong(standing({}, { passedOn }), to('B', 4))).toEqual([]);
  });
});

test('who isn’t told whom goods were passed on to leaves that as it was', () => {
  const its = standing({}, { passedOn: [{ consignee: 'B', quantity: 5, answered: 0 }] });
  const answer: Answer = { ...said({ soldOn: 6 }), passedOn: null };
  expect(saidBy(its, answer).passedOn).toEqual([{ consignee: 'B', quantity: 5 }]);
  expect(wrong(its, saidBy(its, { ...answer, soldOn: 4 }))).toEqual([
    'positions[0].passedOn: more_passed_on_than_sold',
  ]);
});

const units = fc.integer({ min: -1, max: 6 });
const anySaid = fc
  .record({ held: units, returned: units, destroyed: units, corrected: units, consumed: units, soldOn: units })
  .map((figures) => said(figures));

test('what is taken is never more than can have been there, and said again changes nothing', () => {
  fc.assert(
    fc.property(anySaid, fc.nat({ max: 12 }), fc.nat({ max: 4 }), (one, most, cameBack) => {
      const facts = { most, cameBack };
      const decision = decideResponse(standing({}, facts), [one]);
      const sum = outcomes.reduce((all, outcome) => all + one[outcome], 0);
      const can = outcomes.every((outcome) => one[outcome] >= 0) && sum <= most && one.returned >= cameBack;
      expect(decision.type).toBe(can ? 'accepted' : 'refused');
      if (!can) return;
      const after = standing({ status: 'closed' }, { ...facts, said: one });
      expect(decideResponse(after, [one]).type).toBe('unchanged');
      expect(decideResponse(after, [{ ...one, held: one.held + 1 }]).type).toBe('refused');
    }),
  );
});
