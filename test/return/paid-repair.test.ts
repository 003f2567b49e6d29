import { describe, expect, test } from 'vitest';
import { repairQuoteOut } from '../../api/returns/repair-quotes.ts';
import type { WorkResult } from '../../domain/goods/work.ts';
import { project } from '../../domain/return/project.ts';
import { initialState } from '../../domain/return/state.ts';
import type { WarrantyTerms } from '../../domain/sale/warranty.ts';
import { asNew } from '../domain/sale.ts';
import { arrived, broken, claimedFor, policy, serials } from './broken-drills.ts';
import type { Journey } from './journey.ts';
import type { Wish } from './world.ts';

const terms = { quoteValidFor: 'P14D', reminders: ['P7D'], diagnosisFee: { EUR: 2500 }, coverMonths: 6 } as const;
const warranty: WarrantyTerms = { months: 24, byCategory: {}, replacementMonths: 6, paidRepair: terms };
const consent = { reference: 'AGREED-1', at: '2026-03-10T09:00:00.000Z' };

/** Drills that were delivered three years ago have stopped working; their owner wants them mended. */
const anOldDrill = (wish: Wish = {}, claimed: readonly string[] = ['S-1']): Journey =>
  claimedFor(
    'repair',
    { ...wish, policy: { warranty, ...wish.policy } },
    { deliveredAt: '2023-03-01T09:00:00.000Z' },
    claimed,
  );

/** 35.00 and 19 % of tax, as the drills were taxed. */
const quote = {
  type: 'quote_repair',
  item: 'P1-1',
  because: 'out_of_warranty',
  parts: 1000,
  labour: 2000,
  fee: 500,
} as const;
const says = (answer: 'accept' | 'return_to_customer' | 'dispose', item = 'P1-1') =>
  ({ type: 'answer_repair_quote', item, answer }) as const;
const quoted = (journey = arrived(anOldDrill())): Journey => journey.send(quote);
const paid = (journey = quoted()): Journey =>
  journey
    .send(says('accept'))
    .send({ type: 'settle_clawback', clawback: 'C1', how: 'paid', note: 'N', reference: 'ch_9' });

const worked = (journey: Journey, ...results: Partial<WorkResult>[]): Journey =>
  journey
    .send({
      ...{ type: 'take_up', item: 'P1-1', execution: 'RF-1', disposition: 'repair_and_return' },
      quantity: journey.now.items['P1-1']?.quantity ?? 0,
    })
    .send({
      ...{ type: 'record_work', item: 'P1-1', execution: 'RF-1' },
      results: results.map((result) => ({
        ...{ quantity: 1, serials: [], outcome: 'mended', facts: { ...asNew, packaging: 'opened' }, added: 0 },
        ...result,
      })),
    });
const beyondRepair = { outcome: 'beyond_repair', facts: null } as const;

const rows = (journey: Journey) => project(initialState, journey.now, journey.recorded);
const way = (journey: Journey, item = 'P1-1') => journey.now.items[item]?.choice?.disposition ?? null;
const balances = (journey: Journey) =>
  ['cash_clearing', 'receivable_from_customer', 'customer_prepayments', 'repair_sales', 'tax'].map((account) =>
    journey.balance(account),
  );

