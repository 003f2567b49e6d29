import { raise } from '../../process/attention.ts';
import type { RecallCommand } from '../commands.ts';
import type { RecallEvent } from '../events.ts';
import { type Refused, refuse } from '../refusals.ts';
import type { Opened } from '../state.ts';

/** A wave says how far it is. It may end without its first notices where the recall was over before. */
export function reportWave(
  state: Opened,
  { wave, report, silent, undeliverable }: Extract<RecallCommand, { type: 'report_wave' }>,
): readonly RecallEvent[] | Refused {
  const { waves } = state;
  if (!Number.isInteger(wave) || wave < 1 || wave > Math.min(waves.planned, waves.started + 1))
    return refuse('unknown_wave', 'wave');
  if (state.status === 'closed') return [];
  const subject = `W${wave}`;
  // Once it is completed nobody is looked for any more.
  if (state.status === 'completed') return report === 'ended' ? ended(state, wave) : [];
  const unreached = raiseCounted(state, 'notices_undeliverable', subject, undeliverable);
  if (report === 'again') return [...unreached, ...raiseCounted(state, 'consignees_silent', subject, silent)];
  if (report === 'notified') {
    const started = startedLate(state, wave);
    if (started.length === 0 && !waves.sending.includes(wave)) return [];
    return [...started, { type: 'wave_notified', wave }, ...unreached];
  }
  return [...ended(state, wave), ...raiseCounted(state, 'consignees_silent', subject, silent)];
}

/** A wave may be faster than the word that it was started. */
const startedLate = ({ waves }: Opened, wave: number): readonly RecallEvent[] =>
  wave === waves.started + 1 ? [{ type: 'wave_started', wave }] : [];

const ended = (state: Opened, wave: number): readonly RecallEvent[] => [
  ...startedLate(state, wave),
  { type: 'wave_ended', wave },
];

const raiseCounted = (
  state: Opened,
  reason: 'notices_undeliverable' | 'consignees_silent',
  subject: string,
  count: number,
): readonly RecallEvent[] => (count === 0 ? [] : raise(state, reason, subject, String(count)));
