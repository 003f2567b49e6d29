import { shareOf } from './checks.ts';
import { isRaised, isUnderWay, type Opened, type RecallState } from './state.ts';

/** What a recall asks for. Each names a version, a wave or a change, so that one asked for twice is one. */
export type RecallEffect = { readonly id: string; readonly key: string } & (
  | { readonly kind: 'place_stop_sale'; readonly scopeVersion: number }
  | { readonly kind: 'plan_waves'; readonly scopeVersion: number; readonly firstWave: number }
  | { readonly kind: 'stop_returns'; readonly scopeVersion: number }
  | { readonly kind: 'start_wave'; readonly wave: number }
  | { readonly kind: 'draw_checks'; readonly draw: number; readonly share: number }
  | { readonly kind: 'keep_report' }
  | { readonly kind: 'tell_waves'; readonly change: number }
  | { readonly kind: 'lift_stop_sale' }
  | { readonly kind: 'release_returns' }
  | { readonly kind: 'tell_withdrawal' }
  | { readonly kind: 'record_termination' }
  | { readonly kind: 'tell_termination' }
);

/** What is due now: goods are stopped before anybody is written to, and a wave starts once its consignees are in their places. */
export function effects(state: RecallState): readonly RecallEffect[] {
  if (state.status === 'initial') return [];
  return [
    ...ofScope(state),
    ...ofNextWave(state),
    ...ofChecks(state),
    ...ofReport(state),
    ...toRunningWaves(state),
    ...toReturns(state),
    ...ofWithdrawal(state),
    ...ofTermination(state),
  ];
}

function ofScope(state: Opened): RecallEffect[] {
  const { scopeVersion, stoppedVersion, plannedVersion, tries, waves } = state;
  if (!isUnderWay(state) || isRaised(state, 'scope_overlaps')) return [];
  if (stoppedVersion < scopeVersion) {
    const key = `place_stop_sale:${scopeVersion}`;
    return [{ kind: 'place_stop_sale', key, id: `${key}#${tries}`, scopeVersion }];
  }
  if (plannedVersion < scopeVersion) {
    const key = `plan_waves:${scopeVersion}`;
    return [{ kind: 'plan_waves', key, id: key, scopeVersion, firstWave: waves.planned + 1 }];
  }
  return [];
}

/** Waves start one after the other, while the window has room for one more. */
function ofNextWave(state: Opened): RecallEffect[] {
  const { waves, strategy, paused } = state;
  if (!isUnderWay(state) || paused || waves.started === waves.planned) return [];
  if (waves.sending.length >= strategy.window) return [];
  const wave = waves.started + 1;
  return [{ kind: 'start_wave', key: `start_wave:${wave}`, id: `start_wave:${wave}`, wave }];
}

/** Draws are made one after the other, so that the last of them is of the level that holds, and of all who had come when it began. */
function ofChecks(state: Opened): RecallEffect[] {
  const { due, made } = state.draws;
  if (!isUnderWay(state) || due === made) return [];
  const draw = made + 1;
  return [
    {
      kind: 'draw_checks',
      key: `draw_checks:${draw}`,
      id: `draw_checks:${draw}`,
      draw,
      share: shareOf(state.strategy),
    },
  ];
}

/** Also once it is closed: the run waits for it. */
const ofReport = ({ report }: Opened): RecallEffect[] =>
  report === 'due' ? [{ kind: 'keep_report', key: 'keep_report', id: 'keep_report' }] : [];

/**
 * Returns under way hear of the stop sale while the notices leave: these don't wait for them. Where it is withdrawn meanwhile, that
 * they are being told comes to its end first, so that none hears of it after it was released.
 */
function toReturns(state: Opened): RecallEffect[] {
  const { stoppedVersion, withdrawal, returnsTries } = state;
  // A stop sale outlasts its recall's completion, and so does that returns are being told of it; who is to be told again is, whatever
  // has become of it.
  const isOver = state.status === 'closed' && withdrawal === undefined && returnsTries === undefined;
  if (isOver || returnsKnow(state)) return [];
  const key = `stop_returns:${stoppedVersion}`;
  return [{ kind: 'stop_returns', key, id: again(state, key), scopeVersion: stoppedVersion }];
}

/** What was tried before has another id. */
const again = ({ returnsTries }: Opened, key: string): string =>
  returnsTries === undefined ? key : `${key}#${returnsTries}`;

const returnsKnow = ({ mock, stoppedVersion, returnsVersion }: Opened): boolean =>
  mock || returnsVersion >= stoppedVersion;

/** Whoever was told to stop hears that it was an error: first goods may be sold again, then nobody is told otherwise. */
function ofWithdrawal(state: Opened): RecallEffect[] {
  const { withdrawal, mock, stoppedVersion } = state;
  if (withdrawal === undefined) return [];
  const { lifted, released, told } = withdrawal;
  const isKnown = !mock && stoppedVersion > 0 && returnsKnow(state);
  return [
    ...(lifted ? [] : [named('lift_stop_sale')]),
    ...(lifted && isKnown && !released ? [{ ...named('release_returns'), id: again(state, 'release_returns') }] : []),
    ...(told ? [] : [named('tell_withdrawal')]),
  ];
}

/** It is recorded, after the report of its completion, before anybody is written to about it. */
function ofTermination({ termination, report }: Opened): RecallEffect[] {
  if (termination === undefined || report === 'due') return [];
  const { notice, recorded, told } = termination;
  if (!recorded) return [named('record_termination')];
  return notice && !told ? [named('tell_termination')] : [];
}

type Named = 'lift_stop_sale' | 'release_returns' | 'tell_withdrawal' | 'record_termination' | 'tell_termination';
const named = <K extends Named>(kind: K) => ({
  ...{ kind, key: kind, id: kind },
});

/** Also where all have ended: one that writes to somebody again runs once more. */
function toRunningWaves({ changes, toldChanges, waves }: Opened): RecallEffect[] {
  if (changes === toldChanges || waves.started === 0) return [];
  return [{ kind: 'tell_waves', key: `tell_waves:${changes}`, id: `tell_waves:${changes}`, change: changes }];
}
