import { describe, expect, test } from 'vitest';
import type { EligibilityContext } from '../../../domain/eligibility/claim.ts';
import type { DecisionCode } from '../../../domain/eligibility/codes.ts';
import { decideLine, valueOfReturn } from '../../../domain/eligibility/decide-line.ts';
import type { Policy, PolicyRule } from '../../../domain/policy/policy.ts';
import { faultOf, reasonCodes, undeliveredReasons } from '../../../domain/reasons.ts';
import type { RequestedLine, ReturnRequest } from '../../../domain/return/request.ts';
import type { OrderFacts, OrderLineFacts } from '../../../domain/sale/order.ts';
import { anOrder, aPolicy, aSoldLine } from '../sale.ts';

type Changes = {
  line?: Partial<RequestedLine>;
  sold?: Partial<OrderLineFacts>;
  order?: Partial<OrderFacts>;
  request?: Partial<ReturnRequest>;
  policy?: Partial<Policy>;
  at?: string;
};

/** One unit of a mug that the buyer no longer wants, asked for within the window; but for what a test says. */
function aRequest({ line, sold, order, request, policy, at }: Changes = {}): EligibilityContext {
  const requested: RequestedLine = { line: 'L1', orderLine: 'OL1', quantity: 1, reason: 'changed_mind', ...line };
  const soldLine = aSoldLine({ held: [[0, 1]], ...sold });
  const asked: Parameters<typeof valueOfReturn>[0] = {
    order: anOrder({ lines: [soldLine], ...order }),
    request: {
      program: 'customer',
      order: 'O-1',
      lines: [requested],
      method: 'drop_off',
      instrument: 'original',
      facility: 'F-1',
      ...request,
    },
    policy: aPolicy(policy),
    at: at ?? '2026-03-10T12:00:00.000Z',
  };
  return { ...asked, requested, sold: soldLine, value: valueOfReturn(asked) };
}

function decide(changes?: Changes) {
  const { verdict, codes } = decideLine(aRequest(changes));
  return { verdict, codes };
}
const eligible = (code: DecisionCode) => ({ verdict: 'eligible', codes: [code] });
const barred = (...codes: DecisionCode[]) => ({ verdict: 'ineligible', codes });
const review = (...codes: DecisionCode[]) => ({ verdict: 'needs_review', codes });

const late = '2026-06-01T00:00:00.000Z';
const ofDelivered = reasonCodes.filter((reason) => !undeliveredReasons.includes(reason));
const notOwnWish = ofDelivered.filter((reason) => faultOf(reason) !== 'buyer' && reason !== 'recalled');
const ownWish = ofDelivered.filter((reason) => faultOf(reason) === 'buyer');

test('an ordinary request within the window is eligible', () => {
  expect(decide()).toEqual(eligible('within_window'));
});

describe('what stands where a sale stands', () => {
  const notSold = { deliveredAt: null, creditByGrade: { A: 1000, B: 600, C: 300, D: 0 } };

  test.each([
    ['an agreement, before its first moment', 'agreement', 'unsold', '2026-02-28T23:59:59.999Z', ['outside_agreement']],
    ['an agreement, from its first moment', 'agreement', 'unsold', '2026-03-01T00:00:00.000Z', []],
    ['an agreement, to its last moment', 'agreement', 'unsold', '2026-05-31T23:59:59.999Z', []],
    ['an agreement, at its end', 'agreement', 'unsold', '2026-06-01T00:00:00.000Z', ['outside_agreement']],
    ['an offer, to its last moment', 'offer', 'trade_in', '2026-05-31T23:59:59.999Z', []],
    ['an offer, at its end', 'offer', 'trade_in', '2026-06-01T00:00:00.000Z', ['outside_offer']],
  ] as const)('is %s', (_what, kind, program, at, codes) => {
    const order = { kind, validFrom: '2026-03-01T00:00:00.000Z', validUntil: '2026-06-01T00:00:00.000Z' };
    const decided = decide({ sold: notSold, order, request: { program }, at });
    expect(decided.codes.filter((code) => code.startsWith('outside_'))).toEqual(codes);
  });
});

