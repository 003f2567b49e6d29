import type { ResponseChannel, ResponseRefusal, Said } from './response.ts';

/**
 * The id of a consignee that is known to the one that named it alone, by that one's own reference: so nobody can name, and by that
 * reach or change, who isn't theirs. No other ids begin so.
 *
 * @param reference without a slash
 */
export const subConsigneeId = (parent: string, reference: string): string => `sub:${parent}/${reference}`;

/** Whoever is above a consignee, the one that named it first: only the last is one that we sent goods to. */
export function chainAbove(consignee: string): readonly string[] {
  const parent = /^sub:(.+)\/[^/]*$/s.exec(consignee)?.[1];
  return parent === undefined ? [] : [parent, ...chainAbove(parent)];
}

/** Goods go through no more hands than that; a longer chain is somebody's play. */
const LONGEST_CHAIN = 5;
/** Ids are in links, in paths and in names of processes. */
const LONGEST_ID = 500;

/**
 * Whom one link may have written to: the one who has it, and all whom it names together, in turn, in one recall. Whoever has more
 * customers than that sends a list, which staff take down.
 */
const MOST_BY_LINK = { named: 500, below: 1_000 } as const;

/** What is known of those whom a consignee names. */
export type Naming = {
  readonly channel: ResponseChannel;
  /** The new ones, by their ids. */
  readonly fresh: readonly string[];
  /** How many it has named in this recall so far, and how many are below whoever is at the top of its chain. */
  readonly named: number;
  readonly below: number;
};

/** Why a consignee can't name whom it does: a link must not be made into letters to ever more strangers. */
export function refuseNaming(
  { channel, fresh, named, below }: Naming,
  positions: readonly Said[],
): readonly ResponseRefusal[] {
  const isTooFar = (id: string) => id.length > LONGEST_ID || chainAbove(id).length > LONGEST_CHAIN;
  const at = (is: (id: string) => boolean) =>
    `positions[${positions.findIndex(({ passedOn }) => passedOn.some(({ consignee }) => is(consignee)))}].passedOn`;
  if (fresh.some(isTooFar)) return [{ code: 'sub_consignee_too_far', field: at(isTooFar) }];
  const { named: most, below: mostBelow } = MOST_BY_LINK;
  if (channel !== 'link' || fresh.length === 0) return [];
  if (named + fresh.length <= most && below + fresh.length <= mostBelow) return [];
  return [{ code: 'sub_consignees_too_many', field: at((id) => fresh.includes(id)), params: { most } }];
}
