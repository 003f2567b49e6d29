import { after, type Duration, type Instant } from '../time/duration.ts';
import type { EffectivenessLevel, HazardClass, RecallStrategy } from './terms.ts';

/** How a consignee is asked (21 CFR 7.42(b)(3)). */
export const checkMethods = ['visit', 'phone', 'letter'] as const;
export type CheckMethod = (typeof checkMethods)[number];

/**
 * What somebody found: that the notice came and was acted on (`effective`), that it didn't come, that it came and nothing was done,
 * that nobody could be asked, or that there is no such business any more.
 */
export const checkOutcomes = ['effective', 'not_received', 'no_action', 'not_reachable', 'out_of_business'] as const;
export type CheckOutcome = (typeof checkOutcomes)[number];

/**
 * `open`: nobody has asked yet; `follow_up`: asked, and to be asked again; `done`; `withdrawn`: a lower level no longer asks for it,
 * and nobody had asked before; `ended`: the recall was terminated before it was made, or followed up.
 */
export const checkStates = ['open', 'follow_up', 'done', 'withdrawn', 'ended'] as const;
export type CheckState = (typeof checkStates)[number];

/** All of them, in basis points. */
const all = 10_000;
/** What level B may choose between (21 CFR 7.42(b)(3)(ii)). */
export const leastShareOfB = 1_000;
export const mostShareOfB = all;

/** How much of the consignees a level checks, in basis points. A level B that never said its share checks all of them. */
export function checkedShare(level: EffectivenessLevel, shareOfB: number | null): number {
  switch (level) {
    case 'A':
      return all;
    case 'B':
      return shareOfB ?? all;
    case 'C':
      return 1_000;
    case 'D':
      return 200;
    case 'E':
      return 0;
  }
}

/** The share of a recall as its strategy has it. */
export const shareOf = ({ effectiveness, checkShare }: Pick<RecallStrategy, 'effectiveness' | 'checkShare'>): number =>
  checkedShare(effectiveness, checkShare ?? null);

/** How many of so many consignees are checked: never less than the share. */
export const sampleSize = (consignees: number, basisPoints: number): number =>
  Math.ceil((consignees * basisPoints) / all);

/** Until when a check that found fault is followed up, by class. Starting points: the law sets no times. */
const followUpWithin: Readonly<Record<HazardClass | 'unclassified', Duration>> = {
  I: 'P1D',
  II: 'P3D',
  III: 'P7D',
  unclassified: 'P2D',
};

/** So often nobody has to be reached before a person decides how to go on. */
const triesBeforePerson = 3;

export type CheckFollows = {
  readonly state: Extract<CheckState, 'follow_up' | 'done'>;
  readonly dueAt: Instant | null;
  /** Whether it waits in the people's queue. */
  readonly needsPerson: boolean;
};

/**
 * What follows from what somebody found.
 *
 * @param attempts how often the consignee was asked, this time included
 */
export function afterCheck(
  outcome: CheckOutcome,
  attempts: number,
  hazardClass: HazardClass | null,
  checkedAt: Instant,
): CheckFollows {
  if (outcome === 'effective' || outcome === 'out_of_business') {
    return { state: 'done', dueAt: null, needsPerson: false };
  }
  const dueAt = after(checkedAt, followUpWithin[hazardClass ?? 'unclassified']);
  return { state: 'follow_up', dueAt, needsPerson: outcome !== 'not_reachable' || attempts >= triesBeforePerson };
}
