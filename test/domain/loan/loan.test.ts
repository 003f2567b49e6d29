import { describe, expect, test } from 'vitest';
import { aUnit, Journey, someTerms, worn } from './world.ts';

const lent = (changes: ConstructorParameters<typeof Journey>[0] = {}) => new Journey(changes).handOver();
const one = { units: [aUnit(1)] };
const atItsEnd = (changes = {}) =>
  lent({ ...one, ...changes })
    .waitsOut('end')
    .returnsAnswer();

describe('goods on loan', () => {
  test('are reminded of, asked back at the end of the term, and come back as they were', () => {
    const its = lent({ deposit: 20_000 });
    expect(its.happened).toEqual(['handed_over', 'deposit_taken']);
    expect(its.due).toEqual(['reminder', 'end']);
    its.waitsOut('end');
    expect(its.recorded.filter(({ event }) => event.type === 'reminded')).toHaveLength(2);
    expect(its.happened).toEqual(['term_ended', 'return_wanted']);
    expect(its.wants).toEqual(['start_return:R1']);
    its.returnsAnswer().hears('R1', { U1: null, U2: null });
    expect(its.units('on_loan')).toBe(0);
    its.hears('R1', { U1: 'B', U2: 'B' });
    expect(its.asked).toEqual(['loan_repayment 20000']);
    its.resolve('loan_repayment', 'paid');
    expect(its.now).toMatchObject({ outcome: 'returned', owed: 0, held: 0 });
    expect(its.balance('cash_clearing')).toBe(0);
  });

  test('that nobody fetched before the term is over are not lent', () => {
    const its = new Journey().waitsOut('not_collected');
    expect(its.now).toMatchObject({ outcome: 'cancelled' });
    expect(its.handOver().refusal).toBe('loan_closed');
  });

  test('leave only whole, with the deposit that was agreed', () => {
    const its = new Journey({ deposit: 100 });
    const both = [
      { unit: 'U1', facts: worn },
      { unit: 'U2', facts: worn },
    ];
    expect(its.send({ type: 'hand_over', units: both, deposit: null }).refusal).toBe('deposit_needed');
    expect(its.send({ type: 'hand_over', units: both.slice(1), deposit: 'D' }).refusal).toBe('unit_missing');
    expect(its.send({ type: 'hand_over', units: [...both, ...both], deposit: 'D' }).refusal).toBe('unit_twice');
    expect(its.send({ type: 'hand_over', units: both, deposit: 'D' }).refusal).toBeNull();
    expect(its.balance('loan_deposits')).toBe(-100);
  });
});

describe('what comes back late', () => {
  test('costs nothing within the days of grace', () => {
    const its = atItsEnd().later('P1D').hears('R1', { U1: 'B' });
    expect(its.now).toMatchObject({ outcome: 'returned' });
    expect(its.balance('loan_fees')).toBe(0);
  });

  test('costs each started day since the end after that, to the day on which it came', () => {
    const its = atItsEnd().waitsOut('overdue').later('PT26H').hears('R1', { U1: 'B' });
    expect(its.balance('loan_fees')).toBe(-3 * 500);
    expect(its.asked).toEqual(['borrower_owes 1500']);
    its.send({ type: 'record_payment', reference: 'P-1', amount: 1000 });
    expect(its.asked).toEqual(['borrower_owes 500']);
    expect(its.send({ type: 'record_payment', reference: 'P-1', amount: 500 }).refusal).toBe(
      'reference_already_recorded',
    );
    its.send({ type: 'record_payment', reference: 'P-2', amount: 500 });
    expect(its.now).toMatchObject({ outcome: 'returned', owed: 0 });
  });

  test('never costs more than was agreed, and is few events however late it is', () => {
    const its = atItsEnd({ terms: { ...someTerms, lostAfter: 'P700D' } });
    its.waitsOut('overdue');
    for (let round = 0; round < 24 && its.due.includes('accrual'); round += 1) its.waitsOut('accrual');
    expect(its.due).not.toContain('accrual');
    expect(its.balance('loan_fees')).toBe(-10_000);
    expect(its.recorded.filter(({ event }) => event.type === 'fees_accrued').length).toBeLessThanOrEqual(2);
  });

  test('is lost once it is as late as the terms say, for what it costs to replace it', () => {
    const its = atItsEnd({ deposit: 5_000 }).waitsOut('loss');
    expect(its.now.units['U1']).toMatchObject({ stage: 'lost', fee: 10_000, price: 30_000 });
    expect(its.now.owed).toBe(10_000 + 30_000 - 5_000);
    expect(its.balance('fixed_assets')).toBe(-20_000);
    expect(its.balance('asset_disposals')).toBe(-10_000);
    expect(its.wants).toEqual(['withdraw_return:R1']);
    its.returnsAnswer().resolve('borrower_owes', 'write_off');
    expect(its.now).toMatchObject({ outcome: 'lost' });
  });

  test('and had counted as lost takes that back, also after the loan has closed', () => {
    const its = atItsEnd().waitsOut('loss').returnsAnswer().resolve('borrower_owes', 'paid');
    expect(its.now.outcome).toBe('lost');
    its.later('P3D').hears('R1', { U1: 'B' });
    expect(its.happened).toContain('units_found');
    expect(its.balance('fixed_assets')).toBe(0);
    expect(its.asked).toEqual(['loan_repayment 30000']);
    its.resolve('loan_repayment', 'paid');
    expect(its.now).toMatchObject({ outcome: 'returned', owed: 0 });
  });
});

