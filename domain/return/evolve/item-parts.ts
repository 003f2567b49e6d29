import { type DeviceFinding, evidenceFor } from '../../goods/evidence.ts';
import { roundHalfUp } from '../../money/shares.ts';
import { shareOfPrice, withoutPrice } from '../paid-repair.ts';
import type { ItemState } from '../state.ts';

/** What some of an item's units keep of what is known of its devices, and what was seen now. */
export function deviceOf(
  whole: ItemState,
  serials: readonly string[],
  seen: readonly DeviceFinding[],
): Pick<ItemState, 'found' | 'evidence'> {
  const found = [...new Set([...(whole.found ?? []), ...seen])];
  const evidence = evidenceFor(whole.evidence ?? [], whole, serials, seen);
  return { ...(found.length === 0 ? {} : { found }), ...(whole.evidence === undefined ? {} : { evidence }) };
}

type Share = Pick<ItemState, 'recovered' | 'work' | 'paidRepair'>;

/**
 * The share of some of an item's units in what came back for it, never more than they cost, as the whole isn't; in what
 * work on it has added; and in what its owner pays for that.
 */
export function shareOf(item: ItemState, quantity: number): Share {
  const { recovered, work, quantity: all } = item;
  return {
    ...shareOfPrice(item, quantity),
    ...(recovered === undefined ? {} : { recovered: roundHalfUp(recovered, quantity, all) }),
    ...(work === undefined ? {} : { work: { ...work, added: roundHalfUp(work.added, quantity, all) } }),
  };
}

/** What is left of it for the others. */
export const without = ({ recovered, work, paidRepair }: ItemState, gone: Share): Share => ({
  ...withoutPrice(paidRepair, gone.paidRepair),
  ...(recovered === undefined ? {} : { recovered: recovered - (gone.recovered ?? 0) }),
  ...(work === undefined ? {} : { work: { ...work, added: work.added - (gone.work?.added ?? 0) } }),
});
