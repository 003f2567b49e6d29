import { describe, expect, test } from 'vitest';
import { aPolicy } from '../domain/sale.ts';
import { plusDays } from './calendar.ts';
import { aLabelledReturn, type Wish } from './world.ts';

const mugs = (quantity: number, damagedInTransit = false) => ({ sku: 'MUG-1', quantity, damagedInTransit });
const opened = { type: 'claim_opened', providerId: 'clm_1' } as const;

/** Two of three mugs came broken, under a label of ours. */
const aBrokenParcel = (wish?: Wish) =>
  aLabelledReturn(wish)
    .track('in_transit')
    .receive([mugs(1), mugs(2, true)]);

describe('damage on the way', () => {
  test('is claimed from the carrier, for the worth of what came damaged', () => {
    const journey = aBrokenParcel();
    expect(journey.all('claim_wanted')).toMatchObject([
      { parcel: 'P1', kind: 'damaged', amount: { amount: 1800, currency: 'EUR' } },
    ]);
    expect(journey.effects).toMatchObject([
      { id: 'open_claim:P1:damaged#0', kind: 'open_claim', of: 'damaged', amount: 1800, trackingNumber: 'TRACK-P1' },
    ]);
    expect(journey.queue).toEqual(['damaged_in_transit P1-2']);
  });

  test('is nobody’s to pay who had no label of ours', () => {
    const journey = aLabelledReturn().receive([mugs(3, true)], null);
    expect(journey.effects.filter(({ kind }) => kind === 'open_claim')).toEqual([]);
  });

  test('is not claimed under rules from before claims were followed', () => {
    const { claimWithin: _, ...receipt } = aPolicy().receipt;
    expect(aBrokenParcel({ policy: { receipt } }).all('claim_wanted')).toEqual([]);
  });
});

/** All settled with the buyer; the carrier's answer is all that is missing. */
function settledButForTheClaim() {
  const journey = aBrokenParcel().outcome('open_claim:P1:damaged', opened);
  journey.resolve('damaged_in_transit', 'acknowledge').inspect('P1-1').inspect('P1-2').confirm('P1-1', 'P1-2');
  return journey.refunded('S1-1').refunded('S2-1');
}

describe('a claim that was opened', () => {
  test('keeps the return open until it is answered, and what is paid is in the books', () => {
    const journey = settledButForTheClaim();
    expect(journey.now.phase).toBe('open');
    const cash = journey.balance('cash_clearing');
    journey.claimAnswered(1500, 'P1:damaged');
    expect(journey.happened).toEqual(['claim_paid', 'closed']);
    expect(journey.now.claims?.['P1:damaged']).toMatchObject({ state: 'paid', amount: 1800, paid: 1500 });
    expect(journey.balance('cash_clearing') - cash).toBe(1500);
    expect(journey.balance('recovery')).toBe(-1500);
    expect(journey.balance('carrier_receivable')).toBe(0);
  });

  test('that is refused is at its end', () => {
    expect(settledButForTheClaim().claimAnswered('refused', 'P1:damaged').happened).toEqual([
      'claim_refused',
      'closed',
    ]);
  });

  test('is told of once: the same answer again changes nothing, another is refused', () => {
    const journey = settledButForTheClaim().claimAnswered(1500, 'P1:damaged');
    expect(journey.claimAnswered(1500, 'P1:damaged').happened).toEqual([]);
    expect(journey.claimAnswered(1600, 'P1:damaged').refusal).toBe('claim_answered');
    expect(journey.claimAnswered('refused', 'P1:damaged').refusal).toBe('claim_answered');
    expect(journey.balance('recovery')).toBe(-1500);
  });

  test('is answered in the return’s currency, with an amount', () => {
    const journey = settledButForTheClaim();
    expect(journey.claimAnswered(0, 'P1:damaged').refusal).toBe('amount_not_positive');
    const amount = { amount: 100, currency: 'USD' };
    const answer = { type: 'report_claim', claim: 'P1:damaged', outcome: 'paid', amount } as const;
    expect(journey.send(answer).refusal).toBe('other_currency');
    expect(journey.claimAnswered(100, 'P2').refusal).toBe('unknown_claim');
    expect(journey.claimAnswered(100, 'constructor').refusal).toBe('unknown_claim');
  });

  test('and not answered in time is a person’s, who asks again or gives it up', () => {
    const journey = settledButForTheClaim();
    expect(journey.due).toEqual([{ deadline: 'claim:P1:damaged', at: plusDays(30) }]);
    journey.fires('claim:P1:damaged');
    expect(journey.queue).toEqual(['claim_unanswered P1:damaged']);
    expect(journey.due).toEqual([]);
    journey.resolve('claim_unanswered', 'await');
    expect(journey.due).toEqual([{ deadline: 'claim:P1:damaged', at: plusDays(60) }]);
    journey.fires('claim:P1:damaged').resolve('claim_unanswered', 'write_off');
    expect(journey.happened).toEqual(['attention_resolved', 'claim_dropped', 'closed']);
    // The carrier pays after all.
    journey.later(5).claimAnswered(1800, 'P1:damaged');
    expect(journey.happened).toEqual(['reopened', 'claim_paid', 'closed']);
  });

  test('and answered while a person is asked is nobody’s any more', () => {
    const journey = settledButForTheClaim().fires('claim:P1:damaged').claimAnswered('refused', 'P1:damaged');
    expect(journey.happened).toEqual(['claim_refused', 'attention_resolved', 'closed']);
  });
});

