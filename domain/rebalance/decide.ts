import { deciding } from '../process/at-rest.ts';
import { raise } from '../process/attention.ts';
import type { Instant } from '../time/duration.ts';
import { unreachable } from '../unreachable.ts';
import { type RebalanceResolution, rebalanceAttention } from './attention.ts';
import type { Envelope, OwnCommand, RebalanceCommand, RebalanceEffectOutcome } from './commands.ts';
import { deadlines, effects, type RebalanceEffect } from './due.ts';
import type { RebalanceEvent } from './events.ts';
import { fold, merged } from './evolve.ts';
import { type Refused, refuse } from './refusals.ts';
import { hasStartedAll, mostEdits, type Opened, type RebalanceState } from './state.ts';

type Answer = readonly RebalanceEvent[] | Refused;

/** Decides what a rebalancing is told, and what follows from it. */
export const decide = deciding(
  {
    fold,
    underWay: (state: RebalanceState) => (state.status === 'executing' ? state : null),
    rules: [closeWithTransfers],
  },
  decideItself,
);

function decideItself(state: RebalanceState, { command, at }: Envelope): Answer {
  if (command.type === 'request') {
    const { number, request } = command;
    return state.status === 'initial' ? [{ type: 'requested', number, request }] : refuse('already_requested');
  }
  if (state.status === 'initial') return refuse('unknown_rebalance');
  return decideMessage(state, command, at);
}

function decideMessage(state: Opened, command: Exclude<RebalanceCommand, { type: 'request' }>, at: Instant): Answer {
  switch (command.type) {
    case 'edit':
      return edit(state, command);
    case 'approve':
      return approve(state, command.plan);
    case 'cancel':
      return cancel(state, command.note);
    case 'resolve':
      return attend(state, command);
    case 'deadline': {
      const { deadline, due } = command;
      const isDue = deadlines(state).some((each) => each.deadline === deadline && each.at === due && due <= at);
      return isDue ? [{ type: 'look_due' }] : [];
    }
    case 'outcome': {
      const effect = effects(state).find(({ key }) => key === command.effect);
      return effect === undefined ? [] : ended(state, effect, command.outcome);
    }
    // It posts nothing in either ledger.
    case 'ledger_disagrees':
    case 'sync':
      return [];
    default:
      return unreachable(command);
  }
}

/** Whether a plan may still be changed, approved or given up; else why not. */
function openPlan({ status }: Opened): Refused | null {
  if (status === 'planning') return refuse('still_planning');
  if (status === 'proposed') return null;
  return refuse(status === 'executing' ? 'already_approved' : 'rebalance_closed');
}

function edit(state: Opened, { edits }: Extract<OwnCommand, { type: 'edit' }>): Answer {
  const barred = openPlan(state);
  if (barred !== null) return barred;
  if (edits.length === 0) return refuse('nothing_named', 'edits');
  if (merged(state.edits, edits).length > mostEdits) return refuse('too_many_edits', 'edits', { most: mostEdits });
  return [{ type: 'edited', edits }];
}

function approve(state: Opened, plan: number): Answer {
  const barred = openPlan(state);
  if (barred !== null) return barred;
  return plan === state.plan
    ? [{ type: 'approved', plan }]
    : refuse('plan_has_changed', 'plan', { plan: state.plan, named: plan });
}

function cancel(state: Opened, note: string | null): Answer {
  const barred = openPlan(state);
  if (barred !== null && state.status !== 'planning') return barred;
  return [
    { type: 'cancelled', note },
    ...Object.keys(state.attention).map(
      (attention): RebalanceEvent => ({ type: 'attention_resolved', attention, resolution: 'acknowledge', note: null }),
    ),
    { type: 'closed', outcome: 'cancelled' },
  ];
}

function ended(state: Opened, effect: RebalanceEffect, outcome: RebalanceEffectOutcome): RebalanceEvent[] {
  switch (outcome.type) {
    case 'planned': {
      const { type: _, ...figures } = outcome;
      return effect.kind === 'plan' ? [{ type: 'proposed', plan: effect.plan, ...figures }] : [];
    }
    case 'not_planned': {
      if (effect.kind !== 'plan') return [];
      const { plan } = effect;
      const { code } = outcome;
      return [{ type: 'planning_failed', plan, code }, ...raise(state, 'plan_failed', `plan ${plan}`, code)];
    }
    case 'transfers_started': {
      if (effect.kind !== 'start_transfers') return [];
      const { started, refused } = outcome;
      const { batch } = effect;
      const event: RebalanceEvent = { type: 'transfers_started', batch, started, refused };
      return refused === 0 ? [event] : [event, ...raise(state, 'plan_transfers_refused', `B${batch}`, String(refused))];
    }
    case 'transfers_seen': {
      if (effect.kind !== 'look_at_transfers') return [];
      const isNews = outcome.late > state.seen.late;
      return [outcome, ...(isNews ? raise(state, 'plan_transfers_late', 'transfers', String(outcome.late)) : [])];
    }
    default:
      return unreachable(outcome);
  }
}

/** A person settles what it could not go on with. */
function attend(state: Opened, command: Extract<OwnCommand, { type: 'resolve' }>): Answer {
  const { resolution, note } = command;
  const open = Object.hasOwn(state.attention, command.attention) ? state.attention[command.attention] : undefined;
  if (open === undefined) return refuse('unknown_attention', 'attention');
  const { attention, reason, subject } = open;
  const allowed: readonly RebalanceResolution[] = rebalanceAttention[reason];
  if (!allowed.includes(resolution)) {
    return refuse('resolution_not_allowed', 'resolution', { reason, resolution, allowed: allowed.join(', ') });
  }
  const resolved: RebalanceEvent = { type: 'attention_resolved', attention, resolution, note };
  if (resolution === 'acknowledge') return [resolved];
  return reason === 'plan_failed'
    ? [resolved, { type: 'planning_retried' }]
    : [resolved, { type: 'transfers_retried', batch: Number(subject.slice(1)) }];
}

/** Closes once all that was started has ended, and nobody is asked anything. */
function closeWithTransfers(state: Opened): readonly RebalanceEvent[] {
  if (!hasStartedAll(state) || Object.keys(state.attention).length > 0) return [];
  if (state.seen.ended < state.started) return [];
  return [{ type: 'closed', outcome: state.started === 0 ? 'nothing_to_move' : 'completed' }];
}