describe('what is taken back', () => {
  const ways = [
    ['write_off', 'write_off'],
    ['external', 'external_collection'],
  ] as const;
  test('undoes first what was let go: nobody is paid back what nobody paid', () => {
    for (const [how, account] of ways) {
      const its = atItsEnd().waitsOut('loss').returnsAnswer().resolve('borrower_owes', how);
      expect(its.balance(account)).toBe(40_000);
      its.hears('R1', { U1: 'B' });
      expect(its.happened).toContain('let_go_reversed');
      expect(its.asked).toEqual([]);
      expect(its.now).toMatchObject({ outcome: 'returned', owed: 0, writtenOff: 10_000, repaid: 0 });
      expect(its.balance('cash_clearing')).toBe(0);
      expect(its.balance(account)).toBe(10_000);
    }
  });

  test('undoes what was waived, and then pays back what was paid', () => {
    const its = lent(one).send({ type: 'report_lost', units: null });
    its.send({ type: 'record_payment', reference: 'P-1', amount: 10_000 });
    its.send({ type: 'waive', amount: 5_000, note: 'N' }).resolve('borrower_owes', 'write_off');
    expect(its.now).toMatchObject({ outcome: 'lost', waived: 5_000, writtenOff: 15_000 });
    its.hears('other', { U1: 'B' });
    expect(its.asked).toEqual(['loan_repayment 10000']);
    its.resolve('loan_repayment', 'paid');
    expect(its.now).toMatchObject({ outcome: 'returned', waived: 0, writtenOff: 0, repaid: 10_000 });
    expect(its.balance('cash_clearing')).toBe(0);
  });

  test('of damage that is graded anew undoes so much of what was written off, the last first', () => {
    const its = atItsEnd().hears('R1', { U1: 'D' });
    its.send({ type: 'waive', amount: 20_000, note: 'N' }).resolve('borrower_owes', 'write_off');
    expect(its.now).toMatchObject({ waived: 20_000, writtenOff: 5_500 });
    its.hears('R1', { U1: 'C' });
    expect(its.asked).toEqual([]);
    expect(its.now).toMatchObject({ outcome: 'returned', waived: 7_500, writtenOff: 0, owed: 0 });
  });

  test('leaves waived what was waived where the deposit is the borrower’s', () => {
    const its = atItsEnd({ deposit: 30_000 }).waitsOut('overdue').later('PT1H');
    its.hears('R1', { U1: null }).send({ type: 'waive', amount: 1_000, note: 'N' }).hears('R1', { U1: 'B' });
    expect(its.asked).toEqual(['loan_repayment 30000']);
  });
});