describe('a lost parcel that comes after all', () => {
  const lostAndClaimed = () => aLabelledReturn().track('in_transit').fires('lost:P1').outcome('open_claim:P1', opened);

  test('has its claim withdrawn', () => {
    const journey = lostAndClaimed().receive([mugs(3)]);
    expect(journey.happened).toContain('claim_withdrawal_due');
    expect(journey.effects).toMatchObject([{ id: 'withdraw_claim:P1#0', providerId: 'clm_1', round: 1 }]);
    journey.outcome('withdraw_claim:P1', { type: 'claim_withdrawn', withdrawn: true });
    expect(journey.now.claims?.['P1']?.state).toBe('withdrawn');
    expect(journey.claimAnswered('refused').happened).toEqual([]);
  });

  test('has it withdrawn as well where its goods came without the label', () => {
    expect(lostAndClaimed().receive([mugs(3)], null).happened).toContain('claim_withdrawal_due');
    expect(lostAndClaimed().receive([mugs(2)], null, true).happened).not.toContain('claim_withdrawal_due');
  });

  test('waits for the answer of a carrier that had decided, and tells it of what it pays', () => {
    const journey = lostAndClaimed().receive([mugs(3)]);
    journey.outcome('withdraw_claim:P1', { type: 'claim_withdrawn', withdrawn: false });
    expect(journey.effects).toEqual([]);
    expect(journey.due.map(({ deadline }) => deadline)).toContain('claim:P1');
    expect(journey.claimAnswered(2700).queue).toEqual(['claim_obsolete P1']);
    expect(journey.resolve('claim_obsolete', 'acknowledge').queue).toEqual([]);
  });

  test('is waited for anew where nobody had answered before it came', () => {
    const journey = lostAndClaimed()
      .resolve('parcel_lost', 'missing')
      .fires('claim:P1')
      .receive([mugs(3)]);
    journey.outcome('withdraw_claim:P1', { type: 'claim_withdrawn', withdrawn: false });
    expect(journey.queue).toEqual([]);
    expect(journey.due).toContainEqual({ deadline: 'claim:P1', at: plusDays(30, journey.at) });
  });

  test('has a person tell a carrier that has paid', () => {
    const journey = lostAndClaimed()
      .claimAnswered(2700)
      .receive([mugs(3)]);
    expect(journey.queue).toContain('claim_obsolete P1');
  });

  test('is a person’s where the withdrawal can’t be brought to the carrier', () => {
    const journey = lostAndClaimed().receive([mugs(3)]);
    journey.outcome('withdraw_claim:P1', { type: 'unavailable', code: 'time_out' });
    expect(journey.queue).toContain('void_failed withdraw_claim:P1');
    expect(journey.resolve('void_failed', 'retry').effects).toMatchObject([{ id: 'withdraw_claim:P1#1' }]);
    journey.outcome('withdraw_claim:P1', { type: 'unavailable', code: 'time_out' });
    journey.resolve('void_failed', 'acknowledge');
    expect(journey.effects).toEqual([]);
  });

  test('and whose box came empty keeps its claim', () => {
    expect(lostAndClaimed().receive([]).effects).toEqual([]);
  });

  test('asks for another claim, under another reference, where one was withdrawn and goods are lost once more', () => {
    const journey = lostAndClaimed().resolve('parcel_lost', 'await').fires('claim:P1');
    journey.resolve('claim_unanswered', 'write_off').fires('lost:P1');
    expect(journey.effects).toMatchObject([{ kind: 'open_claim', claim: 'P1', round: 2 }]);
  });
});

test('two parcels that are lost are claimed for no more than what they held together', () => {
  const journey = aLabelledReturn().track('in_transit').fires('lost:P1');
  expect(journey.now.claims?.['P1']?.amount).toBe(2700);
  const partly = aLabelledReturn()
    .track('in_transit')
    .receive([mugs(1)], null, true)
    .fires('lost:P1');
  expect(partly.now.claims?.['P1']?.amount).toBe(1800);
});
