import { describe, expect, test } from 'vitest';
import { Journey } from './world.ts';

const missed = (terms: ConstructorParameters<typeof Journey>[0] = {}) =>
  new Journey(terms).track('in_transit', 'not_home');
const back = () => missed().later('PT1H').track('return_to_sender', 'refused');

describe('a parcel that its carrier cannot deliver', () => {
  test('has its buyer asked, reminded, and is sent back where nobody answers', () => {
    const its = missed();
    expect(its.happened).toEqual(['tracked', 'contact_due']);
    expect(its.due).toEqual(['reminder', 'answer']);
    its.waitsOut('answer');
    expect(its.recorded.filter(({ event }) => event.type === 'reminded')).toHaveLength(2);
    expect(its.now).toMatchObject({ status: 'returning', reason: 'unclaimed' });
    expect(its.queue).toEqual(['carrier_instruction I1']);
    expect(its.wants).toEqual(['start_return']);
  });

  test('has one process, however often and in whatever order its carrier reports it', () => {
    const its = missed();
    its.track('in_transit', 'not_home');
    expect(its.happened).toEqual([]);
    its.track('failure', 'bad_address', '2026-03-01T09:00:00.000Z');
    expect(its.happened).toEqual([]);
    its.later('PT1H').track('in_transit', 'not_home');
    expect(its.happened).toEqual(['tracked']);
    expect(its.due).toEqual(['reminder', 'answer']);
  });

  test('is tried once more at a corrected address, and arrives: nothing is paid', () => {
    const its = missed().answer('correct_address');
    expect(its.happened).toEqual(['answered', 'instructed', 'attention_raised']);
    its.instructed();
    expect(its.now).toMatchObject({ status: 'attempting', attempts: 1 });
    its.later('P1D').track('delivered');
    expect(its.now).toMatchObject({ status: 'closed', outcome: 'delivered', attention: {} });
  });

  test('is tried no more often than the policy says, then it goes back', () => {
    const its = missed().answer('redeliver', { on: '2026-03-05' }).instructed().later('P1D');
    its.track('in_transit', 'not_home');
    expect(its.now).toMatchObject({ status: 'returning' });
    const twice = missed({ furtherAttempts: 2 }).answer('redeliver').instructed().later('P1D');
    twice.track('in_transit', 'not_home');
    expect(twice.now.status).toBe('contacting');
    twice.answer('redeliver').instructed().later('P1D').track('in_transit', 'not_home');
    expect(twice.now.status).toBe('returning');
    expect(missed({ furtherAttempts: 0 }).answer('redeliver').refusal).toBe('no_attempt_left');
  });

  test('whose carrier does not do what it was told has its buyer asked again', () => {
    const its = missed().answer('redeliver').resolve('carrier_instruction', 'refused');
    expect(its.happened).toEqual(['attention_resolved', 'instruction_refused', 'contact_due']);
    expect(its.answer('collect').instructed().now.status).toBe('held');
  });

  test('that is out for delivery again before anybody said so is a further attempt', () => {
    const its = missed().answer('redeliver').later('P1D').track('out_for_delivery');
    expect(its.now).toMatchObject({ status: 'attempting', attempts: 1, attention: {} });
  });

  test('of whose further attempt nobody hears is a person’s: ask and wait, or send it back', () => {
    const its = missed().answer('redeliver').instructed().waitsOut('attempt');
    expect(its.queue).toEqual(['carrier_silent EZ1000000001']);
    its.resolve('carrier_silent', 'await').waitsOut('attempt');
    expect(its.resolve('carrier_silent', 'return').now.status).toBe('returning');
  });

  test('waits for its buyer at a location until its last day, then it goes back as unclaimed', () => {
    const its = missed().later('P1D').track('available_for_pickup', 'not_home');
    expect(its.now).toMatchObject({ status: 'held', holdUntil: '2026-03-10T09:00:00.000Z' });
    its.waitsOut('hold');
    expect(its.now).toMatchObject({ status: 'returning', reason: 'unclaimed' });
  });

  test('that is damaged or lost is its carrier’s, and comes to a return at once', () => {
    expect(new Journey().track('failure', 'damaged').now).toMatchObject({ status: 'returning', reason: 'damaged' });
    expect(new Journey().track('failure', 'lost').wants).toEqual(['start_return']);
  });
});

describe('goods that come back', () => {
  test('are a return, which hears once what its buyer chose', () => {
    const its = back().returnStarts().send({ type: 'choose', remedy: 'new_shipment' });
    expect(its.wants).toEqual(['choose_remedy']);
    expect(its.returnHears().now).toMatchObject({ status: 'closed', outcome: 'returned', rma: 'R-1' });
    expect(its.send({ type: 'choose', remedy: 'refund' }).refusal).toBe('delivery_closed');
  });

  test('are paid for by policy where the buyer does not choose in time', () => {
    const its = back().returnStarts().waitsOut('choice');
    expect(its.last).toMatchObject({ events: [{ type: 'remedy_chosen', remedy: 'refund', by: 'policy' }] });
  });

  test('that were refused are no withdrawal, unless that is declared or the policy takes it for one', () => {
    const declared = (its: Journey) =>
      its.recorded.flatMap(({ event }) => (event.type === 'return_due' ? event.withdrawal : []));
    expect(declared(back())).toEqual([false]);
    expect(declared(missed().answer('send_back', { withdrawal: true }))).toEqual([true]);
    const generous = missed({ refusalIsWithdrawal: true }).later('PT1H').track('return_to_sender', 'refused');
    expect(declared(generous)).toEqual([true]);
  });

  test('whose return cannot begin wait for a person', () => {
    const refused = { type: 'refused', code: 'nowhere_to_go' } as const;
    const its = back().send({ type: 'outcome', effect: 'start_return', outcome: refused });
    expect([its.queue, its.wants]).toEqual([['return_refused EZ1000000001'], []]);
    expect(its.resolve('return_refused', 'retry').wants).toEqual(['start_return']);
  });
});