describe('the line', () => {
  test('must be on the order', () => {
    expect(decideLine({ ...aRequest(), sold: null })).toMatchObject(barred('not_on_order'));
  });

  test('must have been delivered', () => {
    expect(decide({ sold: { deliveredAt: null } })).toEqual(barred('not_delivered'));
    expect(decide({ sold: { fulfilled: 0 } })).toEqual(barred('not_delivered'));
    expect(decide({ sold: { deliveredAt: null }, line: { reason: 'defective' } })).toEqual(barred('not_delivered'));
  });

  test('is not returned beyond what the return could hold', () => {
    expect(decide({ line: { quantity: 2 }, sold: { held: [[0, 2]] } })).toEqual(eligible('within_window'));
    expect(
      decide({
        line: { quantity: 2 },
        sold: {
          held: [
            [0, 1],
            [2, 3],
          ],
        },
      }),
    ).toEqual(eligible('within_window'));
    expect(decide({ line: { quantity: 2 }, sold: { held: [[0, 1]] } })).toEqual(barred('exceeds_returnable'));
    expect(decide({ sold: { held: [] }, line: { reason: 'defective' } })).toEqual(barred('exceeds_returnable'));
  });

  test('must carry the serials that were sold, where they were recorded', () => {
    const sold = { serials: ['S1', 'S2'] };
    expect(decide({ sold, line: { serials: ['S2'] } })).toEqual(eligible('within_window'));
    expect(decide({ sold, line: { serials: ['S1', 'S9'] } })).toEqual(barred('serial_not_on_order'));
    expect(decide({ sold })).toEqual(eligible('within_window'));
    expect(decide({ line: { serials: ['S9'] } })).toEqual(eligible('within_window'));
  });
});

describe('the window', () => {
  const window = { days: 30, byCategory: { electronics: 14 }, extensions: [] };

  test('counts from the day after delivery to the end of its last day', () => {
    expect(decide({ policy: { window }, at: '2026-03-31T23:59:59.999Z' })).toEqual(eligible('within_window'));
    expect(decide({ policy: { window }, at: '2026-04-01T00:00:00.000Z' })).toEqual(barred('outside_window'));
  });

  test('goes by category', () => {
    const sold = { category: 'electronics' };
    expect(decide({ policy: { window }, sold, at: '2026-03-15T23:00:00.000Z' })).toEqual(eligible('within_window'));
    expect(decide({ policy: { window }, sold, at: '2026-03-16T00:00:00.000Z' })).toEqual(barred('outside_window'));
    const unruly = { category: 'constructor' };
    expect(decide({ policy: { window }, sold: unruly, at: late })).toEqual(barred('outside_window'));
    expect(decide({ policy: { window: { ...window, byCategory: { kitchen: 0 } } } })).toEqual(barred('outside_window'));
  });

  describe('extended for a season', () => {
    const extensions = [
      { from: '2026-03-01T00:00:00.000Z', to: '2026-03-08T00:00:00.000Z', until: '2026-05-01T00:00:00.000Z' },
    ];
    const policy = { window: { ...window, extensions } };

    test.each([
      ['2026-02-28T23:59:59.999Z', '2026-04-20T00:00:00.000Z', barred('outside_window')],
      ['2026-03-01T00:00:00.000Z', '2026-04-30T23:59:59.999Z', eligible('within_window')],
      ['2026-03-01T00:00:00.000Z', '2026-05-01T00:00:00.000Z', barred('outside_window')],
      ['2026-03-07T23:59:59.999Z', '2026-04-30T00:00:00.000Z', eligible('within_window')],
      ['2026-03-08T00:00:00.000Z', '2026-04-30T00:00:00.000Z', barred('outside_window')],
    ])('delivered %s, asked %s', (deliveredAt, at, decision) => {
      expect(decide({ policy, sold: { deliveredAt }, at })).toEqual(decision);
    });

    test('never gets shorter by it', () => {
      const short = [{ ...extensions[0], until: '2026-03-05T00:00:00.000Z' }] as typeof extensions;
      expect(decide({ policy: { window: { ...window, extensions: short } } })).toEqual(eligible('within_window'));
    });
  });

  test.each(notOwnWish)('does not bar what is %s', (reason) => {
    expect(decide({ at: late, line: { reason } })).toEqual(eligible('exempt_by_fault'));
  });

  test.each(ownWish)('bars %s', (reason) => {
    expect(decide({ at: late, line: { reason } })).toEqual(barred('outside_window'));
  });
});

