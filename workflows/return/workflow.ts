import {
  ApplicationFailure,
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  defineUpdate,
  isCancellation,
  setCurrentDetails,
  setHandler,
  sleep,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { AppendResult, JournalRow } from '../../activities/journal/port.ts';
import type { EffectOutcome } from '../../domain/return/commands.ts';
import { deadlines } from '../../domain/return/deadlines.ts';
import { type Effect, effects } from '../../domain/return/effects.ts';
import { fold } from '../../domain/return/evolve.ts';
import { initialState, type ReturnState } from '../../domain/return/state.ts';
import { goodsStatus, moneyStatus } from '../../domain/return/status.ts';
import { actPatiently, actQuickly } from './act.ts';
import { type Changing, changedPairs, changingAttributes, type Halt, lastingAttributes } from './attributes.ts';
import { decideBatch } from './decide-batch.ts';
import { journal } from './journal.ts';
import {
  type CommandOutcome,
  decisionUpdate,
  messageTypes,
  type ReturnArguments,
  type ReturnMessage,
  refusedFailure,
  stateQuery,
  storyQuery,
} from './messages.ts';
import { type Answer, createQueue } from './queue.ts';
import { story } from './story.ts';
import { withItsTask } from './with-its-task.ts';

/** Who sends the commands that come from inside: timers and outcomes of effects. */
const engine = 'engine';

/**
 * One return, from its request to its closing. The loop is decide, append, act: commands wait in one queue; what they
 * decide is appended to the journal; the state evolves only from what the append returned; what is due then is started,
 * and its outcome is a command again. It holds across crashes, replays and resets because the journal has the last word.
 */
export async function Return({ rma, request, carried }: ReturnArguments): Promise<{ goods: string; money: string }> {
  let state: ReturnState = carried?.state ?? initialState;
  let version = carried?.version ?? 0;
  const queue = createQueue(Date.now);
  const started = new Set<string>();
  let running = 0;
  let halted: Halt | null = null;
  let first: Answer | null = null;
  let attributes: Changing | null = null;
  let timer: { at: string; scope: CancellationScope } | null = null;
  let stale = 0;
  // Part of the ids of commands that are made here: a run's own id would change with a reset, and its replay with it.
  const chain = workflowInfo().firstExecutionRunId;

  const outcome = (events: readonly string[]): CommandOutcome => ({
    rma,
    version,
    goods: goodsStatus(state),
    money: moneyStatus(state),
    events,
    attention: state.phase === 'initial' ? [] : Object.values(state.attention).map((open) => open.reason),
  });

  setHandler(defineQuery<ReturnState>(stateQuery), () => state);
  setHandler(defineQuery<string>(storyQuery), () => story(state, version, halted));
  setHandler(defineUpdate<CommandOutcome>(decisionUpdate), async () => {
    await CancellationScope.nonCancellable(() => condition(() => first !== null || version > 0));
    return first === null ? outcome([]) : accepted(first);
  });
  for (const type of messageTypes) {
    setHandler(defineSignal<[ReturnMessage]>(type), ({ commandId, by, command }) => {
      if (type === 'sync') halted = null;
      queue.put(commandId, by, command);
    });
    setHandler(defineUpdate<CommandOutcome, [ReturnMessage]>(type), ({ commandId, by, command }) => {
      if (type === 'sync') halted = null;
      return new Promise<Answer>((told) => queue.put(commandId, by, command, told)).then(accepted);
    });
  }

  // A cancellation asked for in Temporal is a wish like any other: it is decided, and what was bought is given back.
  CancellationScope.current().cancelRequested.catch(() => {
    queue.put(`cancellation:${version}:${chain}`, 'temporal', { type: 'cancel', note: null });
  });
  return await CancellationScope.nonCancellable(run);

  async function run(): Promise<{ goods: string; money: string }> {
    await open();
    for (;;) {
      armTimer();
      const due = effectsDue();
      if (due.length > 0) await start(due);
      if (queue.waiting().length === 0 || halted !== null) {
        setCurrentDetails(story(state, version, halted));
        upsertChanged();
        if (running === 0 && halted === null) {
          const finished = state.phase === 'closed' || (state.phase === 'initial' && first !== null);
          if (finished || workflowInfo().continueAsNewSuggested) {
            await condition(() => allHandlersFinished() || queue.waiting().length > 0);
            if (queue.waiting().length > 0) continue;
            if (finished) return { goods: goodsStatus(state), money: moneyStatus(state) };
            await continueAsNew<typeof Return>({ rma, request: null, carried: { state, version } });
          }
        }
        while (queue.waiting().length === 0 || halted !== null) await queue.next();
      }
      settle(await withItsTask(journal.append(decideBatch(rma, state, version, queue.waiting()))));
    }
  }

  /** Learns what the journal knows, or reads and reserves what the first decision needs. */
  async function open(): Promise<void> {
    if (carried !== undefined) return;
    const opened = await withItsTask(journal.openReturn({ rma, request: request?.request ?? null }));
    if (opened.type === 'known') {
      evolveWith(opened.rows);
      // A first task that was lost after its commit is done again: whoever waits for the decision hears it all the same.
      const decided = opened.rows.find((row) => row.commandId === request?.commandId);
      if (decided !== undefined) first = { type: 'accepted', outcome: outcome(typesOf(decided)) };
    }
    if (opened.type === 'unknown') first = { type: 'refused', refusal: { code: 'unknown_return' } };
    if (opened.type !== 'new' || request === null) return;
    const command = { type: 'request', rma, request: request.request, facts: opened.facts } as const;
    // Before what was sent while the facts were read: nothing can be said of a return that isn't there yet.
    queue.putFirst(request.commandId, request.by, command, (answer) => {
      first = answer;
    });
  }

  function effectsDue(): readonly Effect[] {
    return state.phase === 'initial' ? [] : effects(state).filter((effect) => !started.has(effect.id));
  }

  /**
   * Each effect that is due is started once; its outcome comes back as a command under the effect's id. Nothing else is
   * done before all quick attempts have ended, as a replay may not know in which order they did.
   */
  async function start(due: readonly Effect[]): Promise<void> {
    if (state.phase === 'initial') return;
    const opened = state;
    for (const effect of due) started.add(effect.id);
    const tell = (effect: Effect, result: EffectOutcome) =>
      queue.put(effect.id, engine, { type: 'outcome', effect: effect.key, outcome: result });
    const attempts = due.map(async (effect) => ({ effect, result: await actQuickly(opened, effect) }));
    for (const { effect, result } of await withItsTask(Promise.all(attempts))) {
      if (result !== null) {
        tell(effect, result);
        continue;
      }
      running += 1;
      void actPatiently(opened, effect).then((outcome) => {
        running -= 1;
        tell(effect, outcome);
      });
    }
  }

  /**
   * Keeps one timer for the earliest deadline. One that fires too early (its deadline moved back) is left to fire: it
   * finds nothing due, which costs less than cancelling and starting one with every message.
   */
  function armTimer(): void {
    const [next] = deadlines(state);
    if (next === undefined || (timer !== null && timer.at <= next.at)) return;
    timer?.scope.cancel();
    const scope = new CancellationScope();
    const armed = { at: next.at, scope };
    timer = armed;
    const wait = Math.max(0, Date.parse(next.at) - Date.now());
    void scope
      .run(async () => {
        await sleep(wait, { summary: next.deadline });
        if (timer === armed) timer = null;
        const now = new Date(Date.now()).toISOString();
        const due = deadlines(state).filter((deadline) => deadline.at <= now);
        // With the version: an extension may set the same deadline to the same instant again.
        for (const { deadline, at } of due)
          queue.put(`${deadline}@${at}:${version}`, engine, { type: 'deadline', deadline, due: at });
        if (due.length === 0) armTimer();
      })
      .catch((error: unknown) => {
        if (!isCancellation(error)) throw error;
      });
  }

  function upsertChanged(): void {
    const now = changingAttributes(state, halted);
    const pairs = changedPairs(attributes, now);
    const reopened = attributes === null && request === null && carried === undefined;
    if (reopened && state.phase !== 'initial') {
      const skus = Object.values(state.lines).map((line) => line.sold.sku);
      pairs.push(...lastingAttributes(state, skus));
    }
    if (pairs.length > 0) upsertSearchAttributes(pairs);
    attributes = now;
  }

  /** Evolves from what an append answered; a command leaves the queue once its fate is known. */
  function settle(result: AppendResult): void {
    if (result.behind !== null || result.forbidden !== null) {
      halted = result.behind === null ? 'journal_forbids' : 'journal_behind';
      return;
    }
    evolveWith(result.rows);
    for (const row of result.rows) {
      const waiting = queue.remove(row.commandId);
      const answer: Answer = { type: 'accepted', outcome: outcome(typesOf(row)) };
      for (const tell of waiting?.tell ?? []) tell(answer);
    }
    // After a conflict the refusals were decided on a state that has passed: they are decided again.
    for (const { commandId, refusal } of result.conflict ? [] : result.refused) {
      for (const tell of queue.remove(commandId)?.tell ?? []) tell({ type: 'refused', refusal });
    }
    if (result.stale !== null) {
      stale += 1;
      const { stale: news } = result;
      const commandId = `${news.type}:${version}:${stale}:${chain}`;
      queue.putFirst(
        commandId,
        engine,
        news.type === 'payments'
          ? { type: 'payments_changed', payments: news.payments }
          : { type: 'ledger_disagrees', detail: news.detail },
      );
    }
  }

  function evolveWith(rows: readonly JournalRow[]): void {
    for (const row of rows) {
      if (row.version <= version) continue;
      state = fold(
        state,
        row.events.map((event) => ({ at: row.at, by: row.by, event })),
      );
      version = row.version;
    }
  }
}

const typesOf = (row: JournalRow): string[] => row.events.map((event) => event.type);

/** Tells the sender of an update: the outcome, or the refusal as a typed failure. */
function accepted(answer: Answer | null): CommandOutcome {
  if (answer?.type === 'accepted') return answer.outcome;
  const refusal = answer?.refusal ?? { code: 'unknown_return' as const };
  throw ApplicationFailure.create({
    type: refusedFailure,
    message: refusal.code,
    nonRetryable: true,
    details: [refusal],
  });
}
