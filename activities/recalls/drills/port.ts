import type { DrillSkip } from '../../../domain/recall/drill.ts';
import type { RecallRequest } from '../../../domain/recall/events.ts';
import type { RecallStatus } from '../../../domain/recall/state.ts';
import type { Instant } from '../../../domain/time/duration.ts';

/** Drills in the database, and who hears of them. A drill is known by its run's id; all may be asked again and answer the same. */
export interface RecallDrills {
  /** Chooses the lot and writes down what the mock recall is about, or why there is none. */
  beginDrill(input: {
    readonly run: string;
    readonly schedule: string;
    readonly firedAt: Instant;
  }): Promise<DrillBegun>;
  /** How far its recall is, null before that is drafted; and whether a recall that isn't a drill is reaching its consignees. */
  drillStands(input: { readonly recall: string }): Promise<{
    readonly status: RecallStatus | null;
    readonly mustYield: boolean;
    /** Facilities that are asked to confirm and still have time. Histories of 0.1.0 may lack it: none, then. */
    readonly unconfirmed?: number;
  }>;
  /** Reads how it went and keeps that. */
  scoreDrill(input: { readonly run: string; readonly recall: string; readonly overdue: boolean }): Promise<void>;
  /** Writes to those who are to hear of it. */
  tellDrill(input: { readonly run: string }): Promise<void>;
}

export type DrillBegun =
  | { readonly type: 'skipped'; readonly why: DrillSkip }
  | {
      readonly type: 'begun';
      readonly recall: string;
      readonly request: RecallRequest;
      /** Why it ends, as a note's id. */
      readonly note: string;
    };
