import type { NetworkOf } from '../network/kind.ts';
import type { NetworkProjection } from '../network/projection.ts';
import type { TripCommand, TripEffectOutcome } from './commands.ts';
import type { TripEffect } from './due.ts';
import type { TripEvent, TripRequest } from './events.ts';
import type { TripRefusal } from './refusals.ts';
import type { Opened, TripState } from './state.ts';

/** What is of a trip's own. */
export type TripParts = {
  readonly state: TripState;
  readonly opened: Opened;
  readonly request: TripRequest;
  readonly command: TripCommand;
  readonly event: TripEvent;
  readonly refusal: TripRefusal;
  readonly effect: TripEffect;
  readonly outcome: TripEffectOutcome;
  readonly projection: NetworkProjection;
};

/** A trip, as the shell of every process sees it. */
export type TripKind = NetworkOf<TripParts>;
