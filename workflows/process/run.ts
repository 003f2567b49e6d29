import {
  ApplicationFailure,
  allHandlersFinished,
  CancellationScope,
  condition,
  defineQuery,
  defineSignal,
  defineUpdate,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { AppendResult, JournalPage, StaleNews } from '../../activities/journal/port.ts';
import type { Kind } from '../../domain/process/kind.ts';
import { type Changing, changedPairs, type Halt } from './attributes.ts';
import { decideBatch } from './decide-batch.ts';
import { decisionUpdate, type Message, refusedFailure, stateQuery, storyQuery } from './messages.ts';
import type { Process } from './process.ts';
import { type Answer, createQueue } from './queue.ts';
import { readingOf } from './read-journal.ts';
import { countAlike } from './refused-alike.ts';
import { keepTimer } from './timer.ts';
import { withItsTask } from './with-its-task.ts';

/** Who sends the commands that come from inside: timers and outcomes of effects. */
const engine = 'engine';

/**
 * What a run carries over continue-as-new. The next one reads the state from the journal where it is the initial one: it was
 * too large to carry (see docs/decisions/0025-large-states-are-read-again.md).
 */
export type Carried<K extends Kind> = { readonly state: K['state']; readonly version: number };

/** The characters of a state that is carried: at most three bytes each, of the 2 MB at which Temporal refuses a payload. */
const mostCarried = 500_000;

/** What a process starts from: its journal where it has one, else what its first command is made of. */
export type Opening<K extends Kind> =
  | { readonly type: 'known'; readonly rows: JournalPage<K> }
  | { readonly type: 'new'; readonly first: Message<K['command']> }
  | { readonly type: 'unknown' };

export type Run<K extends Kind> = {
  /** The workflow id: the process's name in the journal. */
  readonly id: string;
  readonly carried: Carried<K> | undefined;
  /** The command that it was started for; null where it is woken by a message. */
  readonly commandId: string | null;
  readonly open: () => Promise<Opening<K>>;
  /** Continues as new with what is carried over. */
  readonly goOn: (carried: Carried<K>) => Promise<never>;
};

/**
 * One process, from its first command to its end. The loop is decide, append, act: commands wait in one queue; what they
 * decide is appended to the journal; the state evolves only from what the append returned; what is due then is started,
 * and its outcome is a command again. It holds across crashes, replays and resets because the journal has the last word.
 *
 * @returns the state in which it ended
 */
export async function runProcess<K extends Kind>(process: Process<K>, run: Run<K>): Promise<K['state']> {
  const { id, carried } = run;
  let state: K['state'] = carried?.state ?? process.initial;
  // A state that was too large to carry is read first.
  let version = carried === undefined || process.opened(carried.state) === null ? 0 : carried.version;
  const queue = createQueue<K>(Date.now);
  const readJournal = readingOf<K>();
  const started = new Set<string>();
  let running = 0;
  let halted: Halt | null = null;
  let first: Answer<K> | null = null;
  let attributes: Changing | null = null;
  let stale = 0;
  const askedInVain = countAlike<K>();
  /** The news of each kind that still waits: what came later says more. */
  const news = new Map<string, string>();
  // Bytes of the history with which a state began that was read page by page; 0 where none was.
  let opening = 0;
  // Part of the ids of commands that are made here: a run's own id would change with a reset, and its replay with it.
  const chain = workflowInfo().firstExecutionRunId;

  const timer = keepTimer(() => process.deadlines(state), queue.wake);
  const told = (events: readonly string[]): K['told'] => process.told(id, state, version, events);
  const accepted = (answer: Answer<K> | null): K['told'] => {
    if (answer?.type === 'accepted') return answer.outcome;
    throw refused(answer?.refusal ?? process.unknown);
  };

  setHandler(defineQuery<K['state']>(stateQuery), () => state);
  setHandler(defineQuery<string>(storyQuery), () => process.story(state, version, halted));
  setHandler(defineUpdate<K['told']>(decisionUpdate), async () => {
    await CancellationScope.nonCancellable(() => condition(() => first !== null || version > 0));
    return first === null ? told([]) : accepted(first);
  });
  for (const type of process.messageTypes) {
    setHandler(defineSignal<[Message<K['command']>]>(type), ({ commandId, by, command }) => {
      if (type === 'sync') halted = null;
      queue.put(commandId, by, command);
    });
    setHandler(defineUpdate<K['told'], [Message<K['command']>]>(type), ({ commandId, by, command }) => {
      if (type === 'sync') halted = null;
      return new Promise<Answer<K>>((tell) => queue.put(commandId, by, command, tell)).then(accepted);
    });
  }

  // A cancellation asked for in Temporal is a wish like any other: it is decided, and what was bought is given back.
  CancellationScope.current().cancelRequested.catch(() => {
    queue.put(`cancellation:${version}:${chain}`, 'temporal', process.commands.cancel());
  });
  return await CancellationScope.nonCancellable(loop);

  async function loop(): Promise<K['state']> {
    await open();
    for (;;) {
      hear();
      timer.arm();
      const due = process.effects(state).filter((effect) => !started.has(effect.id));
      if (due.length > 0) await start(due);
      if (queue.waiting().length === 0 || halted !== null) {
        setCurrentDetails(process.story(state, version, halted));
        upsertChanged();
        if (running === 0 && halted === null) {
          const finished = process.hasEnded(state) || (process.opened(state) === null && first !== null);
          if (finished || isLong()) {
            await condition(() => allHandlersFinished() || queue.waiting().length > 0);
            if (queue.waiting().length > 0) continue;
            if (finished) return state;
            await run.goOn({ state: isHeavy() ? process.initial : state, version });
          }
        }
        while ((queue.waiting().length === 0 && !timer.hasRung()) || halted !== null) await queue.next();
        hear();
        if (queue.waiting().length === 0) continue;
      }
      const result = await withItsTask(process.append(decideBatch(process, id, state, version, queue.waiting())));
      settle(result);
      if (goesOn(result.rows)) await readOn();
    }
  }

  /** What is due by the clock becomes a command. With the version: an extension may set the same deadline to the same instant again. */
  function hear(): void {
    for (const due of timer.heard()) {
      queue.put(`${due.deadline}@${due.at}:${version}`, engine, process.commands.deadline(due));
    }
  }

  /** Whether it is time for a new run. One whose history began with a large journal would be long again at once. */
  function isLong(): boolean {
    const { continueAsNewSuggested, historySize } = workflowInfo();
    return continueAsNewSuggested && historySize > 2 * opening;
  }

  function isHeavy(): boolean {
    return JSON.stringify(state).length > mostCarried;
  }

  /** Learns what the journal knows, or reads and reserves what the first decision needs. */
  async function open(): Promise<void> {
    if (carried !== undefined) return readCarried(carried.version);
    const opened = await withItsTask(run.open());
    if (opened.type === 'known') {
      evolveWith(opened.rows);
      if (goesOn(opened.rows)) opening = bytesOf(opened.rows) + (await readOn());
      // A first task that was lost after its commit is done again: whoever waits for the decision hears it all the same.
      const decided = opened.rows.find((row) => row.commandId === run.commandId);
      if (decided !== undefined) first = { type: 'accepted', outcome: told(typesOf(decided)) };
    }
    if (opened.type === 'unknown') first = { type: 'refused', refusal: process.unknown };
    if (opened.type !== 'new') return;
    const { commandId, by, command } = opened.first;
    // Before what was sent while the facts were read: nothing can be said of a process that isn't there yet.
    queue.putFirst(commandId, by, command, (answer) => {
      first = answer;
    });
  }

  /** Reads what was too large to carry. Of a journal that was set back since, nothing is taken up before it is whole again. */
  async function readCarried(to: number): Promise<void> {
    while (version < to) {
      opening += await readOn();
      if (version >= to) return;
      halted = 'journal_behind';
      upsertChanged();
      while (halted !== null) await queue.next();
    }
  }

  /** Reads the rest of the journal, page by page, and says how large it was. */
  async function readOn(): Promise<number> {
    for (let read = 0; ; ) {
      const page = await withItsTask(readJournal({ process: id, above: version }));
      evolveWith(page);
      read += bytesOf(page);
      if (!goesOn(page)) return read;
    }
  }

  /**
   * Each effect that is due is started once; its outcome comes back as a command under the effect's id. Nothing else is
   * done before all quick attempts have ended, as a replay may not know in which order they did.
   */
  async function start(due: readonly K['effect'][]): Promise<void> {
    const opened = process.opened(state);
    if (opened === null) return;
    for (const effect of due) started.add(effect.id);
    const tell = (effect: K['effect'], result: K['outcome']) =>
      queue.put(effect.id, engine, process.commands.outcome(effect, result));
    const attempts = due.map(async (effect) => ({ effect, result: await process.actQuickly(opened, effect) }));
    for (const { effect, result } of await withItsTask(Promise.all(attempts))) {
      if (result !== null) {
        tell(effect, result);
        continue;
      }
      running += 1;
      void process.actPatiently(opened, effect).then((outcome) => {
        running -= 1;
        tell(effect, outcome);
      });
    }
  }

  function upsertChanged(): void {
    const now = process.changing(state, halted);
    const pairs = changedPairs(attributes, now);
    const reopened = attributes === null && run.commandId === null && carried === undefined;
    const opened = process.opened(state);
    if (reopened && opened !== null) pairs.push(...process.lasting(opened));
    if (pairs.length > 0) upsertSearchAttributes(pairs);
    attributes = now;
  }

  /** Evolves from what an append answered; a command leaves the queue once its fate is known. */
  function settle(result: AppendResult<K>): void {
    if (result.behind !== null || result.forbidden !== null) {
      halted = result.behind === null ? 'journal_forbids' : 'journal_behind';
      return;
    }
    evolveWith(result.rows);
    for (const row of result.rows) {
      const waiting = queue.remove(row.commandId);
      const answer: Answer<K> = { type: 'accepted', outcome: told(typesOf(row)) };
      for (const tell of waiting?.tell ?? []) tell(answer);
    }
    // After a conflict the refusals were decided on a state that has passed: they are decided again.
    for (const { commandId, refusal } of result.conflict ? [] : result.refused) {
      for (const tell of queue.remove(commandId)?.tell ?? []) tell({ type: 'refused', refusal });
    }
    if (result.stale !== null) learn(result.stale);
    if (askedInVain(result)) halted = 'journal_forbids';
  }

  /** What has moved is decided first, and only as it is now: news from before would take it back. */
  function learn(heard: StaleNews): void {
    stale += 1;
    const id = `${heard.type}:${version}:${stale}:${chain}`;
    queue.remove(news.get(heard.type) ?? '');
    news.set(heard.type, id);
    queue.putFirst(id, engine, process.commands.stale(heard));
  }

  function evolveWith(rows: JournalPage<K>): void {
    for (const row of rows) {
      if (row.version <= version) continue;
      state = process.fold(
        state,
        row.events.map((event) => ({ at: row.at, by: row.by, event })),
      );
      version = row.version;
    }
  }
}

/** Whether the journal has more than a page brought. */
const goesOn = <K extends Kind>(page: JournalPage<K>): boolean => page.at(-1)?.more === true;

const bytesOf = (page: object): number => JSON.stringify(page).length;

const typesOf = (row: { readonly events: readonly { readonly type: string }[] }): string[] =>
  row.events.map((event) => event.type);

/** What an update fails with whose command was refused. */
const refused = (refusal: { readonly code: string }): ApplicationFailure =>
  ApplicationFailure.create({ type: refusedFailure, message: refusal.code, nonRetryable: true, details: [refusal] });
