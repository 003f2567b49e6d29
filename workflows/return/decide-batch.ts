import type { AppendInput, AppendItem } from '../../activities/journal/port.ts';
import { decide } from '../../domain/return/decide.ts';
import type { Recorded } from '../../domain/return/events.ts';
import { fold } from '../../domain/return/evolve.ts';
import { type Postings, postings } from '../../domain/return/postings.ts';
import { project } from '../../domain/return/project.ts';
import type { ReturnState } from '../../domain/return/state.ts';
import type { Waiting } from './queue.ts';

/** At most so many commands go into one append. */
const batchSize = 50;

/**
 * Decides the first waiting commands in turn, each on what the ones before it would make of the state, and puts together
 * what one append writes. Nothing of it counts before the append has answered.
 */
export function decideBatch(
  rma: string,
  state: ReturnState,
  version: number,
  waiting: readonly Waiting[],
): AppendInput {
  const items: AppendItem[] = [];
  const posted: Postings[] = [];
  const all: Recorded[] = [];
  let provisional = state;
  for (const { envelope } of waiting.slice(0, batchSize)) {
    const { commandId, at, by, command } = envelope;
    const decision = decide(provisional, envelope);
    const events = decision.type === 'accepted' ? decision.events : [];
    const refusal = decision.type === 'refused' ? decision.refusal : null;
    items.push({ commandId, at, by, command: command.type, events, refusal });
    const recorded = events.map((event): Recorded => ({ at, by, event }));
    posted.push(postings(provisional, recorded, commandId));
    provisional = fold(provisional, recorded);
    all.push(...recorded);
  }
  return {
    rma,
    expectedVersion: version,
    items,
    projection: all.length === 0 || provisional.phase === 'initial' ? null : project(state, provisional, all),
    stock: posted.flatMap((each) => each.stock),
    money: posted.flatMap((each) => each.money),
  };
}
