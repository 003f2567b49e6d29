import type { itemKey } from '../../execution/item.ts';
import { type Refused, refuse } from '../../execution/refusals.ts';
import { split } from '../../execution/shares.ts';
import type { WorkResult } from '../../goods/work.ts';
import { raise } from '../../process/attention.ts';
import type { RefurbishmentCommand } from '../commands.ts';
import type { RefurbishmentEvent } from '../events.ts';
import { exceedsGain, type Opened, onBench, spentOn, statusOf, workOn, worthOf } from '../state.ts';
import { isDone } from './finish.ts';

/** Begins once all returns have answered; one that got nothing has come to nothing. */
export function begin(state: Opened): readonly RefurbishmentEvent[] {
  if (state.phase !== 'requested') return [];
  const items = Object.values(state.items);
  if (items.some((item) => item.state === 'wanted')) return [];
  if (items.some((item) => item.state === 'held')) return [{ type: 'begun' }];
  return [{ type: 'cancelled', partsBack: false, note: null }];
}

/** Calls it off: the items are free again, and wait as they came. What is done can't be undone by that. */
export function cancel(
  state: Opened,
  { partsBack, note }: Extract<RefurbishmentCommand, { type: 'cancel' }>,
): readonly RefurbishmentEvent[] | Refused {
  if (state.phase === 'ending' || state.phase === 'closed') return refuse('execution_closed');
  const isBegun = Object.values(state.work).some(({ done, harvested }) => done.length > 0 || harvested !== null);
  return isBegun ? refuse('units_finished') : [{ type: 'cancelled', partsBack, note }];
}

/** One that was called off lets go of what it holds, also of what it is given later. */
export function letGo(state: Opened): readonly RefurbishmentEvent[] {
  if (state.ending !== 'cancelled') return [];
  return onBench(state).map(({ rma, item }) => ({ type: 'item_let_go', rma, item }));
}

/**
 * Ends the work once nothing is left at the bench: what was spent is shared out over all units, each return hears what
 * became of its item, and what was taken apart has gone its way.
 */
export function endWork(state: Opened): readonly RefurbishmentEvent[] {
  const items = onBench(state);
  if (state.phase !== 'in_work' || !items.every((item) => isDone(state, item))) return [];
  const spent = spentOn(state);
  const shares = split(
    spent,
    items.map(({ quantity }) => quantity),
  );
  let capitalised = 0;
  const told = items.map((item, index): RefurbishmentEvent => {
    const { rma, item: id } = item;
    const { done, harvested } = workOn(state, item);
    if (harvested !== null) {
      const salvaged = harvested.reduce((sum, { cost }) => sum + cost, 0);
      return { type: 'item_ending', rma, item: id, ...(salvaged > 0 ? { salvaged } : {}) };
    }
    const quantities = done.map(({ quantity }) => quantity);
    const costs = split(shares[index] ?? 0, quantities);
    const gains = split(gainLeft(state, item), quantities);
    const results = done.map((each, n): WorkResult => {
      const added = each.outcome === 'mended' ? Math.min(costs[n] ?? 0, gains[n] ?? 0) : 0;
      capitalised += added;
      return { ...each, added };
    });
    return { type: 'item_reporting', rma, item: id, results };
  });
  return [{ type: 'work_ended', capitalised, expensed: spent - capitalised }, ...told];
}

/** What an item may be carried higher for work on it: its gain. An owner's device and our own equipment are no inventory. */
function gainLeft(state: Opened, item: Parameters<typeof itemKey>[0]): number {
  const { budget, carriedAs } = workOn(state, item);
  return carriedAs === 'inventory' && state.disposition !== 'repair_and_return' ? budget : 0;
}

/** Work that isn't worth it stops until a person has said whether it goes on. */
export function stopAtLoss(state: Opened): readonly RefurbishmentEvent[] {
  if (statusOf(state) !== 'in_work' && statusOf(state) !== 'awaiting_parts') return [];
  if (!exceedsGain(state)) return [];
  const { budget, spent, expected } = worthOf(state);
  return [
    { type: 'over_budget', worth: { budget, spent, expected } },
    ...raise(state, 'work_not_worth_it', state.number, `${budget} ${spent} ${expected}`),
  ];
}
