import { raise } from '../process/attention.ts';
import type { Deadline } from '../process/kind.ts';
import type { Instant } from '../time/duration.ts';
import type { CommonReason, CommonResolution } from './attention.ts';
import type { CommonCommand } from './commands.ts';
import type { CommonEvent } from './events.ts';
import { type ExecutionItem, isRecovering, itemKey } from './item.ts';
import { type Refused, refuse } from './refusals.ts';
import type { ExecutionState } from './state.ts';
import { releaseGoods, stopGoods, stoppedHere, takeOutStopped } from './stop-sale.ts';
import { toldOf } from './telling.ts';

/** What a kind of execution says of its own reasons to ask a person, and of its own times. */
type Own<State, Event, Reason extends string, Way extends string, Due extends Deadline> = {
  /** What a person can do about each reason. */
  readonly attention: Readonly<Record<Reason | CommonReason, readonly (Way | CommonResolution)[]>>;
  readonly deadlines: (state: State) => readonly Due[];
  /** What follows when a person settles something in a way that only this kind knows; what can't be done is refused. */
  readonly consequences: (
    state: State,
    settled: { readonly subject: string; readonly resolution: Way; readonly note: string },
  ) => readonly Event[] | Refused;
  /** A time has come. */
  readonly overdue: (state: State, due: Due) => readonly Event[];
  /** Why an item can't wait again in its return; absent where every one can. */
  readonly barsReturn?: (state: State, item: ExecutionItem) => Refused | null;
  /** The goods have left: a recall stops nothing here any more. */
  readonly hasLeft: (state: State) => boolean;
  /** Why stopped items can't be taken out now; absent where they always can while they are here. */
  readonly barsTakingOut?: (state: State) => Refused | null;
  /** Whether recalled goods may go this way at all, once a person has said so; absent where none may. */
  readonly takesRecalled?: (state: State) => boolean;
  /** What else follows where a recall was an error. */
  readonly goesOn?: (state: State) => readonly Event[];
  /** Whether there is nothing left to ask a person. */
  readonly isMoot: (state: State, asked: { readonly reason: Reason; readonly subject: string }) => boolean;
};

type Happens<Event, Reason, Way> = Event | CommonEvent<Reason | CommonReason, Way | CommonResolution>;

/** What an execution of every kind decides alike: what people settle, what times and returns' answers lead to. */
export function attending<
  State extends ExecutionState<Reason | CommonReason, unknown>,
  Event,
  Reason extends string,
  Way extends string,
  Due extends Deadline,
