import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RebalanceCommand, RebalanceEffectOutcome } from '../../../domain/rebalance/commands.ts';
import { rebalanceDecider } from '../../../domain/rebalance/decider.ts';
import { anEdit, aRequest, Balancing, figures } from './world.ts';

const { decide, deadlines, effects, fold, initial, opened, project } = rebalanceDecider;

test('a plan is proposed, approved, carried out in batches, and closes with its last transfer', () => {
  const its = new Balancing();
  expect(its.wants).toEqual(['plan:1']);
  expect(its.approve().refusal).toBe('still_planning');
  its.planned(23);
  expect([its.now.status, its.wants]).toEqual(['proposed', []]);
  its.approve();
  expect(its.wants).toEqual(['start_transfers:1']);
  expect(effects(its.state)).toMatchObject([{ first: 1, last: 20 }]);
  its.started(20);
  expect(effects(its.state)).toMatchObject([{ key: 'start_transfers:2', first: 21, last: 23 }]);
  its.started(3);
  expect([its.wants, its.due]).toEqual([[], ['look']]);
  its.wait();
  expect(its.wants).toEqual(['look_at_transfers:1']);
  its.seen(22);
  expect(its.now).toMatchObject({ status: 'executing', seen: { ended: 22 } });
  its.wait().seen(23);
  expect(its.now).toMatchObject({ status: 'closed', outcome: 'completed' });
  expect([its.wants, its.due]).toEqual([[], []]);
});

test('what a person fixes is planned anew, the latest word on a way holds, and an older plan is not approved', () => {
  const its = new Balancing().planned(5);
  its.send({ type: 'edit', edits: [anEdit, { ...anEdit, trip: 'T1', quantity: 2 }] });
  expect([its.now.status, its.wants]).toEqual(['planning', ['plan:2']]);
  its.planned(4);
  its.send({ type: 'edit', edits: [{ ...anEdit, quantity: 7 }] }).planned(6);
  expect(its.now.edits.map(({ trip, quantity }) => [trip, quantity])).toEqual([
    [null, 7],
    ['T1', 2],
  ]);
  expect(its.approve(2).refusal).toBe('plan_has_changed');
  expect(its.approve(3).now.status).toBe('executing');
  expect(its.send({ type: 'edit', edits: [anEdit] }).refusal).toBe('already_approved');
  expect(its.send({ type: 'cancel', note: null }).refusal).toBe('already_approved');
});

test('what comes of a plan that was replaced or given up counts for nothing', () => {
  const its = new Balancing();
  const [first] = effects(its.state);
  its.planned(5).send({ type: 'edit', edits: [anEdit] });
  its.send({ type: 'outcome', effect: first?.key ?? '', outcome: { type: 'planned', ...figures(9) } });
  expect([its.happened, its.now.status]).toEqual([[], 'planning']);
  its.send({ type: 'cancel', note: null });
  expect(its.now).toMatchObject({ status: 'cancelled', outcome: 'cancelled' });
  expect(its.approve().refusal).toBe('rebalance_closed');
});

test('a plan that could not be made asks a person, and is tried again under another id', () => {
  const its = new Balancing();
  const [first] = effects(its.state);
  its.comes({ type: 'not_planned', code: 'no_positions' });
  expect([its.queue, its.wants]).toEqual([['plan_failed plan 1'], []]);
  expect(its.resolve('acknowledge').refusal).toBe('resolution_not_allowed');
  its.resolve('retry');
  expect(effects(its.state)[0]?.id).not.toBe(first?.id);
  expect(its.planned(1).now.status).toBe('proposed');
});

test('a look at the transfers that is under way when some are started anew still counts', () => {
  const its = new Balancing().planned(22).approve().started(18, 2).started(2).wait();
  its.resolve('retry');
  expect(its.wants).toEqual(['start_transfers:1', 'look_at_transfers:1']);
  const seen = { type: 'transfers_seen', ended: 3, late: 0, received: 3, lost: 0 } as const;
  its.send({ type: 'outcome', effect: 'look_at_transfers:1', outcome: seen });
  its.started(20);
  expect([its.now.seen?.ended, its.wants, its.due]).toEqual([3, [], ['look']]);
});

