import { expect, test } from 'vitest';
import { recallDecider } from '../../../domain/recall/decider.ts';
import { nextNotice } from '../../../domain/recall/notices.ts';
import { makeRecallNumber, parseRecallNumber } from '../../../domain/recall/number.ts';
import { defaultStrategy } from '../../../domain/recall/terms.ts';
import { Journey } from './world.ts';

test('goods are stopped before consignees get their waves, and waves start in a window', () => {
  const its = new Journey({ window: 2 });
  expect(its.wants).toEqual([]);
  its.send({ type: 'launch' });
  expect(its.wants).toEqual(['place_stop_sale:1']);
  its.stops();
  expect(its.wants).toEqual(['plan_waves:1']);
  its.plans(3);
  expect(its.wants).toEqual(['start_wave:1']);
  its.done().done();
  expect([its.now.waves.sending, its.wants]).toEqual([[1, 2], []]);
  its.reports(1, 'notified');
  expect(its.wants).toEqual(['start_wave:3']);
  its.done().reports(3, 'notified');
  expect(its.now.status).toBe('notifying');
  its.reports(2, 'notified');
  expect(its.now).toMatchObject({ status: 'notified', notifiedAt: its.at });
});

test('a wave may tell that it has finished before the word of its start comes', () => {
  const its = new Journey().launched(1).reports(1, 'notified');
  expect(its.happened).toEqual(['wave_started', 'wave_notified', 'all_notified', 'checks_due']);
  its.done('start_wave:1');
  expect(its.happened).toEqual([]);
});

test('launching twice is refused, and so is steering what has not begun or is over', () => {
  const its = new Journey();
  expect(its.send({ type: 'pause' }).refusal).toBe('recall_not_launched');
  expect(its.send({ type: 'widen', scopeVersion: 2 }).refusal).toBe('recall_not_launched');
  its.launched(1);
  expect(its.send({ type: 'launch' }).refusal).toBe('already_launched');
  expect(its.send({ type: 'cancel', note: null }).refusal).toBe('already_launched');
  expect(its.send({ type: 'complete' }).refusal).toBe('still_notifying');
  expect(its.send({ type: 'terminate' }).refusal).toBe('recall_not_completed');
  its.notifiesAll().send({ type: 'complete' });
  expect(its.send({ type: 'resume' }).refusal).toBe('recall_completed');
  its.send({ type: 'terminate' });
  expect(its.now).toMatchObject({ status: 'closed', outcome: 'terminated' });
  expect(its.send({ type: 'terminate' }).refusal).toBe('recall_closed');
});

test('with checks open or units unaccounted for it is completed with a note alone, and what waited for a person is moot', () => {
  const its = new Journey().launched(1).done().reports(1, 'notified', { undeliverable: 2 });
  const open = { checks: 0, units: 0 };
  // Nobody was chosen for checks yet.
  expect(its.send({ type: 'complete', open, note: null }).refusal).toBe('still_open');
  its.draws(3, 3);
  for (const left of [
    { checks: 1, units: 0 },
    { checks: 0, units: 1 },
  ]) {
    expect(its.send({ type: 'complete', open: left, note: null }).refusal).toBe('still_open');
    expect(its.now.status).toBe('notified');
  }
  its.send({ type: 'complete', open: { checks: 1, units: 7 }, note: 'N' });
  expect(its.now).toMatchObject({
    status: 'completed',
    attention: {},
    completion: { open: { checks: 1, units: 7 }, note: 'N' },
  });
  its.reports(1, 'ended', { silent: 3, undeliverable: 2 }).reports(1, 'again', { silent: 1, undeliverable: 1 });
  expect([its.queue, its.now.waves.ended]).toEqual([[], 1]);

  const whole = new Journey().launched(1).notifiesAll();
  expect(whole.send({ type: 'complete', open, note: null }).now.status).toBe('completed');
});

