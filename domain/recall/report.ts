import type { Instant } from '../time/duration.ts';
import type { CheckOutcome } from './checks.ts';
import type { ConfirmationState } from './confirmation.ts';
import { type Outcome, outcomes } from './response.ts';
import type { EffectivenessLevel, HazardClass, RecallKind } from './terms.ts';

/** Units by what became of them; claimed is what holders say and we have seen together, verified what we have seen. */
export type Accounted = Readonly<Record<Outcome, number>>;

/** Its figures. */
export const fatesOf = (accounted: Accounted): readonly number[] => outcomes.map((outcome) => accounted[outcome]);

/** The account of some goods, each unit at its last known holder: affected = all that is claimed + unaccounted. */
export type Account = {
  readonly affected: number;
  readonly claimed: Accounted;
  readonly verified: Accounted;
  readonly unaccounted: number;
  /** Beside them: units that may be of the scope, as nobody knows their lot. */
  readonly possible: number;
};

/** What our facilities have confirmed, in units; and how many facilities aren't named. */
export type ConfirmationsPart = {
  readonly asked: number;
  readonly confirmed: number;
  readonly late: number;
  /** Beside those that were asked: who found goods that no book had there. */
  readonly unasked: number;
  readonly differing: number;
  readonly rows: readonly {
    readonly facility: string;
    readonly state: ConfirmationState;
    readonly askedAt: Instant | null;
    readonly dueAt: Instant | null;
    readonly confirmedAt: Instant | null;
    /** An API key's id. */
    readonly confirmedBy: string | null;
    readonly onBooks: number;
    readonly found: number | null;
    readonly differs: boolean;
  }[];
  readonly more: number;
};

/** Rows of a part of the account that is told, and how many more there are. */
export type Part<Named> = { readonly rows: readonly (Named & Account)[]; readonly more: number };

/**
 * How far a recall is, with what an authority asks for (21 CFR 7.53(b)): who was notified when and how, who answered and what they
 * had on hand, who did not, what was returned or put right, what effectiveness checks found, and when it is expected to end.
 */
export type StatusReport = {
  /** When the figures were read, or for the final report, when the recall was completed. */
  readonly at: Instant;
  readonly recall: {
    readonly number: string;
    readonly kind: RecallKind;
    readonly hazardClass: HazardClass | null;
    readonly depth: string;
    readonly mandated: boolean;
    readonly mock: boolean;
    readonly status: string;
    /** How it ended; null before. Final reports that were kept before it was told lack it. */
    readonly outcome?: string | null | undefined;
    readonly scopeVersion: number;
    readonly product: string;
    readonly reason: string;
    readonly launchedAt: Instant | null;
    readonly stoppedAt: Instant | null;
    readonly notifiedAt: Instant | null;
    readonly completedAt: Instant | null;
    readonly closedAt: Instant | null;
    readonly traceMilliseconds: number | null;
  };
  readonly consignees: {
    readonly total: number;
    readonly notified: number;
    readonly undeliverable: number;
    readonly responded: number;
    readonly notResponded: number;
  };
  /** First notices, by the day on which they left (UTC) and how. */
  readonly notified: readonly { readonly day: string; readonly channel: string; readonly consignees: number }[];
  /** Units that those who answered had when they were told: held, or since returned, destroyed or put right. */
  readonly onHand: number;
  readonly account: Account;
  readonly byLot: Part<{ readonly sku: string; readonly lot: string | null }>;
  readonly byFacility: Part<{ readonly facility: string }>;
  readonly checks: {
    readonly level: EffectivenessLevel;
    readonly share: number;
    /** Those they were chosen from, and how many were. */
    readonly consignees: number;
    readonly chosen: number;
    readonly made: number;
    readonly followUp: number;
    readonly outcomes: Readonly<Record<CheckOutcome, number>>;
  };
  /**
   * Whether our facilities have found what is stopped there and set it aside; those that never confirmed have no time. Final reports that
   * were kept before it was asked lack it.
   */
  readonly confirmations?: ConfirmationsPart | undefined;
  /** What was open when it was completed, as far as it was looked up, and whether a note says why; absent before. */
  readonly completion?:
    | {
        readonly checks: number | null;
        readonly units: number | null;
        /** Absent in final reports of before. */
        readonly facilities?: number | null | undefined;
        readonly note: boolean;
      }
    | undefined;
  readonly estimate: {
    /** The day that the coordinator expects to complete it on. */
    readonly completesOn: string | null;
    /** When the last of those who have not answered will have been told the last word. */
    readonly lastWordBy: Instant | null;
  };
};