test('transfers that are refused ask a person; tried again they are counted once', () => {
  const its = new Balancing().planned(22).approve().started(18, 2).started(2);
  expect(its.queue).toEqual(['plan_transfers_refused B1']);
  its.resolve('retry');
  expect(effects(its.state)).toMatchObject([{ key: 'start_transfers:1', first: 1, last: 20 }]);
  its.started(19, 1);
  expect([its.now.started, its.queue]).toEqual([21, ['plan_transfers_refused B1']]);
  its.resolve('acknowledge', 'A2').wait().seen(21);
  expect(its.now.outcome).toBe('completed');
});

test('that transfers are late is told when it is news, and holds the end back until somebody has seen it', () => {
  const its = new Balancing().planned(2).approve().started(2).wait().seen(0, 1);
  expect(its.queue).toEqual(['plan_transfers_late transfers']);
  its.wait().seen(0, 1);
  expect(its.queue).toHaveLength(1);
  its.wait().seen(2);
  expect(its.now.status).toBe('executing');
  expect(its.resolve('acknowledge').now.outcome).toBe('completed');
});

test('a plan without transfers closes as it is approved', () => {
  expect(new Balancing().planned(0).approve().now).toMatchObject({ status: 'closed', outcome: 'nothing_to_move' });
});

const outcome: fc.Arbitrary<RebalanceEffectOutcome> = fc.oneof(
  fc.nat(45).map((transfers) => ({ type: 'planned' as const, ...figures(transfers) })),
  fc.constant({ type: 'not_planned' as const, code: 'no_positions' }),
  fc.nat(3).map((refused) => ({ type: 'transfers_started' as const, started: 3, refused })),
  fc.record({
    type: fc.constant('transfers_seen' as const),
    ended: fc.nat(9),
    late: fc.nat(2),
    received: fc.nat(9),
    lost: fc.nat(1),
  }),
);
const command: fc.Arbitrary<RebalanceCommand> = fc.oneof(
  fc.constant({ type: 'request' as const, number: 'RB-2', request: aRequest }),
  fc.constantFrom(0, 1, 2).map((count) => ({ type: 'edit' as const, edits: Array(count).fill(anEdit) })),
  fc.nat(4).map((plan) => ({ type: 'approve' as const, plan })),
  fc.constant({ type: 'cancel' as const, note: null }),
  fc.record({
    type: fc.constant('resolve' as const),
    attention: fc.constantFrom('A1', 'A2', 'A3', 'toString'),
    resolution: fc.constantFrom('retry' as const, 'acknowledge' as const),
    note: fc.constant('N'),
  }),
  fc.constantFrom({ type: 'sync' as const }, { type: 'ledger_disagrees' as const, detail: 'x' }),
);
const step = fc.oneof(
  { weight: 3, arbitrary: outcome.map((comes) => ({ comes })) },
  { weight: 2, arbitrary: command.map((told) => ({ told })) },
  fc.constant('wait' as const),
);

test('whatever it is told in whatever order: it ends once, wants nothing then, and folds to what it is', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const its = new Balancing();
      for (const each of steps) {
        if (each === 'wait') its.wait();
        else if ('comes' in each) its.comes(each.comes);
        else its.send(each.told);
        const { now } = its;
        expect(now.started).toBeGreaterThanOrEqual(0);
        expect(now.startedIn.reduce((sum, count) => sum + (count ?? 0), 0)).toBe(now.started);
        if (now.status !== 'cancelled') expect(now.figures === null).toBe(now.status === 'planning');
        if (now.closedAt !== null) {
          expect([its.wants, its.due, its.queue]).toEqual([[], [], []]);
          expect(its.recorded.filter(({ event }) => event.type === 'closed')).toHaveLength(1);
        }
        expect(new Set(effects(its.state).map(({ id }) => id)).size).toBe(effects(its.state).length);
        expect(deadlines(its.state).every(({ at }) => at >= now.requestedAt)).toBe(true);
      }
      expect(fold(initial, its.recorded)).toEqual(its.state);
      const after = opened(its.state);
      if (after !== null) expect(project(initial, after, its.recorded).rebalance?.started).toBe(after.started);
    }),
    { numRuns: 400 },
  );
});

test('what a rebalancing decides to refuse names a code of its own', () => {
  const refused = decide(initial, {
    commandId: 'c',
    at: '2026-03-02T09:00:00.000Z',
    by: 't',
    command: { type: 'sync' },
  });
  expect(refused).toEqual({ type: 'refused', refusal: { code: 'unknown_rebalance' } });
});
