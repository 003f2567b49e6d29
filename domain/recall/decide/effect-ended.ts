import { raise } from '../../process/attention.ts';
import type { RecallOutcomeOfEffect } from '../commands.ts';
import { effects, type RecallEffect } from '../due.ts';
import type { RecallEvent, Unreached } from '../events.ts';
import type { Opened } from '../state.ts';

/** What came of an effect; an answer that comes twice, or late, changes nothing. */
export function effectEnded(state: Opened, key: string, outcome: RecallOutcomeOfEffect): readonly RecallEvent[] {
  const effect = effects({ ...state, paused: false }).find((due) => due.key === key);
  return effect === undefined ? [] : cameOf(state, effect, outcome);
}

function cameOf(state: Opened, effect: RecallEffect, outcome: RecallOutcomeOfEffect): readonly RecallEvent[] {
  switch (effect.kind) {
    case 'place_stop_sale': {
      const { scopeVersion } = effect;
      if (outcome.type === 'stop_sale_placed') return [{ ...outcome, scopeVersion }];
      if (outcome.type !== 'overlaps') return [];
      const { recall } = outcome;
      return [{ type: 'overlap_found', scopeVersion, recall }, ...raise(state, 'scope_overlaps', recall)];
    }
    case 'plan_waves': {
      if (outcome.type !== 'waves_planned') return [];
      const nobody = state.consignees + outcome.consignees === 0;
      const planned = { ...outcome, scopeVersion: effect.scopeVersion };
      return [planned, ...(nobody ? raise(state, 'nobody_traced', state.number) : [])];
    }
    case 'stop_returns':
      return outcome.type === 'returns_stopped'
        ? [{ ...outcome, scopeVersion: effect.scopeVersion }, ...unreached(state, outcome)]
        : [];
    case 'start_wave':
      return outcome.type === 'done' ? [{ type: 'wave_started', wave: effect.wave }] : [];
    case 'draw_checks':
      return outcome.type === 'checks_drawn' ? [{ ...outcome, draw: effect.draw }] : [];
    case 'keep_report':
      return outcome.type === 'report_kept' ? [outcome] : [];
    case 'tell_waves':
      return outcome.type === 'done' ? [{ type: 'waves_told', change: effect.change }] : [];
    case 'lift_stop_sale':
      return outcome.type === 'stop_sale_lifted' ? [outcome] : [];
    case 'release_returns':
      return outcome.type === 'returns_released' ? [outcome, ...unreached(state, outcome)] : [];
    case 'record_termination':
      return outcome.type === 'termination_recorded' ? [outcome] : [];
    case 'tell_termination':
      return outcome.type === 'done' ? [{ type: 'termination_told' }] : [];
    case 'tell_withdrawal':
      return outcome.type === 'done' ? [{ type: 'withdrawal_told' }] : [];
  }
}

/** Returns that could not be told wait for a person; once all could, none does any more. */
function unreached(state: Opened, { unreached: left }: Unreached): readonly RecallEvent[] {
  if (left !== undefined) {
    const detail = `${left.count}: ${left.first.join(', ')}`;
    return raise(state, 'returns_unreached', state.number, detail);
  }
  const open = Object.values(state.attention).filter(({ reason }) => reason === 'returns_unreached');
  return open.map(({ attention }) => ({ type: 'attention_resolved', attention, resolution: 'retry', note: null }));
}
