import { describe, expect, test } from 'vitest';
import { parseRma, sectionRma, wholeOf } from '../../domain/numbers/rma.ts';
import { asNew } from '../domain/sale.ts';
import { aCustomerReturn, aReceivedReturn, rma } from './world.ts';

const byFreight = {
  methods: ['freight'],
  refund: { timing: 'inspection', instruments: ['credit_memo'], pendingCheck: 'PT24H' },
} as const;
const twoLines = {
  lines: [{}, {}],
  request: { program: 'business', method: 'freight', instrument: 'credit_memo' },
  policy: byFreight,
} as const;
const findings = [{ quantity: 3, facts: asNew }];
const bothIn = () =>
  aCustomerReturn(twoLines).send({
    type: 'receive',
    parcel: null,
    contents: [
      { sku: 'MUG-1', quantity: 3 },
      { sku: 'MUG-2', quantity: 3 },
    ],
    partial: false,
    delivery: 'ASN-1',
  });

describe('many items at once', () => {
  test('freight comes without a label of ours', () => {
    const journey = aCustomerReturn(twoLines);
    expect(journey.effects).toEqual([]);
    expect(Object.keys(journey.now.parcels)).toEqual([]);
  });

  test('are settled together, where one after the other makes a settlement each', () => {
    const items = [
      { item: 'U1-1', findings },
      { item: 'U1-2', findings },
    ];
    const together = bothIn().send({ type: 'inspect_items', items });
    expect(together.all('settlement_due')).toHaveLength(1);
    const oneByOne = bothIn();
    for (const each of items) oneByOne.send({ type: 'inspect', ...each });
    expect(oneByOne.all('settlement_due')).toHaveLength(2);
    const total = (journey: typeof together) =>
      journey.all('settlement_due').reduce((sum, due) => sum + due.total.amount, 0);
    expect(total(together)).toBe(total(oneByOne));
  });

  test('are refused together where one can’t be done', () => {
    const journey = bothIn().send({
      type: 'inspect_items',
      items: [
        { item: 'U1-1', findings },
        { item: 'U9-1', findings },
      ],
    });
    expect(journey.refusal).toBe('unknown_item');
    expect(journey.now.items['U1-1']?.stage).toBe('received');
    expect(journey.send({ type: 'confirm_items', items: [], evidence: 'A-1' }).refusal).toBe('unknown_item');
  });

  test('are confirmed with one piece of evidence', () => {
    const journey = bothIn()
      .send({ type: 'inspect_items', items: ['U1-1', 'U1-2'].map((item) => ({ item, findings })) })
      .outcome('issue_credit_memo:S1-1', { type: 'refunded', status: 'pending', providerId: rma })
      .send({ type: 'confirm_items', items: ['U1-1', 'U1-2'], evidence: 'A-01' });
    expect(journey.now.phase).toBe('open');
    journey.send({ type: 'refund_update', refund: 'S1-1', status: 'succeeded', providerId: 'main-000001' });
    expect(journey.now).toMatchObject({ phase: 'closed', outcome: 'completed' });
  });

  test('a credit memo that nobody has issued yet is asked for again', () => {
    const journey = bothIn()
      .send({ type: 'inspect_items', items: ['U1-1', 'U1-2'].map((item) => ({ item, findings })) })
      .outcome('issue_credit_memo:S1-1', { type: 'refunded', status: 'pending', providerId: rma })
      .fires('refund:S1-1');
    expect(journey.effects).toMatchObject([{ kind: 'issue_credit_memo', id: 'issue_credit_memo:S1-1#1' }]);
  });
});

describe('a section’s share of a delivery', () => {
  test('that brought nothing of it is no empty box; the last one says what is short', () => {
    const journey = aCustomerReturn(twoLines).send({
      type: 'receive',
      parcel: null,
      contents: [],
      partial: false,
      delivery: 'ASN-2',
    });
    expect(journey.queue).toEqual(['short L1', 'short L2']);
    expect(aReceivedReturn({}, []).queue).toEqual(['empty_box P1']);
  });

  test('goes to the line that asked for its lot, and a lot that none asked for waits for a person', () => {
    const oneSku = {
      ...twoLines,
      lines: [
        { sold: { sku: 'MUG' }, lots: ['A'] },
        { sold: { sku: 'MUG' }, lots: ['B'] },
      ],
    };
    const came = (lot: string) =>
      aCustomerReturn(oneSku).send({
        type: 'receive',
        parcel: null,
        contents: [{ sku: 'MUG', quantity: 3, lot }],
        partial: true,
        delivery: 'ASN-1',
      });
    expect(came('B').now.items['U1-1']).toMatchObject({ line: 'L2', lot: 'B' });
    expect(came('B').queue).toEqual([]);
    expect(came('C').queue).toEqual(['lot_mismatch U1-1']);
  });
});

test('the worth of the whole, not of a section, goes before a person', () => {
  const review = { review: { aboveAmount: { EUR: 50_000 }, frequentReturns: { count: 5, days: 90 } } };
  const asked = (worth: number) =>
    aCustomerReturn({
      ...twoLines,
      policy: { ...byFreight, ...review },
      request: { ...twoLines.request, section: { worth } },
    });
  expect(asked(50_000).now.phase).toBe('open');
  expect(asked(50_001).queue).toEqual([`review ${rma}`]);
});

test('a section is known by the number of its whole, as people write it', () => {
  const whole = '73MN-Q9TX-0';
  expect(sectionRma(whole, 7)).toBe('73MN-Q9TX-0.07');
  expect(parseRma('73mnq9tx0.07')).toBe('73MN-Q9TX-0.07');
  expect(parseRma('73MN-Q9TX-0.00')).toBeNull();
  expect(parseRma('73MN-Q9TX-1.01')).toBeNull();
  expect([wholeOf('73MN-Q9TX-0.07'), wholeOf(whole)]).toEqual([whole, null]);
});
