import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RebalanceCommand, RebalanceEffectOutcome } from '../../../domain/rebalance/commands.ts';
import { rebalanceDecider } from '../../../domain/rebalance/decider.ts';
import type { RebalanceEffect } from '../../../domain/rebalance/due.ts';
import { rebalanceOutcomes } from '../../../domain/rebalance/events.ts';
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
  { weight: 5, arbitrary: fc.nat(9999).map((onward) => ({ onward })) },
  { weight: 2, arbitrary: outcome.map((comes) => ({ comes })) },
  { weight: 2, arbitrary: command.map((told) => ({ told })) },
  fc.constant('wait' as const),
);

/** What may come of what it asks for. */
function outcomeOf(its: Balancing, effect: RebalanceEffect, pick: number): RebalanceEffectOutcome {
  switch (effect.kind) {
    case 'plan':
      if (pick % 5 === 0) return { type: 'not_planned', code: 'no_positions' };
      return { type: 'planned', ...figures(pick % 3 === 0 ? 0 : pick % 46) };
    case 'start_transfers': {
      const transfers = effect.last - effect.first + 1;
      const refused = pick % 4 === 0 ? Math.min(transfers, 1 + (pick % 3)) : 0;
      return { type: 'transfers_started', started: transfers - refused, refused };
    }
    case 'look_at_transfers': {
      const ended = pick % 2 === 0 ? its.now.started : pick % (its.now.started + 1);
      return { type: 'transfers_seen', ended, late: pick % 7 === 0 ? 1 : 0, received: ended, lost: 0 };
    }
  }
}

/** What is asked for is done, a plan approved, a time waited for, or a person settles what is asked. */
function goOn(its: Balancing, pick: number): void {
  const [effect] = effects(its.state);
  const [open] = Object.values(its.now.attention);
  if (effect !== undefined) its.comes(outcomeOf(its, effect, pick));
  else if (its.now.status === 'proposed') its.approve();
  else if (open !== undefined) its.resolve(open.reason === 'plan_failed' ? 'retry' : 'acknowledge', open.attention);
  else its.wait();
}

/** What must hold after every step, whatever came before. */
function brokenRules(its: Balancing): string[] {
  const { now } = its;
  const busy = its.wants.length + its.due.length + its.queue.length;
  const count = (type: string) => its.recorded.filter(({ event }) => event.type === type).length;
  const started = now.startedIn.reduce((sum, each) => sum + (each ?? 0), 0);
  const hasPlan = now.figures !== null;
  const rules: readonly (readonly [string, boolean])[] = [
    ['more or fewer started than its batches say', started !== now.started || now.started < 0],
    [
      'a plan where none is, or none where one is',
      now.status !== 'cancelled' && hasPlan === (now.status === 'planning'),
    ],
    ['ends twice', count('closed') !== (now.closedAt === null ? 0 : 1)],
    ['closed and busy', now.closedAt !== null && busy > 0],
    ['closed before its transfers were', now.outcome === 'completed' && now.seen.ended < now.started],
    [
      'nothing moved, and transfers were started',
      (now.outcome === 'nothing_to_move') !== (now.status === 'closed' && now.started === 0),
    ],
    ['stands still', now.closedAt === null && now.status !== 'proposed' && busy === 0],
    ['an effect twice', new Set(effects(its.state).map(({ id }) => id)).size < its.wants.length],
    ['due before it was asked for', deadlines(its.state).some(({ at }) => at < now.requestedAt)],
  ];
  return rules.filter(([, broken]) => broken).map(([rule]) => rule);
}

test('whatever it is told in whatever order: it ends once, wants nothing then, and folds to what it is', () => {
  const ends = new Map<string, number>();
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40, size: 'max' }), (steps) => {
      const its = new Balancing();
      for (const each of steps) {
        if (each === 'wait') its.wait();
        else if ('onward' in each) goOn(its, each.onward);
        else if ('comes' in each) its.comes(each.comes);
        else its.send(each.told);
        expect(brokenRules(its)).toEqual([]);
      }
      // Left to itself and to people who do their part it ends.
      for (let round = 1; round <= 60 && its.now.closedAt === null; round += 1) {
        goOn(its, 2 * round);
        expect(brokenRules(its)).toEqual([]);
      }
      const { outcome: end } = its.now;
      expect(end).not.toBeNull();
      ends.set(String(end), (ends.get(String(end)) ?? 0) + 1);
      expect(fold(initial, its.recorded)).toEqual(its.state);
      const after = opened(its.state);
      if (after !== null) expect(project(initial, after, its.recorded).rebalance?.started).toBe(after.started);
    }),
    { numRuns: 400 },
  );
  for (const end of rebalanceOutcomes) expect(ends.get(end) ?? 0, end).toBeGreaterThan(20);
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