test('of class I, a lead answers for what is left when it is completed', () => {
  const its = new Journey().launched(1).notifiesAll();
  const open = { checks: 0, units: 3 };
  its.send({ type: 'set_class', hazardClass: 'I' });
  expect(its.send({ type: 'complete', open, note: null, lead: true }).refusal).toBe('still_open');
  expect(its.send({ type: 'complete', open, note: 'N', lead: false }).refusal).toBe('lead_needed');
  expect(its.send({ type: 'complete', open, note: 'N', lead: true }).now.status).toBe('completed');

  const whole = new Journey().launched(1).notifiesAll().send({ type: 'set_class', hazardClass: 'I' });
  const nothing = { checks: 0, units: 0 };
  expect(whole.send({ type: 'complete', open: nothing, note: null, lead: false }).now.status).toBe('completed');
});

test('a termination is recorded after the report of the completion, and then told where that is wanted', () => {
  const its = new Journey()
    .launched(1)
    .notifiesAll()
    .send({ type: 'complete' })
    .send({ type: 'terminate', notice: true });
  const wants = () => its.wants.filter((key) => !key.startsWith('tell_waves'));
  expect(wants()).toEqual(['keep_report']);
  its.send({ type: 'outcome', effect: 'keep_report', outcome: { type: 'report_kept', sha256: 'a' } });
  expect(wants()).toEqual(['record_termination']);
  its.send({
    type: 'outcome',
    effect: 'record_termination',
    outcome: { type: 'termination_recorded', checks: 2, sha256: 'b' },
  });
  expect(wants()).toEqual(['tell_termination']);
  its.done('tell_termination');
  expect([wants(), its.now.termination]).toEqual([[], { notice: true, recorded: true, told: true }]);

  for (const [mock, notice] of [
    [true, true],
    [false, false],
  ] as const) {
    const quiet = new Journey({}, { mock }).launched(1).notifiesAll().send({ type: 'complete' });
    quiet.send({ type: 'outcome', effect: 'keep_report', outcome: { type: 'report_kept', sha256: 'a' } });
    quiet.send({ type: 'terminate', notice });
    const recorded = { type: 'termination_recorded', checks: 0, sha256: 'b' } as const;
    quiet.send({ type: 'outcome', effect: 'record_termination', outcome: recorded });
    expect(quiet.wants.filter((key) => !key.startsWith('tell_waves'))).toEqual([]);
  }
});

test('paused, no further wave starts; what runs is told of it, and again when it goes on', () => {
  const its = new Journey({ window: 2 }).launched(3).done();
  its.send({ type: 'pause' });
  expect(its.wants).toEqual(['tell_waves:1']);
  its.done();
  expect([its.wants, its.send({ type: 'pause' }).refusal]).toEqual([[], 'already_paused']);
  its.send({ type: 'resume' });
  expect(its.wants).toEqual(['start_wave:2', 'tell_waves:2']);
});

test('a rate must be a number of notices that a minute can take', () => {
  const its = new Journey();
  for (const perMinute of [0, -1, 1.5, Number.NaN, 1_000_001]) {
    expect(its.send({ type: 'change_rate', perMinute }).refusal).toBe('rate_out_of_range');
  }
  expect(its.send({ type: 'change_rate', perMinute: 60 }).now.strategy.perMinute).toBe(60);
});

test('a wider scope is stopped and planned like the first, and everybody is to be told before the end', () => {
  const its = new Journey().launched(1).notifiesAll();
  expect(its.send({ type: 'widen', scopeVersion: 1 }).refusal).toBe('scope_not_newer');
  its.send({ type: 'widen', scopeVersion: 2 });
  expect([its.now.status, its.wants]).toEqual(['notifying', ['place_stop_sale:2']]);
  expect(its.send({ type: 'complete' }).refusal).toBe('still_notifying');
  its.stops().plans(2);
  expect([its.wants, its.now.waves.planned]).toEqual([['start_wave:2'], 3]);
  expect(its.notifiesAll().now).toMatchObject({ status: 'notified', consignees: 3 });
});

