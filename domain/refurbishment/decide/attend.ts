import type { Instant } from '../../duration.ts';
import { itemKey } from '../../execution/item.ts';
import { type Refused, refuse } from '../../execution/refusals.ts';
import { type Told, toldOf } from '../../execution/telling.ts';
import { unreachable } from '../../unreachable.ts';
import { type RefurbishmentReason, type RefurbishmentResolution, refurbishmentAttention } from '../attention.ts';
import type { RefurbishmentCommand } from '../commands.ts';
import { deadlines } from '../due.ts';
import type { RefurbishmentEvent } from '../events.ts';
import type { Opened } from '../state.ts';
import { giveUp } from './finish.ts';
import { raise } from './raise.ts';

type Answer = readonly RefurbishmentEvent[] | Refused;

/** A person settles what the engine could not decide; what follows is recorded with it. */
export function attend(state: Opened, command: Extract<RefurbishmentCommand, { type: 'resolve' }>): Answer {
  const open = Object.hasOwn(state.attention, command.attention) ? state.attention[command.attention] : undefined;
  if (open === undefined) return refuse('unknown_attention', 'attention');
  const { attention, reason, subject } = open;
  const { resolution, note } = command;
  const allowed: readonly RefurbishmentResolution[] = refurbishmentAttention[reason];
  if (!allowed.includes(resolution)) {
    return refuse('resolution_not_allowed', 'resolution', { reason, resolution, allowed: allowed.join(', ') });
  }
  return [
    { type: 'attention_resolved', attention, resolution, note },
    ...consequences(state, reason, subject, resolution),
  ];
}

function consequences(
  state: Opened,
  reason: RefurbishmentReason,
  subject: string,
  resolution: RefurbishmentResolution,
): readonly RefurbishmentEvent[] {
  switch (resolution) {
    case 'acknowledge':
      return [];
    case 'give_up':
      return state.phase === 'in_work' ? [...(state.hold === null ? [] : [lifted]), ...giveUp(state)] : [];
    case 'retry': {
      if (reason === 'reconciliation') return [{ type: 'reconciliation_retried' }];
      const item = Object.values(state.items).find((each) => itemKey(each) === subject);
      return item === undefined ? [] : [{ type: 'item_retried', rma: item.rma, item: item.item }];
    }
    default:
      return unreachable(resolution);
  }
}

const lifted = { type: 'hold_lifted' } as const;

const late = { finish: 'work_late', parts: 'parts_late', hold: 'hold_long' } as const;

/**
 * A timer fired. It counts only if the state still has that deadline and its time has come. Nobody has said that work goes
 * on that isn't worth it: it is given up.
 */
export function deadlinePassed(state: Opened, deadline: string, due: Instant, at: Instant): Answer {
  const still = deadlines(state).find((each) => each.deadline === deadline && each.at === due && due <= at);
  if (still === undefined) return [];
  const overdue = { type: 'overdue', what: still.deadline } as const;
  if (still.deadline === 'decision') return [overdue, ...giveUp(state)];
  return [overdue, ...raise(state, late[still.deadline], state.number)];
}

/** A return has answered; where it refused what it had let us do, a person looks. */
export function told(state: Opened, effect: string, outcome: Told): Answer {
  return toldOf(state.items, effect, outcome).flatMap((event): RefurbishmentEvent[] =>
    event.type === 'item_stranded' ? [event, ...raise(state, 'item_stranded', itemKey(event), event.code)] : [event],
  );
}

/**
 * The database's own books disagree with the process: it stays open until a person has looked. One who was about to
 * close it is asked anew: else the same answer would try to close it for ever.
 */
export function ledgerDisagrees(state: Opened, detail: string): Answer {
  if (state.phase === 'closed') return [];
  const asked = Object.values(state.attention).filter(({ reason }) => reason === 'reconciliation');
  return [
    ...asked.map(
      ({ attention }) => ({ type: 'attention_resolved', attention, resolution: 'retry', note: null }) as const,
    ),
    { type: 'reconciliation_required', disagreements: [detail] },
    ...raise({ ...state, attention: {} }, 'reconciliation', state.number, detail),
  ];
}

/** Takes out of the people's queue what has settled itself: it was done after all, the parts came, more was granted. */
export function resolveMoot(state: Opened): readonly RefurbishmentEvent[] {
  return Object.values(state.attention).flatMap(({ attention, reason }): RefurbishmentEvent[] =>
    isMoot(state, reason) ? [{ type: 'attention_resolved', attention, resolution: 'acknowledge', note: null }] : [],
  );
}

function isMoot(state: Opened, reason: RefurbishmentReason): boolean {
  switch (reason) {
    case 'work_late':
      return state.phase !== 'in_work';
    case 'parts_late':
      return state.awaiting === null;
    case 'work_not_worth_it':
      return state.overBudgetSince === null;
    case 'hold_long':
      return state.hold === null;
    case 'item_stranded':
    case 'reconciliation':
      return false;
    default:
      return unreachable(reason);
  }
}
