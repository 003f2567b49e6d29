import type { Envelope as EnvelopeOf } from '../process/kind.ts';
import type { Instant } from '../time/duration.ts';
import type { RecallResolution } from './attention.ts';
import type { Drawn, Ended, Planned, RecallRequest, StillOpen, Stopped, Unreached } from './events.ts';
import type { EffectivenessLevel, HazardClass } from './terms.ts';

/** What came of an effect. */
export type RecallOutcomeOfEffect =
  | ({ readonly type: 'stop_sale_placed' } & Stopped)
  | { readonly type: 'overlaps'; readonly recall: string }
  | ({ readonly type: 'waves_planned' } & Planned)
  | ({ readonly type: 'checks_drawn' } & Drawn)
  | { readonly type: 'report_kept'; readonly sha256: string }
  | ({ readonly type: 'termination_recorded' } & Ended)
  | { readonly type: 'stop_sale_lifted'; readonly lots: number }
  | ({ readonly type: 'returns_released'; readonly returns: number } & Unreached)
  | ({ readonly type: 'returns_stopped'; readonly returns: number } & Unreached)
  | { readonly type: 'done' };

/** A message to a recall: from its coordinator, one of its waves, or an effect. Consignees' answers never come here. */
export type RecallCommand =
  | { readonly type: 'draft'; readonly number: string; readonly request: RecallRequest }
  | { readonly type: 'launch' }
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  | { readonly type: 'change_rate'; readonly perMinute: number }
  | { readonly type: 'set_class'; readonly hazardClass: HazardClass }
  | {
      readonly type: 'set_effectiveness';
      readonly effectiveness: EffectivenessLevel;
      /** Of level B, in basis points. */
      readonly checkShare: number | null;
    }
  | { readonly type: 'draw_checks' }
  | { readonly type: 'estimate_completion'; readonly on: string | null }
  /** The rows of the new scope are there already, under this version. */
  | { readonly type: 'widen'; readonly scopeVersion: number }
  /** The same of a draft, whose scope may be any other. */
  | { readonly type: 'revise'; readonly scopeVersion: number }
  | {
      readonly type: 'complete';
      /** What is still open, as whoever sends it has looked it up: then a note must say why it is completed all the same. */
      readonly open?: StillOpen;
      readonly note?: string | null;
      /** Whether whoever sends it may answer for what is left of class I; absent where nobody looked. */
      readonly lead?: boolean;
    }
  /** With a notice that says so to whoever was written to, where one is wanted. */
  | { readonly type: 'terminate'; readonly notice?: boolean }
  | { readonly type: 'cancel'; readonly note: string | null }
  /** It was launched in error; why is a note, by its id. */
  | { readonly type: 'withdraw'; readonly note: string }
  | {
      readonly type: 'report_wave';
      readonly wave: number;
      /** `again`: of those who became so after it had said `notified`, and `ended`. */
      readonly report: 'notified' | 'ended' | 'again';
      /** So far: who did not answer, and whom no notice reached. */
      readonly silent: number;
      readonly undeliverable: number;
    }
  | {
      readonly type: 'resolve';
      readonly attention: string;
      readonly resolution: RecallResolution;
      readonly note: string;
    }
  | { readonly type: 'deadline'; readonly deadline: string; readonly due: Instant }
  | { readonly type: 'outcome'; readonly effect: string; readonly outcome: RecallOutcomeOfEffect }
  | { readonly type: 'sync' };

export type Envelope = EnvelopeOf<RecallCommand>;
