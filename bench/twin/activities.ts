import { ApplicationFailure } from '@temporalio/common';
import type { LabelBought, LabelRequest } from '../../activities/carriers/port.ts';
import type { Journal, JournalRow } from '../../activities/journal/port.ts';
import { processOf } from '../../activities/journal/process.ts';
import type { RefundIssued, RefundRequest } from '../../activities/payments/port.ts';
import type { ReturnCommand } from '../../domain/return/commands.ts';
import { deadlines } from '../../domain/return/deadlines.ts';
import { returnDecider } from '../../domain/return/decider.ts';
import { effects } from '../../domain/return/effects.ts';
import { fold } from '../../domain/return/fold.ts';
import { initialState, type ReturnState } from '../../domain/return/state.ts';
import { goodsStatus, moneyStatus } from '../../domain/return/status.ts';
import { decideBatch } from '../../workflows/process/decide-batch.ts';
import type { CommandOutcome, MessageType, ReturnArguments } from '../../workflows/return/messages.ts';

/** What the twin's workflow learns from a step: the answer for whoever asked, and what the next step needs. */
export type Step = {
  readonly outcome: CommandOutcome;
  readonly nextDeadline: string | null;
  readonly label: LabelRequest | null;
  readonly refunds: readonly RefundRequest[];
};

type Message<T extends MessageType> = {
  readonly rma: string;
  readonly message: { readonly commandId: string; readonly by: string; readonly command: Of<T> };
};
type Of<T extends MessageType> = Extract<ReturnCommand, { type: T }>;

/** The twin's activities on our database, one a step. */
export interface TwinRecords {
  authorizeReturn(input: { rma: string; request: NonNullable<ReturnArguments['request']> }): Promise<Step>;
  recordLabel(input: { rma: string; label: LabelBought }): Promise<Step>;
  recordScan(input: Message<'track'>): Promise<Step>;
  recordReceipt(input: Message<'receive'>): Promise<Step>;
  recordInspection(input: Message<'inspect'>): Promise<Step>;
  recordRefund(input: { rma: string; refund: RefundIssued }): Promise<Step>;
  recordConfirmation(input: Message<'confirm_disposition'>): Promise<Step>;
  recordDeadline(input: { rma: string }): Promise<Step>;
}

type Loaded = { readonly state: ReturnState; readonly version: number };
type Taken = { readonly commandId: string; readonly by: string; readonly command: ReturnCommand };

const unread: Loaded = { state: initialState, version: 0 };

/**
 * Each activity reads its return by the journal's primary key, decides, and writes in one statement: the transaction that
 * an activity on an event-sourced table is. The rows are the engine's own, byte for byte, because the same rules and the
 * same statement make them. The one read is what
 * the twin pays for keeping no state in its workflow: one of a return's many waits, about a hundredth of its time at 32
 * open. Payloads that carry the state instead would cost it more.
 */
export function makeTwinRecords(journal: Journal): TwinRecords {
  async function load(rma: string): Promise<Loaded> {
    const opened = await journal.openReturn({ rma, request: null });
    return opened.type === 'known' ? evolved(unread, opened.rows) : unread;
  }

  async function write(rma: string, loaded: Loaded, { command, ...sent }: Taken): Promise<Step | null> {
    const envelope = { ...sent, command, at: new Date().toISOString() };
    const result = await journal.append(
      decideBatch(returnDecider, processOf(rma), loaded.state, loaded.version, [{ envelope }]),
    );
    const row = result.rows.find(({ commandId }) => commandId === sent.commandId);
    if (row !== undefined) return stepOf(rma, evolved(loaded, result.rows), row.events);
    const [refused] = result.refused;
    if (refused === undefined || result.conflict) return null;
    const { code } = refused.refusal;
    throw ApplicationFailure.create({
      type: 'refused',
      message: code,
      nonRetryable: true,
      details: [refused.refusal],
    });
  }

  /** Somebody else may write between our read and our write: then it is read again. Null where nothing is left to do. */
  async function record(rma: string, taken: (state: ReturnState) => Taken | null): Promise<Step> {
    for (;;) {
      const loaded = await load(rma);
      const next = taken(loaded.state);
      const step = next === null ? stepOf(rma, loaded, []) : await write(rma, loaded, next);
      if (step !== null) return step;
    }
  }

  const message = ({ rma, message }: { readonly rma: string; readonly message: Taken }) => record(rma, () => message);

  return {
    async authorizeReturn({ rma, request: { commandId, by, request } }) {
      const opened = await journal.openReturn({ rma, request });
      if (opened.type === 'unknown') throw ApplicationFailure.nonRetryable('unknown_return', 'refused');
      const command = opened.type === 'new' ? { type: 'request' as const, rma, request, facts: opened.facts } : null;
      const step = command === null ? null : await write(rma, unread, { commandId, by, command });
      return step ?? (await record(rma, () => null));
    },
    recordLabel: ({ rma, label: { carrier, tracking, providerId, cost } }) =>
      record(rma, (state) =>
        outcome(state, 'buy_label', { type: 'label_bought', carrier, tracking, providerId, cost }),
      ),
    recordRefund: ({ rma, refund: { status, providerId } }) =>
      record(rma, (state) => outcome(state, 'refund', { type: 'refunded', status, providerId })),
    recordScan: message,
    recordReceipt: message,
    recordInspection: message,
    recordConfirmation: message,
    recordDeadline: ({ rma }) =>
      record(rma, (state) => {
        const [next] = deadlines(state);
        if (next === undefined) return null;
        const { deadline, at } = next;
        return { commandId: `${deadline}@${at}`, by: 'twin', command: { type: 'deadline', deadline, due: at } };
      }),
  };
}

function outcome(
  state: ReturnState,
  kind: 'buy_label' | 'refund',
  came: Extract<ReturnCommand, { type: 'outcome' }>['outcome'],
): Taken | null {
  const due = effects(state).find((effect) => effect.kind === kind);
  if (due === undefined) return null;
  return { commandId: due.id, by: 'twin', command: { type: 'outcome', effect: due.key, outcome: came } };
}

function evolved(loaded: Loaded, rows: readonly JournalRow[]): Loaded {
  let { state, version } = loaded;
  for (const row of rows.filter((each) => each.version > loaded.version)) {
    state = fold(
      state,
      row.events.map((event) => ({ at: row.at, by: row.by, event })),
    );
    version = row.version;
  }
  return { state, version };
}

function stepOf(rma: string, { state, version }: Loaded, events: JournalRow['events']): Step {
  const due = effects(state);
  const facility = state.phase === 'initial' ? '' : state.facility;
  return {
    outcome: {
      rma,
      version,
      goods: goodsStatus(state),
      money: moneyStatus(state),
      events: events.map((event) => event.type),
      attention: state.phase === 'initial' ? [] : Object.values(state.attention).map((open) => open.reason),
    },
    nextDeadline: deadlines(state)[0]?.at ?? null,
    label:
      due.flatMap((effect) => {
        if (effect.kind !== 'buy_label') return [];
        const { parcel, weightGrams, method } = effect;
        return [{ reference: `${rma}:label:${parcel}`, rma, parcel, facility, weightGrams, method }];
      })[0] ?? null,
    refunds: due.flatMap((effect) => {
      if (effect.kind !== 'refund') return [];
      const { refund, providerPaymentId, amount, currency } = effect;
      return [{ reference: `${rma}:refund:${refund}`, rma, providerPaymentId, amount: { amount, currency } }];
    }),
  };
}