describe('a claim whose warranty is over', () => {
  test('is taken in to be mended for what its owner agrees to pay, where the policy has that', () => {
    expect(anOldDrill().all('line_decided')).toMatchObject([{ verdict: 'eligible', codes: ['paid_repair'] }]);
    const { paidRepair: _, ...without } = warranty;
    const barred = anOldDrill({ policy: { warranty: without } });
    expect(barred.all('line_decided')).toMatchObject([{ verdict: 'ineligible', codes: ['outside_warranty'] }]);
  });

  test('is barred where something else than a repair is asked for', () => {
    const asked = claimedFor('replacement', { policy: { warranty } }, { deliveredAt: '2023-03-01T09:00:00.000Z' });
    expect(asked.all('line_decided')).toMatchObject([{ verdict: 'ineligible', codes: ['outside_warranty'] }]);
  });

  test('still goes to a person who has to look at it', () => {
    const review = { aboveAmount: { EUR: 100 }, frequentReturns: { count: 10, days: 90 } };
    const journey = anOldDrill({ policy: { review } });
    expect(journey.all('line_decided')[0]?.codes).toEqual(['value_above_review', 'paid_repair']);
    journey.send({ type: 'review', decisions: [{ line: 'L1', approve: true, note: 'N' }] });
    expect(arrived(journey).queue).toEqual(['repair_quote_due P1-1']);
  });

  test('is known by the serial that came, whichever was named', () => {
    const covered = { deliveredAt: '2023-03-01T09:00:00.000Z', coveredUntil: { 'S-2': '2026-09-01T00:00:00.000Z' } };
    const named = () => claimedFor('repair', { policy: { warranty } }, { ...covered, serials }, ['S-2']);
    expect(named().all('line_decided')[0]?.codes).toEqual(['within_warranty']);
    expect(way(arrived(named(), ['S-2']))).toBe('repair_and_return');
    const other = arrived(named(), ['S-1']);
    expect([way(other), other.queue]).toEqual([null, ['repair_quote_due P1-1']]);
  });

  test('is paid for unit by unit where some of those that came together are covered', () => {
    const covered = { deliveredAt: '2023-03-01T09:00:00.000Z', coveredUntil: { 'S-2': '2026-09-01T00:00:00.000Z' } };
    const priced = { ...warranty, paidRepair: { ...terms, prices: { kitchen: { EUR: 3000 } } } };
    const both = ['S-1', 'S-2'];
    const journey = arrived(
      claimedFor('repair', { policy: { warranty: priced } }, { ...covered, serials }, both),
      both,
    );
    expect([journey.all('repair_quoted'), journey.queue]).toEqual([[], ['repair_quote_due P1-1']]);
    expect(journey.send(quote).refusal).toBe('covered_by_warranty');
    const facts = { ...asNew, ...broken };
    const apart = both.map((serial) => ({ quantity: 1, serials: [serial], facts }));
    journey.send({ type: 'inspect', item: 'P1-1', findings: apart });
    journey.send({ ...quote, item: 'P1-1.1' });
    expect(journey.refusal).toBeNull();
    expect([way(journey, 'P1-1.1'), way(journey, 'P1-1.2')]).toEqual([null, 'repair_and_return']);
    expect(journey.queue).toEqual([]);
  });
});