test('a recall that was launched in error is withdrawn, and whoever heard of it hears that', () => {
  expect(new Journey().send({ type: 'withdraw', note: 'N' }).refusal).toBe('recall_not_launched');
  const its = new Journey().launched(3).done().reports(1, 'notified', { undeliverable: 1 });
  its.send({ type: 'pause' }).send({ type: 'withdraw', note: 'N' });
  expect(its.now).toMatchObject({ status: 'closed', outcome: 'withdrawn', paused: false, attention: {} });
  expect(its.wants.filter((key) => !key.startsWith('tell_waves'))).toEqual(['lift_stop_sale', 'tell_withdrawal']);
  // Returns are not told that they may go on while new ones may still hear that they may not.
  its.send({ type: 'outcome', effect: 'lift_stop_sale', outcome: { type: 'stop_sale_lifted', lots: 1 } });
  expect(its.wants).toContain('release_returns');
  its.send({ type: 'outcome', effect: 'release_returns', outcome: { type: 'returns_released', returns: 2 } });
  its.done('tell_withdrawal').done();
  expect(its.wants).toEqual([]);
  expect(its.send({ type: 'withdraw', note: 'N' }).refusal).toBe('recall_closed');
});

test('what returns are being told as it is withdrawn comes to its end before they are released', () => {
  const its = new Journey().send({ type: 'launch' });
  const found = { lots: 1, facilities: 1, shippedUnits: 9, heldUnits: 3, milliseconds: 5 };
  its.send({ type: 'outcome', effect: 'place_stop_sale:1', outcome: { type: 'stop_sale_placed', ...found } });
  its.send({ type: 'withdraw', note: 'N' });
  its.send({ type: 'outcome', effect: 'lift_stop_sale', outcome: { type: 'stop_sale_lifted', lots: 1 } });
  expect(its.wants).toEqual(['stop_returns:1', 'tell_withdrawal']);
  its.send({ type: 'outcome', effect: 'stop_returns:1', outcome: { type: 'returns_stopped', returns: 1 } });
  expect(its.wants).toEqual(['release_returns', 'tell_withdrawal']);
  const completed = new Journey().launched(1).notifiesAll().send({ type: 'complete' });
  expect(completed.send({ type: 'withdraw', note: 'N' }).refusal).toBe('recall_completed');
});

test('returns that could not be told wait for a person, also beyond the recall’s end, and hold up nothing', () => {
  const unreached = { count: 2, first: ['R-1', 'R-2'] };
  const stopped = { type: 'returns_stopped', returns: 5 } as const;
  const its = new Journey().launched(1);
  its.send({ type: 'widen', scopeVersion: 2 });
  const found = { lots: 1, facilities: 1, shippedUnits: 9, heldUnits: 3, milliseconds: 5 };
  its.send({ type: 'outcome', effect: 'place_stop_sale:2', outcome: { type: 'stop_sale_placed', ...found } });
  its.send({ type: 'outcome', effect: 'stop_returns:2', outcome: { ...stopped, unreached } });
  expect([its.queue, its.wants]).toEqual([['returns_unreached RC-TEST'], ['plan_waves:2', 'start_wave:1']]);
  its.plans(1, 1, 'plan_waves:2').notifiesAll().send({ type: 'complete' });
  expect([its.now.status, its.queue]).toEqual(['completed', ['returns_unreached RC-TEST']]);
  // What was asked before doesn't count as what is asked now.
  its.send({ type: 'resolve', attention: 'A1', resolution: 'retry', note: 'N' });
  const again = recallDecider.effects(its.state).find(({ kind }) => kind === 'stop_returns');
  expect(again).toMatchObject({ key: 'stop_returns:2', id: 'stop_returns:2#1' });
  its.send({ type: 'outcome', effect: 'stop_returns:2', outcome: { ...stopped, unreached } });
  expect(its.queue).toEqual(['returns_unreached RC-TEST']);
  its.send({ type: 'resolve', attention: 'A2', resolution: 'acknowledge', note: 'N' });
  expect([its.queue, its.wants.filter((key) => key.startsWith('stop'))]).toEqual([[], []]);

  const error = new Journey().launched(1).send({ type: 'withdraw', note: 'N' });
  const release = (more: object) =>
    error.send({
      ...{ type: 'outcome', effect: 'release_returns' },
      outcome: { type: 'returns_released', returns: 5, ...more },
    });
  error.send({ type: 'outcome', effect: 'lift_stop_sale', outcome: { type: 'stop_sale_lifted', lots: 1 } });
  release({ unreached });
  error.send({ type: 'resolve', attention: 'A1', resolution: 'retry', note: 'N' });
  expect(error.wants).toContain('release_returns');
  release({});
  expect([error.queue, error.wants.includes('release_returns')]).toEqual([[], false]);
});

