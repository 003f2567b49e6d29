import type { Told } from '../../domain/execution/telling.ts';
import type { TripCommand } from '../../domain/trip/commands.ts';
import type { Candidate } from '../../domain/trip/insertion.ts';

/** What a return or another trip says to a trip: a message of its process as it is. */
export type TripTelling = {
  readonly trip: string;
  readonly message: {
    /** Whose it is, with the effect's id: said again, it is taken once. */
    readonly commandId: string;
    readonly by: string;
    readonly command: Extract<TripCommand, { type: 'assign' | 'withdraw' }>;
  };
};

/** Something that a trip didn't collect. */
export type NotCollected = {
  readonly trip: string;
  /** The effect that asks: the same for ever, so that it is placed once. */
  readonly effect: string;
  readonly candidate: Candidate;
};

/** The trips, as returns and other trips speak to them. */
export interface Trips {
  /**
   * Brings a message to a trip, wherever it is: running, finished, or without a run yet. Throws while nobody answers;
   * repeated, the trip takes it once and answers the same.
   */
  tellTrip(telling: TripTelling): Promise<Told>;
  /** Finds another trip that passes, and has it collect what was not collected, if that is cheaper than a carrier. */
  placeAgain(
    missed: NotCollected,
  ): Promise<
    { readonly type: 'placed'; readonly trip: string } | { readonly type: 'not_placed'; readonly code: string }
  >;
}