describe('the quote for a repair', () => {
  test('is a person’s to write, with the tax that the goods bore; nothing is done before', () => {
    const journey = arrived(anOldDrill());
    expect([way(journey), journey.queue]).toEqual([null, ['repair_quote_due P1-1']]);
    quoted(journey);
    expect(journey.all('repair_quoted')).toMatchObject([
      { price: { tax: 665 }, total: { amount: 4165 }, diagnosis: { amount: 2975 }, until: '2026-03-24T12:00:00.000Z' },
    ]);
    expect([way(journey), journey.queue]).toEqual([null, []]);
    expect(journey.inspect('P1-1').refusal).toBe('repair_quoted');
  });

  test('is the policy’s price for goods of a category that has one', () => {
    const prices = { kitchen: { EUR: 3000 } };
    const journey = arrived(anOldDrill({ policy: { warranty: { ...warranty, paidRepair: { ...terms, prices } } } }));
    expect(journey.all('repair_quoted')).toMatchObject([{ price: { labour: 3000 }, total: { amount: 3570 } }]);
    expect(journey.queue).toEqual([]);
  });

  test('is replaced by another as long as nobody has answered', () => {
    const journey = quoted()
      .later(3)
      .send({ ...quote, parts: 0 });
    expect(journey.now.items['P1-1']?.paidRepair).toMatchObject({ total: 2975, until: '2026-03-27T12:00:00.000Z' });
    journey.send(says('accept'));
    expect(journey.send(quote).refusal).toBe('quote_answered');
  });

  test('is agreed to by its total, not one that took its place meanwhile', () => {
    const journey = quoted().send({ ...quote, labour: 4000 });
    expect(journey.send({ ...says('accept'), total: 4165 }).refusal).toBe('quote_has_changed');
    journey.send({ ...says('accept'), total: 6545 });
    expect(journey.now.clawbacks).toMatchObject({ C1: { total: 6545 } });
    expect(journey.send({ ...says('accept'), total: 6545 }).happened).toEqual([]);
    expect(journey.send({ ...says('accept'), total: 4165 }).refusal).toBe('quote_not_open');
  });

  test('is shown of the very item, also where that was split off before', () => {
    const facts = { ...asNew, ...broken };
    const journey = arrived(anOldDrill({}, serials), serials);
    journey.send({ type: 'inspect', item: 'P1-1', findings: [{ quantity: 1, serials: ['S-1'], facts }] });
    journey.send({ ...quote, item: 'P1-1.1' }).send({ ...quote, labour: 4000 });
    paid(journey);
    const shown = (item: string) => {
      const events = journey.recorded.map(({ event }) => event);
      const { state, total } = repairQuoteOut(item, events, 'EUR') ?? {};
      return [state, total?.amount];
    };
    expect([shown('P1-1.1'), shown('P1-1')]).toEqual([
      ['open', '41.65'],
      ['paid', '65.45'],
    ]);
    worked(journey, { serials: ['S-2'] }, { serials: ['S-3'], ...beyondRepair });
    expect(['P1-1.1', 'P1-1.2', 'P1-1.3'].map(shown)).toEqual([
      ['open', '41.65'],
      ['paid', '65.45'],
      ['ended', '65.45'],
    ]);
  });

  test('is reminded of, and without an answer the goods go back as they came', () => {
    const journey = quoted().fires('quote:P1-1');
    expect(journey.happened).toEqual(['repair_quote_reminded']);
    journey.fires('quote:P1-1');
    expect(journey.at).toBe('2026-03-24T12:00:00.000Z');
    expect(journey.all('paid_repair_ended')).toMatchObject([{ why: 'lapsed', repay: { amount: 0 } }]);
    expect(way(journey)).toBe('return_to_customer');
    expect(journey.send(says('accept')).refusal).toBe('quote_not_open');
  });

  test('of nothing is a repair for goodwill, which nobody has to agree to', () => {
    const free = arrived(anOldDrill()).send({ ...quote, parts: 0, labour: 0, fee: 0 });
    expect(way(free)).toBe('repair_and_return');
    expect(free.send({ ...says('accept'), total: 0 }).happened).toEqual([]);
    expect(free.posted.money.filter(({ debit }) => debit !== 'carrier_costs')).toEqual([]);
  });

  test('is refused where its amounts can’t be meant, and where nothing is to be mended', () => {
    const journey = arrived(anOldDrill());
    expect(journey.send({ ...quote, labour: -1 }).refusal).toBe('amount_not_positive');
    expect(journey.send({ ...quote, parts: 0.5 }).refusal).toBe('amount_not_positive');
    expect(journey.send({ ...quote, item: 'P9' }).refusal).toBe('unknown_item');
    expect(journey.send(says('accept')).refusal).toBe('quote_not_open');
    const money = claimedFor('original', { policy: { warranty } });
    expect(arrived(money).send(quote).refusal).toBe('not_under_repair');
    const { paidRepair: _, ...without } = warranty;
    const never = arrived(claimedFor('repair', { policy: { warranty: without } }));
    expect(never.send({ ...quote, because: 'caused_by_buyer' }).refusal).toBe('paid_repair_not_offered');
  });
});