test('that returns could not be told is heard of where the recall was completed meanwhile', () => {
  const its = new Journey().send({ type: 'launch' });
  const found = { lots: 1, facilities: 1, shippedUnits: 9, heldUnits: 3, milliseconds: 5 };
  its.send({ type: 'outcome', effect: 'place_stop_sale:1', outcome: { type: 'stop_sale_placed', ...found } });
  its.plans(1, 1, 'plan_waves:1').notifiesAll().send({ type: 'complete' });
  expect([its.now.status, its.wants]).toEqual(['completed', expect.arrayContaining(['stop_returns:1'])]);
  const unreached = { count: 1, first: ['R-1'] };
  its.send({ type: 'outcome', effect: 'stop_returns:1', outcome: { type: 'returns_stopped', returns: 5, unreached } });
  expect(its.queue).toEqual(['returns_unreached RC-TEST']);
});

test('what another recall holds waits for a person, who tries again or calls it off', () => {
  const its = new Journey().send({ type: 'launch' });
  its.send({ type: 'outcome', effect: 'place_stop_sale:1', outcome: { type: 'overlaps', recall: 'RC-OTHER' } });
  expect([its.queue, its.wants]).toEqual([['scope_overlaps RC-OTHER'], []]);
  its.send({ type: 'resolve', attention: 'A1', resolution: 'retry', note: 'N' });
  expect([its.queue, its.wants]).toEqual([[], ['place_stop_sale:1']]);
  its.send({ type: 'outcome', effect: 'place_stop_sale:1', outcome: { type: 'overlaps', recall: 'RC-OTHER' } });
  its.send({ type: 'cancel', note: null });
  expect(its.now).toMatchObject({ status: 'closed', outcome: 'cancelled', attention: {} });
});

test('who was not reached, did not answer, or was not found at all goes before a person', () => {
  const its = new Journey().launched(1).done();
  its.reports(1, 'notified', { undeliverable: 2 }).reports(1, 'ended', { silent: 3, undeliverable: 2 });
  expect(its.queue).toEqual(['notices_undeliverable W1', 'consignees_silent W1']);
  // A notice that comes back later, or fails again, is news once the first entry was settled.
  its.reports(1, 'again', { undeliverable: 1 });
  expect(its.queue).toEqual(['notices_undeliverable W1', 'consignees_silent W1']);
  its
    .send({ type: 'resolve', attention: 'A1', resolution: 'acknowledge', note: 'N' })
    .reports(1, 'again', { undeliverable: 1 });
  expect(its.queue).toEqual(['consignees_silent W1', 'notices_undeliverable W1']);
  expect(its.now.waves.ended).toBe(1);
  expect(new Journey().launched(0).queue).toEqual(['nobody_traced RC-TEST']);
});

test('reminders follow the class, and the last word comes after all of them', () => {
  const { I } = defaultStrategy.schedules;
  const first = '2026-03-02T09:00:00.000Z';
  const one = nextNotice(I, { kind: 'initial', number: 1 }, first);
  expect(one).toEqual({ kind: 'reminder', number: 1, at: '2026-03-03T09:00:00.000Z' });
  const two = nextNotice(I, { kind: 'reminder', number: 1 }, first);
  expect(two).toEqual({ kind: 'reminder', number: 2, at: '2026-03-04T09:00:00.000Z' });
  const last = nextNotice(I, { kind: 'reminder', number: 2 }, first);
  expect(last).toEqual({ kind: 'escalation', number: 1, at: '2026-03-05T09:00:00.000Z' });
  expect(nextNotice(I, { kind: 'escalation', number: 1 }, first)).toBeNull();
});

test('a recall’s number is read as people write it, and is no other number', () => {
  const number = makeRecallNumber(new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]));
  expect(parseRecallNumber(` rc ${number.slice(3).toLowerCase()} `)).toBe(number);
  expect(parseRecallNumber(number.slice(3))).toBeNull();
  expect(parseRecallNumber(`U-${number.slice(3)}`)).toBeNull();
});
