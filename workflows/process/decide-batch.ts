import type { AppendInput, AppendItem } from '../../activities/journal/port.ts';
import type { Decider, Kind, Postings, Recorded } from '../../domain/process/kind.ts';
import type { Waiting } from './queue.ts';

/** At most so many commands go into one append. */
const batchSize = 50;
/**
 * And no further one once their events have so many characters: Temporal ends a run with a payload above 2 MB, and what is
 * appended is about twice its events.
 */
const batchWeight = 200_000;

/**
 * Decides the first waiting commands in turn, each on what the ones before it would make of the state, and puts together
 * what one append writes. Nothing of it counts before the append has answered.
 *
 * @param id the process's id, as the journal names it: its workflow id
 */
export function decideBatch<K extends Kind>(
  { decide, fold, postings, project, opened }: Decider<K>,
  id: string,
  state: K['state'],
  version: number,
  waiting: readonly Pick<Waiting<K>, 'envelope'>[],
): AppendInput<K> {
  const items: AppendItem<K>[] = [];
  const posted: Postings[] = [];
  const all: Recorded<K['event']>[] = [];
  let provisional = state;
  let weight = 0;
  for (const { envelope } of waiting.slice(0, batchSize)) {
    if (weight > batchWeight) break;
    const { commandId, at, by, command } = envelope;
    const decision = decide(provisional, envelope);
    const events = decision.type === 'accepted' ? decision.events : [];
    const refusal = decision.type === 'refused' ? decision.refusal : null;
    items.push({ commandId, at, by, command: command.type, events, refusal });
    const recorded = events.map((event): Recorded<K['event']> => ({ at, by, event }));
    posted.push(postings(provisional, recorded, commandId));
    provisional = fold(provisional, recorded);
    all.push(...recorded);
    if (waiting.length > 1) weight += JSON.stringify(events).length;
  }
  const after = opened(provisional);
  return {
    process: id,
    expectedVersion: version,
    items,
    projection: all.length === 0 || after === null ? null : project(state, after, all),
    stock: posted.flatMap((each) => each.stock),
    money: posted.flatMap((each) => each.money),
  };
}