describe('an owner who agrees', () => {
  test('pays before work begins, and what is mended is earned once it is back', () => {
    const journey = quoted().send(says('accept'));
    expect(journey.now.clawbacks).toMatchObject({ C1: { cause: 'repair', total: 4165, state: 'open' } });
    expect([way(journey), balances(journey)]).toEqual([null, [0, 4165, -4165, 0, 0]]);
    paid(journey);
    expect(journey.all('clawback_ended')).toMatchObject([{ how: 'paid', reference: 'ch_9' }]);
    expect(way(journey)).toBe('repair_and_return');
    expect(rows(journey).items[0]?.gain).toBe(3500);
    worked(journey, {}).confirm('P1-1');
    expect(balances(journey)).toEqual([4165, 0, 0, -3500, -665]);
    expect(journey.now).toMatchObject({ phase: 'closed', outcome: 'completed', settlements: {} });
    expect(journey.send(says('accept')).happened).toEqual([]);
  });

  test('is covered for that repair, and may claim for the goods again', () => {
    const journey = worked(paid(), {}).confirm('P1-1');
    expect(rows(journey).warranties).toMatchObject([{ serial: 'S-1', until: '2026-09-11T00:00:00.000Z' }]);
    expect(rows(journey).lines[0]?.holds).toEqual([]);
  });

  test('has the card charged who agreed to that', () => {
    if (policy.refund === undefined) throw new Error('the default policy says how it pays');
    const journey = quoted(arrived(anOldDrill({ request: { consent } }))).send(says('accept'));
    expect(journey.effects).toMatchObject([{ kind: 'charge_card', clawback: 'C1', amount: 4165 }]);
    journey.outcome('charge_card:C1', { type: 'card_charged', providerId: 'pi_c' });
    expect(journey.all('repair_paid')).toMatchObject([{ received: { amount: 4165 }, charge: 'pi_c' }]);
    expect(way(journey)).toBe('repair_and_return');
  });

  test('and then doesn’t pay gets the goods back as they came, and owes nothing', () => {
    const journey = quoted().send(says('accept'));
    expect(journey.send({ type: 'end_repair', item: 'P1-1', why: 'withdrawn', note: 'N' }).refusal).toBe(
      'repair_unpaid',
    );
    journey.fires('dunning:C1').fires('dunning:C1').fires('dunning:C1');
    expect(journey.resolve('clawback_unpaid', 'external').refusal).toBe('repair_not_collected');
    journey.resolve('clawback_unpaid', 'write_off');
    expect(journey.all('paid_repair_ended')).toMatchObject([{ why: 'unpaid' }]);
    journey.confirm('P1-1');
    expect([balances(journey), journey.balance('write_off')]).toEqual([[0, 0, 0, 0, 0], 0]);
    expect(journey.now.phase).toBe('closed');
  });

  test('pays nothing where the claim is waived', () => {
    const journey = quoted().send(says('accept'));
    journey.send({ type: 'settle_clawback', clawback: 'C1', how: 'waived', note: 'N' });
    expect(way(journey)).toBe('repair_and_return');
    worked(journey, beyondRepair);
    expect([journey.balance('goodwill'), journey.balance('customer_prepayments'), journey.queue]).toEqual([0, 0, []]);
  });
});

describe('an owner who doesn’t', () => {
  test('gets the goods back as they came, owes for having them looked at, and may claim again', () => {
    const journey = quoted().send(says('return_to_customer'));
    expect(journey.now.clawbacks).toMatchObject({ C1: { cause: 'diagnosis', total: 2975 } });
    expect(way(journey)).toBe('return_to_customer');
    expect(journey.send(says('return_to_customer')).happened).toEqual([]);
    journey.confirm('P1-1').send({ type: 'settle_clawback', clawback: 'C1', how: 'paid', note: 'N' });
    expect(balances(journey)).toEqual([2975, 0, 0, -2500, -475]);
    expect(journey.all('returned_unrepaired')).toHaveLength(1);
    expect([rows(journey).lines[0]?.holds, rows(journey).warranties]).toEqual([[], []]);
    expect(journey.now.phase).toBe('closed');
  });

  test('may leave them to be scrapped', () => {
    const journey = quoted().send(says('dispose'));
    expect(way(journey)).toBe('recycle');
    journey.confirm('P1-1');
    expect([journey.balance('inventory_at_cost'), journey.all('returned_unrepaired')]).toEqual([0, []]);
  });
});

