import type { Envelope as EnvelopeOf } from '../process/kind.ts';
import type { OwnNews, RequestCommand } from '../process/numbered.ts';
import type { Instant } from '../time/duration.ts';
import type { TripResolution } from './attention.ts';
import type { LoadFailure, Rider, TripRequest } from './events.ts';
import type { Stop } from './plan.ts';

/** What came of telling something to the process of a load, or of looking for another trip. */
export type TripEffectOutcome =
  | { readonly type: 'accepted' }
  | { readonly type: 'refused'; readonly code: string }
  | { readonly type: 'placed'; readonly trip: string }
  | { readonly type: 'not_placed'; readonly code: string };

/** A message to a trip: from its driver, a person, a timer, or the process of a load. Times are the driver's own. */
export type TripCommand =
  | RequestCommand<TripRequest>
  | {
      readonly type: 'assign';
      readonly riders: readonly Rider[];
      /** All that it is to drive to, in order, as it was planned. */
      readonly stops: readonly Stop[];
    }
  | { readonly type: 'withdraw'; readonly load: string }
  | { readonly type: 'depart'; readonly at: Instant }
  | { readonly type: 'arrive'; readonly stop: string; readonly at: Instant }
  | { readonly type: 'collect'; readonly load: string; readonly units: number; readonly at: Instant }
  | { readonly type: 'fail'; readonly load: string; readonly code: LoadFailure }
  | { readonly type: 'refuse'; readonly load: string; readonly code: LoadFailure }
  | { readonly type: 'deliver'; readonly load: string; readonly units: number; readonly at: Instant }
  | { readonly type: 'come_back'; readonly at: Instant }
  | { readonly type: 'cancel'; readonly note: string | null }
  | { readonly type: 'resolve'; readonly attention: string; readonly resolution: TripResolution; readonly note: string }
  | OwnNews<TripEffectOutcome>;

export type Envelope = EnvelopeOf<TripCommand>;
