import type { Pool } from 'pg';
import { drawChecks } from '../../activities/recalls/draw-checks.ts';
import { keepReport } from '../../activities/recalls/keep-report.ts';
import { liftStopSale } from '../../activities/recalls/lift-stop-sale.ts';
import { planWaves } from '../../activities/recalls/plan-waves.ts';
import { recordTermination } from '../../activities/recalls/record-termination.ts';
import { placeStopSale } from '../../activities/recalls/stop-sale.ts';
import type { RecallOutcomeOfEffect } from '../../domain/recall/commands.ts';
import type { RecallEffect } from '../../domain/recall/due.ts';
import type { Opened } from '../../domain/recall/state.ts';
import { HAS_WRITTEN } from '../../worker/recall-waves.ts';
import type { WaveRuns } from './wave-runs.ts';

/** Does what a recall asks for, with the real database and with waves that are driven by hand. No returns are under way. */
export async function act(
  pool: Pool,
  waves: WaveRuns,
  { number: recall, termination }: Opened,
  effect: RecallEffect,
): Promise<RecallOutcomeOfEffect> {
  switch (effect.kind) {
    case 'place_stop_sale':
      return placeStopSale(pool, { recall, scopeVersion: effect.scopeVersion });
    case 'plan_waves':
      return planWaves(pool, { recall, scopeVersion: effect.scopeVersion, firstWave: effect.firstWave });
    case 'draw_checks':
      return drawChecks(pool, { recall, draw: effect.draw, share: effect.share });
    case 'keep_report':
      return keepReport(pool, { recall });
    case 'lift_stop_sale':
      return liftStopSale(pool, { recall });
    case 'record_termination':
      return recordTermination(pool, { recall, notice: termination?.notice ?? false });
    case 'stop_returns':
      return { type: 'returns_stopped', returns: 0 };
    case 'release_returns':
      return { type: 'returns_released', returns: 0 };
    case 'start_wave':
      await pool.query(
        'UPDATE recall_waves SET started_at = coalesce(started_at, now()) WHERE recall = $1 AND wave = $2',
        [recall, effect.wave],
      );
      waves.start(effect.wave);
      return { type: 'done' };
    case 'tell_waves':
      return { type: 'done' };
    case 'tell_withdrawal':
    case 'tell_termination': {
      const text = `SELECT wave FROM recall_waves w WHERE recall = $1 AND (${HAS_WRITTEN}) ORDER BY wave`;
      waves.startAgain((await pool.query<{ wave: number }>(text, [recall])).rows.map(({ wave }) => wave));
      return { type: 'done' };
    }
  }
}