describe('a longer term', () => {
  const extension = { upTo: 'P60D', feePerDay: 100 } as const;

  test('is agreed by itself as far as the terms go, for their fee', () => {
    const its = lent({ terms: { ...someTerms, extension } });
    its.send({ type: 'ask_extension', until: '2026-04-09T22:00:00.000Z' });
    expect(its.happened).toEqual(['extension_asked', 'extension_agreed']);
    expect(its.now).toMatchObject({ until: '2026-04-09T22:00:00.000Z', owed: 2 * 10 * 100 });
    its.send({ type: 'ask_extension', until: '2026-07-30T22:00:00.000Z' });
    expect(its.queue).toEqual(['extension_asked E2']);
  });

  test('is agreed by a person otherwise, and calls the return off that waits', () => {
    const its = atItsEnd().waitsOut('overdue').later('P1D');
    its.send({ type: 'ask_extension', until: '2026-05-01T22:00:00.000Z' });
    its.resolve('extension_asked', 'agree');
    expect(its.now.units['U1']).toMatchObject({ fee: 1000, feeBefore: 1000, askedBack: null });
    expect(its.queue).toEqual([]);
    expect(its.wants).toEqual(['withdraw_return:R1']);
    its.returnsAnswer().hears('R1', {}, { ended: true });
    expect(its.queue).toEqual([]);
    its.waitsOut('end').returnsAnswer().later('PT1H').hears('R2', { U1: 'B' });
    expect(its.asked).toEqual(['borrower_owes 1000']);
  });

  test('agreed while a return is being started calls that off as soon as it has a number', () => {
    const its = lent(one).waitsOut('end');
    its.send({ type: 'ask_extension', until: '2026-05-01T22:00:00.000Z' }).resolve('extension_asked', 'agree');
    expect(its.wants).toEqual([]);
    its.send({ type: 'outcome', effect: 'start_return:R1', outcome: { type: 'return_started', rma: 'rma:R1' } });
    expect(its.wants).toEqual(['withdraw_return:R1']);
  });

  test('costs nothing for days that cost an overdue fee', () => {
    const its = lent({ ...one, terms: { ...someTerms, extension: { upTo: 'P5D', feePerDay: 100 } } });
    its.waitsOut('overdue').at = '2026-04-09T21:00:00.000Z';
    its.send({ type: 'ask_extension', until: '2026-04-29T22:00:00.000Z' }).resolve('extension_asked', 'agree');
    expect(its.now).toMatchObject({ extensionFees: 20 * 100, owed: 10 * 500 + 20 * 100 });
  });

  test('costs the days of grace, which were free, from the old end', () => {
    const its = lent({ ...one, terms: { ...someTerms, extension: { upTo: 'P5D', feePerDay: 100 } } });
    its.waitsOut('end').later('PT20H');
    its.send({ type: 'ask_extension', until: '2026-04-29T22:00:00.000Z' }).resolve('extension_asked', 'agree');
    expect(its.now).toMatchObject({ extensionFees: 30 * 100, owed: 30 * 100 });
  });

  test('is refused by a person, or where it would be none', () => {
    const its = lent();
    expect(its.send({ type: 'ask_extension', until: its.now.until }).refusal).toBe('not_longer');
    its.send({ type: 'ask_extension', until: '2026-05-01T22:00:00.000Z' });
    expect(its.send({ type: 'ask_extension', until: '2026-05-02T22:00:00.000Z' }).refusal).toBe(
      'extension_already_asked',
    );
    its.resolve('extension_asked', 'refuse');
    expect(its.now).toMatchObject({ until: '2026-03-30T22:00:00.000Z', extension: null });
  });

  test('leaves the fees of what came back before it as they are', () => {
    const its = lent().waitsOut('end').returnsAnswer().waitsOut('overdue').later('PT1H').hears('R1', { U1: 'B' });
    expect(its.now.units['U1']?.fee).toBe(1000);
    its.send({ type: 'ask_extension', until: '2026-05-01T22:00:00.000Z' }).resolve('extension_asked', 'agree');
    expect(its.now.units['U1']?.fee).toBe(1000);
    expect(its.now.units['U2']).toMatchObject({ fee: 1000, feeBefore: 1000 });
  });
});

describe('the condition of what comes back', () => {
  test('is charged as far as it is worse than it was, less the wear that was agreed', () => {
    const its = atItsEnd().later('PT1H').hears('R1', { U1: 'C' });
    // From 1000 to 4000 basis points, less 500, of the price of replacement.
    expect(its.balance('damage_charges')).toBe(-7_500);
    expect(its.asked).toEqual(['borrower_owes 7500']);
  });

  test('costs nothing where it is as it was, or somebody else did it', () => {
    expect(atItsEnd().hears('R1', { U1: 'B' }).balance('damage_charges')).toBe(0);
    expect(atItsEnd().hears('R1', { U1: 'D' }, { spared: true }).balance('damage_charges')).toBe(0);
  });

  test('may be graded anew: the difference is charged or given back, also after the loan has closed', () => {
    const its = atItsEnd({ deposit: 30_000 }).hears('R1', { U1: 'D' });
    expect(its.asked).toEqual(['loan_repayment 4500']);
    its.hears('R1', { U1: 'C' });
    expect(its.asked).toEqual(['loan_repayment 22500']);
    its.resolve('loan_repayment', 'paid');
    expect(its.now.outcome).toBe('returned');
    its.hears('R1', { U1: 'B' });
    expect(its.asked).toEqual(['loan_repayment 7500']);
    its.resolve('loan_repayment', 'paid');
    expect(its.balance('cash_clearing')).toBe(0);
  });
});