describe('a final sale', () => {
  test('is barred by its flag or its category', () => {
    expect(decide({ sold: { finalSale: true } })).toEqual(barred('final_sale'));
    expect(decide({ policy: { finalSaleCategories: ['kitchen'] } })).toEqual(barred('final_sale'));
  });

  test.each(notOwnWish)('does not bar what is %s', (reason) => {
    expect(decide({ sold: { finalSale: true }, line: { reason } })).toEqual(eligible('exempt_by_fault'));
  });
});

describe('hygiene goods', () => {
  test('are barred once opened, by flag or category', () => {
    expect(decide({ sold: { hygiene: true }, line: { opened: true } })).toEqual(barred('opened_hygiene'));
    expect(decide({ policy: { hygieneCategories: ['kitchen'] }, line: { opened: true } })).toEqual(
      barred('opened_hygiene'),
    );
    expect(decide({ line: { opened: true } })).toEqual(eligible('within_window'));
  });

  test('come back sealed, or where nobody asked, or where the defect was inside', () => {
    expect(decide({ sold: { hygiene: true }, line: { opened: false } })).toEqual(eligible('within_window'));
    expect(decide({ sold: { hygiene: true } })).toEqual(eligible('within_window'));
    expect(decide({ sold: { hygiene: true }, line: { opened: true, reason: 'defective' } })).toEqual(
      eligible('within_window'),
    );
  });
});

describe('the program', () => {
  test('must offer the method and the instrument', () => {
    expect(decide({ policy: { methods: ['pickup'] } })).toEqual(barred('method_not_offered'));
    expect(decide({ policy: { methods: ['pickup'] }, request: { method: 'pickup' } })).toEqual(
      eligible('within_window'),
    );
    const refund = { ...aPolicy().refund, instruments: ['store_credit'] as const };
    expect(decide({ policy: { refund } })).toEqual(barred('instrument_not_offered'));
  });
});

describe('a person looks', () => {
  test('at hazardous goods', () => {
    expect(decide({ sold: { hazardous: true }, line: { reason: 'defective' } })).toEqual(review('hazardous'));
  });

  test('at blocked buyers', () => {
    expect(decide({ order: { buyerBlocked: true } })).toEqual(review('buyer_blocked'));
  });

  test('at buyers who return more often than the policy lets pass', () => {
    const policy = { review: { aboveAmount: {}, frequentReturns: { count: 3, days: 90 } } };
    expect(decide({ policy, order: { recentReturns: 2 } })).toEqual(eligible('within_window'));
    expect(decide({ policy, order: { recentReturns: 3 } })).toEqual(review('buyer_too_frequent'));
  });

  test('at goods under recall, which neither time nor terms nor opening bars', () => {
    expect(decide({ sold: { recalled: true } })).toEqual(review('under_recall'));
    const terms = { recalled: true, finalSale: true, hygiene: true };
    expect(decide({ sold: terms, line: { opened: true }, at: late })).toEqual(review('under_recall'));
  });

  test('at a recall that only the buyer knows of', () => {
    expect(decide({ line: { reason: 'recalled' }, at: late })).toEqual(review('under_recall'));
  });
});

describe('the value of the whole return', () => {
  const above = (amount: number) => ({ review: { ...aPolicy().review, aboveAmount: { EUR: amount } } });
  const two: Changes['request'] = {
    lines: [
      { line: 'L1', orderLine: 'OL1', quantity: 1, reason: 'changed_mind' },
      { line: 'L2', orderLine: 'OL2', quantity: 1, reason: 'changed_mind' },
    ],
  };
  const mug = aSoldLine({ held: [[0, 1]] });
  const lamp = aSoldLine({ orderLine: 'OL2', held: [[0, 1]] });

  test('waits for a person above the threshold, not at it', () => {
    expect(decide({ policy: above(1071) })).toEqual(eligible('within_window'));
    expect(decide({ policy: above(1070) })).toEqual(review('value_above_review'));
  });

  test('has no threshold in a currency that is not named', () => {
    expect(decide({ policy: above(1), order: { currency: 'JPY' } })).toEqual(eligible('within_window'));
  });

  test('counts all lines, as each could be small', () => {
    expect(decide({ policy: above(2141), request: two, order: { lines: [mug, lamp] } })).toEqual(
      review('value_above_review'),
    );
    expect(decide({ policy: above(2142), request: two, order: { lines: [mug, lamp] } })).toEqual(
      eligible('within_window'),
    );
  });

  test('leaves out what is barred and what is not on the order', () => {
    const lines = [mug, { ...lamp, finalSale: true }];
    expect(valueOfReturn(aRequest({ request: two, order: { lines } }))).toBe(1071);
    expect(valueOfReturn(aRequest({ request: two }))).toBe(1071);
  });
});

