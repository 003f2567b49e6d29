import type { RecallOutcomeOfEffect } from '../../domain/recall/commands.ts';
import type { Instant } from '../../domain/time/duration.ts';

type Came<T extends RecallOutcomeOfEffect['type']> = Extract<RecallOutcomeOfEffect, { type: T }>;

/** The database and the waves, as a recall sees them. All may be asked again and then answer the same. */
export interface Recalls {
  /** Traces a version of the scope and holds the goods that it found, wherever they are; both or, where another recall has them, neither. */
  placeStopSale(input: {
    readonly recall: string;
    readonly scopeVersion: number;
  }): Promise<Came<'stop_sale_placed'> | Came<'overlaps'>>;
  /** Puts the consignees that a trace found into waves, from the first free one on. */
  planWaves(input: {
    readonly recall: string;
    readonly scopeVersion: number;
    readonly firstWave: number;
  }): Promise<Came<'waves_planned'>>;
  /**
   * Chooses consignees for effectiveness checks: of those that no draw before has covered, and of each earlier draw's again where
   * the share has changed.
   *
   * @param input.share in basis points
   */
  drawChecks(input: {
    readonly recall: string;
    readonly draw: number;
    readonly share: number;
  }): Promise<Came<'checks_drawn'>>;
  /** Makes the final report of a completed recall and keeps it; asked again, it is the one that was made. */
  keepReport(input: { readonly recall: string }): Promise<Came<'report_kept'>>;
  /**
   * Notes that the authority has closed a recall: keeps the final report with the dates of both ends, ends checks that nobody has made,
   * and has nobody wait for anything any more but, where it is wanted, the notice that says so.
   */
  recordTermination(input: {
    readonly recall: string;
    readonly notice: boolean;
  }): Promise<Came<'termination_recorded'>>;
  /** Tells returns under way which of their goods are stopped now; returns how many there are. */
  stopReturns(input: { readonly recall: string; readonly scopeVersion: number }): Promise<Came<'returns_stopped'>>;
  /** Lets the goods of a withdrawn recall be sold again, and ends its checks; those that nobody was told of are told nothing. */
  liftStopSale(input: { readonly recall: string }): Promise<Came<'stop_sale_lifted'>>;
  /** Tells returns under way that their goods may go their way; returns how many there are. */
  releaseReturns(input: { readonly recall: string }): Promise<Came<'returns_released'>>;
  startWave(input: WaveName): Promise<Came<'done'>>;
  /** Wakes the waves that run, so that each looks at its recall. */
  tellWaves(input: { readonly recall: string }): Promise<Came<'done'>>;
  /** Has the waves of a withdrawn recall write to whom they had written, also those that have ended. */
  tellWithdrawal(input: { readonly recall: string }): Promise<Came<'done'>>;
  /** The same where the authority has closed it. */
  tellTermination(input: { readonly recall: string }): Promise<Came<'done'>>;
}

export type WaveName = { readonly recall: string; readonly wave: number };

/** The notices of a wave, as its workflow sees them: counts and times, never a consignee. */
export interface Notices {
  /**
   * Sends what is due to consignees of a wave, at most `limit` of them and no faster than the recall allows; looks at the
   * recall at least every second, and stops where that is paused or over. Each notice is claimed under its message id before
   * it is sent, and a claimed one is sent under the same id again.
   */
  sendNotices(input: WaveName & { readonly now: Instant; readonly limit: number }): Promise<WaveProgress>;
  /** Notes that a wave's run has ended, unless it has to go on. */
  endWave(input: WaveName): Promise<void>;
}

export type WaveProgress = {
  /** How many notices left, or could not. */
  readonly done: number;
  readonly stopped: 'paused' | 'over' | null;
  /** Consignees that wait for their first notice, and those that any is still due to. */
  readonly planned: number;
  readonly open: number;
  readonly nextDue: Instant | null;
  readonly silent: number;
  readonly undeliverable: number;
  /** Who became so with these notices. Histories of 0.1.0 may lack it: nobody, then. */
  readonly newly?: { readonly silent: number; readonly undeliverable: number };
};
