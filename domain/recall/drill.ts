import type { Duration, Instant } from '../time/duration.ts';
import type { ConfirmationState } from './confirmation.ts';
import type { RecallRequest } from './events.ts';
import { type ConfirmWithin, type Depth, defaultStrategy } from './terms.ts';

/** Where records leave a recall in the dark, in units. */
export const drillGaps = [
  /** Nobody knows where their lot came from: it has neither a receipt nor lots that it was made of. */
  'withoutOrigin',
  /** Their consignee would be written to, and has no address for it. */
  'withoutAddress',
  /** Stock, and goods that were shipped, of the SKU whose lot nobody knows. */
  'stockWithoutLot',
  'shippedWithoutLot',
  /** More of the lot left than ever came in. */
  'notAddingUp',
] as const;
export type DrillGap = (typeof drillGaps)[number];

/** How well units of a drill's scope can be followed. A unit may have several gaps; `sound` are those that have none. */
export type DrillUnits = {
  /** Found by the trace: with consignees, and in facilities. */
  readonly units: number;
  readonly sound: number;
  readonly gaps: Readonly<Record<DrillGap, number>>;
};

/** With the share of sound units, in basis points; null where there are none at all. */
export type DrillScored = DrillUnits & { readonly share: number | null };

/** Whether a facility has confirmed in a drill that what is stopped there was found, as it would have to in a recall. */
export type DrillConfirmation = {
  readonly state: ConfirmationState;
  /** From when it was asked until it had counted all; null where it never did, or wasn't asked and found some. */
  readonly milliseconds: number | null;
  /** In units; found is null where it never counted. */
  readonly onBooks: number;
  readonly found: number | null;
  readonly differs: boolean;
};

/**
 * How a drill went. One query traces all of it and one transaction stops all of it, so that these times are those of every facility;
 * what facilities differ in is gaps, and how soon each confirms that its goods were found.
 */
export type DrillScore = {
  readonly at: Instant;
  readonly recall: string;
  readonly traceMilliseconds: number | null;
  /** From its launch until its goods were noted as stopped, and until everybody would have been written to. */
  readonly stopMilliseconds: number | null;
  readonly notifyMilliseconds: number | null;
  /** Until the last facility had confirmed; null where one never did, or none was asked. Drills of before lack it. */
  readonly confirmMilliseconds?: number | null | undefined;
  readonly total: DrillScored;
  /** By the facility that has the goods or sent them; null: nobody recorded which, or several did. */
  readonly byFacility: readonly (DrillScored & {
    readonly facility: string | null;
    /** Null where it was asked nothing. Drills of before lack it. */
    readonly confirmation?: DrillConfirmation | null | undefined;
  })[];
};

const noGaps = { withoutOrigin: 0, withoutAddress: 0, stockWithoutLot: 0, shippedWithoutLot: 0, notAddingUp: 0 };

/** All of some units together. */
export const drillTotal = (parts: readonly DrillUnits[]): DrillScored =>
  scored(
    parts.reduce<DrillUnits>(
      (sum, { units, sound, gaps }) => ({
        units: sum.units + units,
        sound: sum.sound + sound,
        gaps: {
          withoutOrigin: sum.gaps.withoutOrigin + gaps.withoutOrigin,
          withoutAddress: sum.gaps.withoutAddress + gaps.withoutAddress,
          stockWithoutLot: sum.gaps.stockWithoutLot + gaps.stockWithoutLot,
          shippedWithoutLot: sum.gaps.shippedWithoutLot + gaps.shippedWithoutLot,
          notAddingUp: sum.gaps.notAddingUp + gaps.notAddingUp,
        },
      }),
      { units: 0, sound: 0, gaps: noGaps },
    ),
  );

/** Sound units of all that were found and of all that may be missing: rounded down, so that only what has no gap is whole. */
export function scored({ units, sound, gaps }: DrillUnits): DrillScored {
  const whole = units + gaps.stockWithoutLot + gaps.shippedWithoutLot + gaps.notAddingUp;
  return { units, sound, gaps, share: whole === 0 ? null : Math.floor((sound * 10_000) / whole) };
}

/**
 * The mock recall of a drill: nobody is asked whether a notice came that was never sent.
 *
 * @param confirmWithin how long facilities have to confirm what is stopped there; null: they aren't asked
 */
export function drillRequest(depth: Depth, confirmWithin: Duration | null): RecallRequest {
  const { confirmWithin: _, ...strategy } = defaultStrategy;
  const within = confirmWithin === null ? {} : { confirmWithin: alikeForAll(confirmWithin) };
  return {
    kind: 'recall',
    hazardClass: null,
    depth,
    mandated: false,
    mock: true,
    strategy: { ...strategy, ...within, effectiveness: 'E' },
  };
}

const alikeForAll = (time: Duration): ConfirmWithin => ({ I: time, II: time, III: time, unclassified: time });

/** What became of a drill that was due. */
export const drillStates = ['running', 'scored', 'skipped'] as const;

/** Why none was made of it: a recall that isn't a drill was reaching its consignees; nothing was shipped; it was given up. */
export const drillSkips = ['recall_under_way', 'no_lot_shipped', 'schedule_deleted'] as const;
export type DrillSkip = (typeof drillSkips)[number];