>(own: Own<State, Event, Reason, Way, Due>) {
  type Answer = readonly Happens<Event, Reason, Way>[] | Refused;
  return { decideCommon, resolveMoot };

  function decideCommon(state: State, command: CommonCommand<Way | CommonResolution>, at: Instant): Answer {
    switch (command.type) {
      case 'resolve':
        return attend(state, command);
      case 'deadline': {
        // It counts only if the state still has that deadline and its time has come.
        const { deadline, due } = command;
        const still = own.deadlines(state).find((each) => each.deadline === deadline && each.at === due && due <= at);
        return still === undefined ? [] : own.overdue(state, still);
      }
      case 'outcome':
        return told(state, command);
      case 'stop_goods':
        return own.hasLeft(state) ? [] : stopGoods<Reason>(state, command);
      case 'release_goods': {
        const released = releaseGoods(state, command.recall);
        return released.length === 0 ? [] : [...released, ...(own.goesOn?.(state) ?? [])];
      }
      case 'ledger_disagrees':
        return ledgerDisagrees(state, command.detail);
      case 'sync':
        return [];
    }
  }

  /** A person settles what the execution could not go on with. What can't be done now is refused, and stays open. */
  function attend(
    state: State,
    command: Extract<CommonCommand<Way | CommonResolution>, { readonly type: 'resolve' }>,
  ): Answer {
    const { resolution, note } = command;
    const open = Object.hasOwn(state.attention, command.attention) ? state.attention[command.attention] : undefined;
    if (open === undefined) return refuse('unknown_attention', 'attention');
    const { attention, reason, subject } = open;
    const allowed = own.attention[reason];
    if (!allowed.includes(resolution)) {
      return refuse('resolution_not_allowed', 'resolution', { reason, resolution, allowed: allowed.join(', ') });
    }
    const follows = consequences(state, reason, { subject, resolution, note });
    return 'refusal' in follows ? follows : [{ type: 'attention_resolved', attention, resolution, note }, ...follows];
  }

  function consequences(
    state: State,
    reason: Reason | CommonReason,
    settled: { readonly subject: string; readonly resolution: Way | CommonResolution; readonly note: string },
  ): Answer {
    const { subject, resolution, note } = settled;
    if (resolution === 'acknowledge') {
      const isBarred = reason === 'goods_recalled' && own.takesRecalled?.(state) !== true;
      return isBarred
        ? refuse('resolution_not_allowed', 'resolution', { reason, resolution, allowed: 'take_out' })
        : [];
    }
    if (resolution === 'take_out') return own.barsTakingOut?.(state) ?? takeOutStopped(state, subject);
    if (resolution !== 'retry' && resolution !== 'let_go') {
      return own.consequences(state, { subject, resolution, note });
    }
    if (reason === 'reconciliation') return [{ type: 'reconciliation_retried' }];
    const item = Object.values(state.items).find((each) => itemKey(each) === subject);
    if (item === undefined) return [];
    return resolution === 'retry' ? [{ type: 'item_retried', rma: item.rma, item: item.item }] : letGo(state, item);
  }

  /**
   * A person gives up having an item's return hear it. What went its way and brought more than the return takes goes its way
   * all the same; any other is free again, and its return chooses another way for it, or a person has it written off there.
   */
  function letGo(state: State, item: ExecutionItem): Answer {
    const named = { rma: item.rma, item: item.item };
    if (isRecovering(item)) return [{ type: 'recovery_kept', ...named }];
    return own.barsReturn?.(state, item) ?? [{ type: 'item_let_go', ...named }];
  }

  /** A return has answered; where it refused what it had let us do, a person looks. */
  function told(
    state: State,
    { effect, outcome }: Extract<CommonCommand<never>, { readonly type: 'outcome' }>,
  ): Answer {
    return toldOf(state.items, effect, outcome).flatMap((event): Happens<Event, Reason, Way>[] =>
      event.type === 'item_stranded' ? [event, ...raised(state, 'item_stranded', itemKey(event), event.code)] : [event],
    );
  }

  /**
   * The database's own books disagree with the process: it stays open until a person has looked. One who was about to
   * close it is asked anew: else the same answer would try to close it for ever.
   */
  function ledgerDisagrees(state: State, detail: string): Answer {
    if (state.closedAt !== null) return [];
    const { attention: open, attentionRaised } = state;
    const asked = Object.values(open).filter(({ reason }) => reason === 'reconciliation');
    return [
      ...asked.map(
        ({ attention }) => ({ type: 'attention_resolved', attention, resolution: 'retry', note: null }) as const,
      ),
      { type: 'reconciliation_required', disagreements: [detail] },
      ...raised({ attention: {}, attentionRaised }, 'reconciliation', state.number, detail),
    ];
  }

  /** Takes out of the people's queue what has settled itself. */
  function resolveMoot(state: State): readonly Happens<Event, Reason, Way>[] {
    return Object.values(state.attention).flatMap(({ attention, reason, subject }): Happens<Event, Reason, Way>[] =>
      isSettled(state, reason, subject)
        ? [{ type: 'attention_resolved', attention, resolution: 'acknowledge', note: null }]
        : [],
    );
  }

  function isSettled(state: State, reason: Reason | CommonReason, subject: string): boolean {
    if (reason === 'item_stranded' || reason === 'reconciliation') return false;
    if (reason === 'goods_recalled') return own.hasLeft(state) || stoppedHere(state, subject).length === 0;
    return own.isMoot(state, { reason, subject });
  }

  type Remembered = Pick<ExecutionState<Reason | CommonReason>, 'attention' | 'attentionRaised'>;
  function raised(state: Remembered, reason: CommonReason, subject: string, detail: string) {
    return raise<Reason | CommonReason>(state, reason, subject, detail);
  }
}