describe('some of the goods', () => {
  test('come back early, and the rest at the end', () => {
    const its = lent();
    its.send({ type: 'return_early', units: ['U2'] }).returnsAnswer();
    expect(its.send({ type: 'return_early', units: ['U2'] }).refusal).toBe('already_asked_back');
    its.later('P1D').hears('R1', { U2: 'B' });
    expect(its.now.closedAt).toBeNull();
    its.waitsOut('end');
    expect(its.wants).toEqual(['start_return:R2']);
    its.returnsAnswer().hears('R2', { U1: 'B' });
    expect(its.now.outcome).toBe('returned');
  });

  test('are bought, for the price that was agreed, and others are not for sale', () => {
    const its = lent({ units: [aUnit(1), aUnit(2, { purchasePrice: null })] });
    expect(its.send({ type: 'buy', units: null }).refusal).toBe('not_for_sale');
    its.send({ type: 'buy', units: ['U1'] });
    expect(its.balance('asset_disposals')).toBe(-5_000);
    expect(its.units('customer')).toBe(1);
    its.waitsOut('end').returnsAnswer().hears('R1', { U2: 'B' }).resolve('borrower_owes', 'paid');
    expect(its.now.outcome).toBe('mixed');
  });

  test('come back by a return that somebody else has started', () => {
    const its = lent();
    its.hears('other', { U1: 'B' });
    expect(its.now.returns).toMatchObject({ R1: { rma: 'rma:other', state: 'started', units: ['U1'] } });
    its.waitsOut('end');
    expect(its.now.returns['R2']?.units).toEqual(['U2']);
  });

  test('that an early return ended without are asked back at the end of the term', () => {
    const its = lent()
      .send({ type: 'return_early', units: ['U1'] })
      .returnsAnswer();
    its.hears('R1', {}, { ended: true }).resolve('goods_not_back', 'acknowledge').waitsOut('end');
    expect(its.now.returns['R2']).toMatchObject({ units: ['U1', 'U2'], state: 'wanted' });
    its.returnsAnswer().hears('R2', { U2: 'B' }, { ended: true }).resolve('goods_not_back', 'acknowledge');
    expect(its.wants).toEqual([]);
  });

  test('that an early return ended without settle the question about them at the end of the term', () => {
    const its = lent()
      .send({ type: 'return_early', units: ['U1'] })
      .returnsAnswer();
    its.hears('R1', {}, { ended: true }).waitsOut('end');
    expect(its.queue).toEqual([]);
    expect(its.now.returns['R2']?.units).toEqual(['U1', 'U2']);
  });

  test('did not come when their return ended: a person asks again', () => {
    const its = lent().waitsOut('end').returnsAnswer().hears('R1', { U1: 'B' }, { ended: true });
    expect(its.queue).toEqual(['goods_not_back R1']);
    its.resolve('goods_not_back', 'retry');
    expect(its.now.returns['R2']).toMatchObject({ units: ['U2'], state: 'wanted' });
  });
});

test('a return that cannot be started waits for a person, who tries again or sees to it otherwise', () => {
  const refused = { type: 'refused', code: 'nowhere_to_go' } as const;
  const its = lent(one).waitsOut('end');
  its.send({ type: 'outcome', effect: 'start_return:R1', outcome: refused });
  expect(its.queue).toEqual(['loan_return_refused R1']);
  expect(its.wants).toEqual([]);
  its.resolve('loan_return_refused', 'retry');
  expect(its.wants).toEqual(['start_return:R1']);
  its.send({ type: 'outcome', effect: 'start_return:R1', outcome: refused });
  its.send({ type: 'report_lost', units: null });
  expect(its.asked).toEqual(['borrower_owes 30000']);
  its.resolve('borrower_owes', 'external');
  expect(its.now.outcome).toBe('lost');
});

test('news of a return that is late or comes twice changes nothing', () => {
  const its = atItsEnd({ units: [aUnit(1), aUnit(2)] }).hears('R1', { U1: 'C' }, { version: 7 });
  its.hears('R1', { U1: 'B' }, { version: 6 });
  expect(its.happened).toEqual([]);
  its.hears('R1', { U1: 'B' }, { version: 7 });
  expect(its.happened).toEqual([]);
});

test('what is owed may be waived in part, never beyond it', () => {
  const its = atItsEnd().hears('R1', { U1: 'C' });
  expect(its.send({ type: 'waive', amount: 7_501, note: 'N' }).refusal).toBe('more_than_owed');
  its.send({ type: 'waive', amount: 7_500, note: 'N' });
  expect(its.now).toMatchObject({ outcome: 'returned', waived: 7_500 });
  expect(its.balance('goodwill')).toBe(7_500);
});

test('two years with extensions are a bounded history', () => {
  const its = lent({
    ...one,
    until: '2026-06-02T22:00:00.000Z',
    terms: { ...someTerms, extension: { upTo: 'P730D', feePerDay: 10 } },
  });
  for (let quarter = 1; quarter < 8; quarter += 1) {
    its
      .later('P80D')
      .send({ type: 'ask_extension', until: new Date(Date.parse(its.now.until) + 90 * 86_400_000).toISOString() });
    expect(its.happened).toContain('extension_agreed');
  }
  its.waitsOut('loss').returnsAnswer().returnsAnswer().resolve('borrower_owes', 'write_off');
  expect(its.now.outcome).toBe('lost');
  expect(its.recorded.length).toBeLessThan(60);
});
