import { attending } from '../../execution/attend.ts';
import type { OwnReason } from '../../execution/attention.ts';
import type { ExecutionItem } from '../../execution/item.ts';
import { type Refused, refuse } from '../../execution/refusals.ts';
import { raise } from '../../process/attention.ts';
import { unreachable } from '../../unreachable.ts';
import { type RefurbishmentReason, refurbishmentAttention } from '../attention.ts';
import { type Due, deadlines } from '../due.ts';
import type { RefurbishmentEvent } from '../events.ts';
import { type Opened, workOn } from '../state.ts';
import { giveUp } from './finish.ts';

/** What people settle, and what times and the returns' answers lead to. */
export const { decideCommon, resolveMoot } = attending({
  attention: refurbishmentAttention,
  deadlines,
  consequences: stop,
  overdue,
  barsReturn,
  hasLeft: ({ phase }) => phase !== 'requested' && phase !== 'in_work',
  goesOn,
  isMoot,
});

/** The one way of its own in which a person settles something: nobody works on it any more, also where it was held. */
function stop(state: Opened): readonly RefurbishmentEvent[] | Refused {
  if (state.phase === 'requested') return refuse('still_gathering');
  if (state.phase !== 'in_work') return [];
  return [...(state.hold === null ? [] : [{ type: 'hold_lifted' } as const]), ...giveUp(state)];
}

/** What was on hold for a recall that was an error is worked on again. */
function goesOn({ hold }: Opened): readonly RefurbishmentEvent[] {
  return hold?.code === 'recall' ? [{ type: 'hold_lifted' }] : [];
}

const late = { finish: 'work_late', parts: 'parts_late', hold: 'hold_long' } as const;

/** Where nobody has said that work goes on that isn't worth it, it is given up. */
function overdue(state: Opened, { deadline }: Due): readonly RefurbishmentEvent[] {
  const passed = { type: 'overdue', what: deadline } as const;
  if (deadline === 'decision') return [passed, ...giveUp(state)];
  return [passed, ...raise(state, late[deadline], state.number)];
}

/** What was taken apart is no longer there to go another way: its parts are stock. */
function barsReturn(state: Opened, item: ExecutionItem): Refused | null {
  return workOn(state, item).harvested === null ? null : refuse('units_finished', 'resolution');
}

/** It was done after all, the parts came, more was granted. */
function isMoot(state: Opened, { reason }: { readonly reason: OwnReason<RefurbishmentReason> }): boolean {
  switch (reason) {
    case 'work_late':
      return state.phase !== 'in_work';
    case 'parts_late':
      return state.awaiting === null;
    case 'work_not_worth_it':
      return state.overBudgetSince === null;
    case 'hold_long':
      return state.hold === null;
    default:
      return unreachable(reason);
  }
}
