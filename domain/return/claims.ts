import { roundHalfUp } from '../money/shares.ts';
import { worthOfLine } from '../sale/order.ts';
import type { Instant } from '../time/duration.ts';
import type { LineState, Opened } from './state.ts';

export const claimKinds = ['lost', 'damaged'] as const;
export type ClaimKind = (typeof claimKinds)[number];

/** `withdrawing`: its parcel came after all. `dropped`: a person gave it up, or it was never opened. */
export const claimStates = ['wanted', 'opened', 'withdrawing', 'withdrawn', 'paid', 'refused', 'dropped'] as const;
type ClaimStatus = (typeof claimStates)[number];

/** What a carrier owes for a parcel of ours, from the wish to its answer. Amounts are minor units of the return's currency. */
export type ClaimState = {
  /** `P1` for a parcel that was lost, `P1:damaged` for what came damaged in it. */
  readonly claim: string;
  readonly parcel: string;
  readonly kind: ClaimKind;
  readonly state: ClaimStatus;
  /** How many claims of this name there were, this one included: each has a reference of its own at the carrier. */
  readonly round: number;
  readonly amount: number;
  readonly paid: number | null;
  readonly providerId: string | null;
  /** When it was opened, or when a person last heard that no answer came: its deadline counts from here. */
  readonly waitsSince: Instant | null;
  readonly overdue: boolean;
  /** It could not be withdrawn: the carrier had decided. */
  readonly stands: boolean;
};

/** All claims of a return; none in a state that was carried over from before claims had records of their own. */
export const claimsOf = (state: Opened): readonly ClaimState[] => Object.values(state.claims ?? {});

/** The name of a claim of a parcel. */
export const claimOf = (parcel: string, kind: ClaimKind): string => (kind === 'lost' ? parcel : `${parcel}:${kind}`);

/**
 * Whether the return's rules follow claims to their end. Under rules from before that could be said, a claim is opened
 * and never heard of again.
 */
export const followsClaims = (state: Opened): boolean => state.policy.receipt.claimWithin !== undefined;

/** What units of a line are worth to us: their price without tax, less their share of the discount. */
export const valueOfUnits = ({ sold }: LineState, units: number): number =>
  roundHalfUp(worthOfLine(sold), units, sold.quantity);

/**
 * What a lost parcel may be claimed for. What is in which of several parcels isn't known, so that together they are
 * claimed for no more than all that has not come.
 */
export function valueLost(state: Opened): number {
  const outstanding = Object.values(state.lines).reduce((sum, line) => sum + valueOfUnits(line, line.outstanding), 0);
  const claimed = claimsOf(state)
    .filter((claim) => claim.kind === 'lost' && ['wanted', 'opened'].includes(claim.state))
    .reduce((sum, { amount }) => sum + amount, 0);
  return Math.max(0, outstanding - claimed);
}

/** A lost parcel's goods are here, in it or otherwise: nothing is left to claim for. */
export function cameAfterAll(state: Opened, parcel: string): boolean {
  const items = Object.values(state.items);
  if (items.some((item) => item.parcel === parcel)) return true;
  return items.length > 0 && Object.values(state.lines).every((line) => line.outstanding + line.missing === 0);
}
