import type { Notices } from '../../activities/recalls/port.ts';
import type { RecallCommand } from '../../domain/recall/commands.ts';
import { recallWaveWorkflowId } from '../../workflows/recall-wave/messages.ts';
import type { Chance } from './random-lives.ts';

/** A wave as its run knows itself. */
type Run = { notified: boolean; ended: boolean; running: boolean };
/** What a wave tells its recall; what it tells once has an id for that. */
export type Told = { readonly command: RecallCommand; readonly commandId?: string };

/** A mail server that can't be reached, as the activity finds out. */
export const away = new Error('the mail server is away');

/** The waves of a recall driven by hand, a turn between two waits at a time, as their workflow does it but without Temporal. */
export class WaveRuns {
  readonly #runs = new Map<number, Run>();
  readonly #recall: string;
  readonly #notices: Notices;
  readonly #chance: Chance;

  constructor(recall: string, notices: Notices, chance: Chance) {
    this.#recall = recall;
    this.#notices = notices;
    this.#chance = chance;
  }

  get running(): readonly number[] {
    return [...this.#runs].filter(([, { running }]) => running).map(([wave]) => wave);
  }

  /** One that has run is not run again. */
  start(wave: number): void {
    if (!this.#runs.has(wave)) this.#runs.set(wave, { notified: false, ended: false, running: true });
  }

  /** Those that have ended run once more, to write to whom they, or others before them, had written. */
  startAgain(waves: readonly number[]): void {
    for (const wave of waves) {
      if (this.#runs.get(wave)?.running !== true) this.#runs.set(wave, { notified: true, ended: true, running: true });
    }
  }

  async turn(wave: number, now: string): Promise<readonly Told[]> {
    const run = this.#runs.get(wave);
    if (run === undefined) return [];
    const named = { recall: this.#recall, wave };
    const limit = 1 + this.#chance.below(8);
    const progress = await this.#notices.sendNotices({ ...named, now, limit }).catch((error: unknown) => {
      if (error !== away) throw error;
      return null;
    });
    // The activity is tried again.
    if (progress === null) return [];
    const { newly = { silent: 0, undeliverable: 0 }, stopped, planned, open, silent, undeliverable } = progress;
    const told: Told[] = [];
    if (!run.notified && planned === 0 && stopped !== 'over') {
      run.notified = true;
      told.push(this.#once(wave, 'notified', silent, undeliverable));
    } else if (run.notified && newly.undeliverable + (run.ended ? newly.silent : 0) > 0) {
      const counts = { silent: run.ended ? newly.silent : 0, undeliverable: newly.undeliverable };
      told.push({ command: { type: 'report_wave', wave, report: 'again', ...counts } });
    }
    if (stopped !== 'over' && open > 0) return told;
    await this.#notices.endWave(named);
    run.running = false;
    if (!run.ended) told.push(this.#once(wave, 'ended', silent, undeliverable));
    run.ended = true;
    return told;
  }

  #once(wave: number, report: 'notified' | 'ended', silent: number, undeliverable: number): Told {
    const command = { type: 'report_wave', wave, report, silent, undeliverable } as const;
    return { command, commandId: `${recallWaveWorkflowId(this.#recall, wave)}:${report}` };
  }
}