describe('what was paid for and can’t be mended', () => {
  const stillOwed = (journey: Journey): number => -journey.balance('customer_prepayments');

  test('goes back, and so does the money, to the card that was charged, once', () => {
    const agreed = quoted(arrived(anOldDrill({ request: { consent } }))).send(says('accept'));
    const journey = worked(
      agreed.outcome('charge_card:C1', { type: 'card_charged', providerId: 'pi_c' }),
      beyondRepair,
    );
    expect(journey.all('paid_repair_ended')).toMatchObject([{ why: 'not_repairable', repay: { amount: 4165 } }]);
    expect(journey.effects).toMatchObject([{ kind: 'repay_charge', charge: 'pi_c', amount: 4165 }]);
    journey.confirm('P1-1');
    expect([journey.now.phase, stillOwed(journey)]).toEqual(['open', 4165]);
    const back = { type: 'refunded', status: 'succeeded', providerId: 're_1' } as const;
    journey.outcome('repay_charge:P1-1', back);
    expect([journey.now.phase, balances(journey)]).toEqual(['closed', [0, 0, 0, 0, 0]]);
    expect(journey.outcome('repay_charge:P1-1', back).happened).toEqual([]);
  });

  test('is paid back by a person where the card can’t take it', () => {
    const agreed = quoted(arrived(anOldDrill({ request: { consent } }))).send(says('accept'));
    const journey = worked(
      agreed.outcome('charge_card:C1', { type: 'card_charged', providerId: 'pi_c' }),
      beyondRepair,
    );
    journey.outcome('repay_charge:P1-1', { type: 'unavailable', code: 'timeout' });
    expect([journey.queue, journey.effects]).toEqual([['payment_unavailable repay_charge:P1-1'], []]);
    journey.resolve('payment_unavailable', 'retry');
    journey.outcome('repay_charge:P1-1', { type: 'refused', code: 'charge_already_refunded' });
    expect([journey.queue, journey.effects]).toEqual([['repair_repayment P1-1'], []]);
  });

  test('is paid back by a person where no card was charged, and its owner may have it recycled', () => {
    const journey = worked(paid(), { ...beyondRepair, outcome: 'given_up' });
    expect(journey.all('paid_repair_ended')).toMatchObject([{ why: 'too_costly' }]);
    expect(journey.queue).toEqual(['repair_repayment P1-1']);
    journey.send({ type: 'dispose', item: 'P1-1', disposition: 'recycle', note: 'N' }).confirm('P1-1');
    expect(journey.now.phase).toBe('open');
    journey.resolve('repair_repayment', 'paid');
    expect([journey.now.phase, balances(journey)]).toEqual(['closed', [0, 0, 0, 0, 0]]);
  });

  test('of several units is paid back for those alone', () => {
    const journey = arrived(anOldDrill({}, serials), serials).send(quote);
    worked(paid(journey), { serials: ['S-1'] }, { serials: ['S-2'] }, { serials: ['S-3'], ...beyondRepair });
    expect(journey.all('paid_repair_ended')).toMatchObject([{ item: 'P1-1.3', repay: { amount: 1388 } }]);
    journey.resolve('repair_repayment', 'paid').confirm('P1-1.1', 'P1-1.2', 'P1-1.3');
    expect(balances(journey)).toEqual([2777, 0, 0, -2333, -444]);
    expect(journey.now.phase).toBe('closed');
  });

  test('as a veto bars it, is known before anybody quotes, and costs nothing', () => {
    const journey = arrived(anOldDrill(), ['S-1'], { contamination: 'confirmed' });
    expect(journey.all('paid_repair_ended')).toMatchObject([{ why: 'not_repairable', repay: { amount: 0 } }]);
    expect(journey.now.clawbacks).toBeUndefined();
  });

  test('is not what was mended already', () => {
    const journey = worked(paid(), {});
    const end = { type: 'end_repair', item: 'P1-1', why: 'withdrawn', note: 'N' } as const;
    expect(journey.send(end).refusal).toBe('not_under_repair');
  });

  test('as a lead says so, goes back before it is at the bench; there is no other remedy', () => {
    const journey = paid();
    const end = { type: 'end_repair', item: 'P1-1', why: 'withdrawn', note: 'N' } as const;
    expect(journey.send({ ...end, instead: 'original' }).refusal).toBe('remedy_not_offered');
    journey.send(end);
    expect([way(journey), journey.queue]).toEqual(['return_to_customer', ['repair_repayment P1-1']]);
    expect(journey.send(end).refusal).toBe('not_under_repair');
  });
});