describe('the codes', () => {
  test('of a barred line are all that bar it, and none for review', () => {
    const decision = decide({
      sold: { finalSale: true, hygiene: true, hazardous: true, recalled: false, held: [], serials: ['S1'] },
      line: { opened: true, serials: ['S2'] },
      order: { buyerBlocked: true },
      policy: { methods: [], refund: { ...aPolicy().refund, instruments: [] } },
      at: late,
    });
    expect(decision).toEqual(
      barred(
        'outside_window',
        'final_sale',
        'opened_hygiene',
        'exceeds_returnable',
        'serial_not_on_order',
        'method_not_offered',
        'instrument_not_offered',
      ),
    );
  });

  test('of a line in review are all that a person must look at', () => {
    expect(decide({ sold: { hazardous: true }, order: { buyerBlocked: true, recentReturns: 99 } })).toEqual(
      review('hazardous', 'buyer_blocked', 'buyer_too_frequent'),
    );
  });
});

describe('the rule behind a code', () => {
  const rulesOf = (changes: Changes) => decideLine(aRequest(changes)).rules;
  const kitchen = (rule: string, set: PolicyRule['set']): PolicyRule => ({
    rule,
    when: { categories: ['kitchen'] },
    set,
  });

  test('is named for what a policy has a say in, and left out for all else', () => {
    expect(rulesOf({})).toEqual({ within_window: 'base' });
    expect(rulesOf({ at: late })).toEqual({ outside_window: 'base' });
    expect(rulesOf({ sold: { deliveredAt: null } })).toEqual({});
    const rules = [
      kitchen('kitchen-7-days', { window: { days: 7 } }),
      kitchen('kitchen-final', { finalSale: true, hygiene: true, methods: ['pickup'], refund: { instruments: [] } }),
    ];
    expect(rulesOf({ policy: { rules }, line: { opened: true } })).toEqual({
      outside_window: 'kitchen-7-days',
      final_sale: 'kitchen-final',
      opened_hygiene: 'kitchen-final',
      method_not_offered: 'kitchen-final',
      instrument_not_offered: 'kitchen-final',
    });
  });

  test('is that of the extension where the window is longer by it', () => {
    const extensions = [
      { from: '2026-02-01T00:00:00.000Z', to: '2026-04-01T00:00:00.000Z', until: '2026-07-01T00:00:00.000Z' },
    ];
    const rules = [kitchen('spring', { window: { extensions } })];
    expect(rulesOf({ policy: { rules }, at: late })).toEqual({ within_window: 'spring' });
  });

  test('is none where the sale itself says so, whatever a rule grants', () => {
    const rules = [kitchen('never-final', { finalSale: false, hygiene: false })];
    const sold = { finalSale: true, hygiene: true };
    expect(decide({ policy: { rules }, sold, line: { opened: true } })).toEqual(barred('final_sale', 'opened_hygiene'));
    expect(rulesOf({ policy: { rules }, sold, line: { opened: true } })).toEqual({});
    expect(decide({ policy: { rules, finalSaleCategories: ['kitchen'] } })).toEqual(eligible('within_window'));
  });

  test('is named for what sends a line to a person', () => {
    const rules = [kitchen('dear', { review: { aboveAmount: { EUR: 1 }, frequentReturns: { count: 0 } } })];
    expect(rulesOf({ policy: { rules } })).toEqual({ buyer_too_frequent: 'dear', value_above_review: 'dear' });
  });
});