describe('goods that a recall stops', () => {
  const stopped = { type: 'stop_goods', recall: 'RC-1', goods: [{ sku: 'MUG-1', lot: null }] } as const;
  const remedies = (journey: Journey) => journey.all('repair_ended').map(({ item, instead }) => [item, instead]);

  test('get their remedy, though their owner was to pay for mending them', () => {
    const journey = quoted().send(stopped);
    expect(journey.all('paid_repair_ended')).toMatchObject([{ why: 'not_repairable', repay: { amount: 0 } }]);
    expect(remedies(journey)).toEqual([['P1-1', 'replacement']]);
    expect(remedies(arrived(anOldDrill()).send(stopped))).toEqual([['P1-1', 'replacement']]);
    expect(remedies(arrived(anOldDrill().send(stopped)))).toEqual([['P1-1', 'replacement']]);
  });

  test('and an owner who has paid gets that back as well', () => {
    const journey = quoted().send(says('accept')).send(stopped);
    journey.send({ type: 'settle_clawback', clawback: 'C1', how: 'paid', note: 'N' });
    expect([remedies(journey), journey.queue]).toEqual([
      [['P1-1', 'replacement']],
      ['goods_recalled RC-1', 'repair_repayment P1-1'],
    ]);
  });
});

describe('a fault that the owner caused', () => {
  const covered = (): Journey => arrived(claimedFor('repair', { policy: { warranty } }));

  test('is no warranty’s: a person quotes for goods that would have been mended for nothing', () => {
    const journey = covered();
    expect(way(journey)).toBe('repair_and_return');
    expect(journey.send(quote).refusal).toBe('covered_by_warranty');
    journey.send({ ...quote, because: 'caused_by_buyer' });
    expect([way(journey), journey.now.items['P1-1']?.stage]).toEqual([null, 'inspected']);
    paid(journey);
    expect(way(journey)).toBe('repair_and_return');
    worked(journey, {}).confirm('P1-1');
    expect(balances(journey)).toEqual([4165, 0, 0, -3500, -665]);
    // It is no repair under the warranty, whose first one makes that longer.
    const row = { serial: 'S-1', until: '2028-03-02T00:00:00.000Z', repaired: false };
    expect(rows(journey).warranties).toMatchObject([row]);
  });

  test('isn’t quoted for once the goods are at the bench', () => {
    const journey = covered().send({
      ...{ type: 'take_up', item: 'P1-1', execution: 'RF-1', disposition: 'repair_and_return', quantity: 1 },
    });
    expect(journey.send({ ...quote, because: 'caused_by_buyer' }).refusal).toBe('item_in_execution');
  });
});
