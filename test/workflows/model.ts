import { isDeepStrictEqual } from 'node:util';
import type { Pool } from 'pg';
import type { JournalRow } from '../../activities/journal/port.ts';
import { processOf } from '../../activities/journal/process.ts';
import type { EffectOutcome, Envelope, ReturnCommand } from '../../domain/return/commands.ts';
import { deadlines } from '../../domain/return/deadlines.ts';
import { decide } from '../../domain/return/decide.ts';
import { effects } from '../../domain/return/effects.ts';
import type { Recorded, ReturnEvent } from '../../domain/return/events.ts';
import { fold } from '../../domain/return/fold.ts';
import type { Refusal } from '../../domain/return/refusals.ts';
import { initialState, type Opened, type ReturnState } from '../../domain/return/state.ts';
import { brokenRules } from '../return/storm-rules.ts';
import type { AskedReturn } from './returns.ts';

type Message = Parameters<AskedReturn['tell']>[0];

/**
 * One run of the real workflow beside the pure decider. Every command is decided by both; what the run journals, what it
 * refuses and what it holds as its state must be what the decider says, and the books in the database must agree with it.
 */
export class Twin {
  readonly #its: AskedReturn;
  readonly #pool: Pool;
  #state: ReturnState = initialState;
  #version = 0;
  readonly #recorded: Recorded[] = [];
  /** What was asked so far, for whoever reads a failure. */
  readonly log: string[] = [];

  constructor(its: AskedReturn, pool: Pool) {
    this.#its = its;
    this.#pool = pool;
  }

  /** The decider's state, once the run has nothing more to do by itself. */
  async settled(): Promise<Opened> {
    await this.#its.until((state) => effects(state).length === 0);
    await this.#follow(new Map());
    const run: unknown = JSON.parse(JSON.stringify(await this.#its.state()));
    if (!isDeepStrictEqual(run, JSON.parse(JSON.stringify(this.#state)))) {
      this.#fail(`the run and the decider differ:\n${JSON.stringify(run)}\n${JSON.stringify(this.#state)}`);
    }
    const balances = await this.#balances();
    const broken = brokenRules(this.#opened, this.#recorded, (account) => balances.get(account) ?? 0);
    const overPaid = await this.#overPaid();
    if (broken.length + overPaid.length > 0) this.#fail([...broken, ...overPaid].join('\n'));
    return this.#opened;
  }

  /** Sends a command to the run and asks the decider about it: both must accept, or refuse for the same reason. */
  async tell(command: Message, commandId: string): Promise<'accepted' | 'refused'> {
    this.log.push(JSON.stringify(command));
    const expected = decide(this.#state, this.#envelope(commandId, command, new Date().toISOString(), 'test'));
    if (expected.type === 'refused') {
      const refusal = await this.#its
        .refusal(command, commandId)
        .catch((error: unknown): Refusal | string => `${error}`);
      if (!isDeepStrictEqual(refusal, JSON.parse(JSON.stringify(expected.refusal)))) {
        this.#fail(`refused with ${JSON.stringify(refusal)}, expected ${JSON.stringify(expected.refusal)}`);
      }
      return 'refused';
    }
    await this.#its.tell(command, commandId).catch((error: unknown) => this.#fail(`accepted here, there ${error}`));
    await this.#follow(new Map([[commandId, command]]));
    return 'accepted';
  }

  /** Takes up what the run has journaled since, each row only if the decider makes the same events of its command. */
  async #follow(sent: ReadonlyMap<string, Message>): Promise<void> {
    for (const row of (await this.#its.journal()).filter(({ version }) => version > this.#version)) {
      const command = sent.get(row.commandId) ?? this.#fromInside(row);
      const decided = decide(this.#state, this.#envelope(row.commandId, command, row.at, row.by));
      const events = decided.type === 'accepted' ? decided.events : [];
      if (!isDeepStrictEqual(JSON.parse(JSON.stringify(events)), row.events)) {
        this.#fail(`${row.commandId} journaled ${JSON.stringify(row.events)}, decided ${JSON.stringify(decided)}`);
      }
      const recorded = row.events.map((event): Recorded => ({ at: row.at, by: row.by, event }));
      this.#recorded.push(...recorded);
      this.#state = fold(this.#state, recorded);
      this.#version = row.version;
    }
  }

  /** The command of a row that nobody sent: the request, a timer, or what came of an effect, read from what it caused. */
  #fromInside(row: JournalRow): ReturnCommand {
    const [first] = row.events;
    if (first?.type === 'requested') {
      return { type: 'request', rma: first.rma, request: first.request, facts: first.facts };
    }
    const deadline = deadlines(this.#state).find(({ deadline, at }) => row.commandId.startsWith(`${deadline}@${at}`));
    if (deadline !== undefined) return { type: 'deadline', deadline: deadline.deadline, due: deadline.at };
    const effect = effects(this.#opened).find(({ id }) => id === row.commandId);
    if (effect === undefined) return this.#fail(`nobody asked for ${row.commandId}`);
    return { type: 'outcome', effect: effect.key, outcome: outcomeOf(row.events) };
  }

  get #opened(): Opened {
    return this.#state.phase === 'initial' ? this.#fail('not requested') : this.#state;
  }

  #envelope(commandId: string, command: ReturnCommand, at: string, by: string): Envelope {
    return { commandId, at, by, command };
  }

  async #balances(): Promise<ReadonlyMap<string, number>> {
    const { rows } = await this.#pool.query<{ account: string; amount: number }>(
      `SELECT account, sum(amount)::float8 AS amount FROM (
        SELECT debit AS account, amount FROM money_entries WHERE process = $1
        UNION ALL SELECT credit, -amount FROM money_entries WHERE process = $1
        UNION ALL SELECT to_account, quantity FROM stock_entries WHERE process = $1
        UNION ALL SELECT from_account, -quantity FROM stock_entries WHERE process = $1) AS moved GROUP BY account`,
      [processOf(this.#its.rma)],
    );
    return new Map(rows.map(({ account, amount }) => [account, amount]));
  }

  async #overPaid(): Promise<string[]> {
    const { rows } = await this.#pool.query<{ id: string }>(
      `SELECT p.id FROM payments p LEFT JOIN refunds r ON r.payment = p.id AND r.destination = 'payment'
         AND r.state IN ('due', 'frozen', 'requested', 'succeeded')
       WHERE p.order_id = $1 GROUP BY p.id HAVING p.refunded <> coalesce(sum(r.amount), 0) OR p.refunded > p.captured`,
      [this.#its.order],
    );
    return rows.map(({ id }) => `payment ${id} gave back more than it took, or other than its refunds say`);
  }

  #fail(problem: string): never {
    throw new Error(`${problem}\n${this.log.join('\n')}`);
  }
}

/** What the outside world must have answered for these events to follow. */
function outcomeOf(events: readonly ReturnEvent[]): EffectOutcome {
  const [first] = events;
  switch (first?.type) {
    case 'label_bought': {
      const { carrier, tracking, providerId, cost } = first;
      return { type: 'label_bought', carrier, tracking, providerId, cost };
    }
    case 'pickup_booked': {
      const { providerId, confirmation, windowStart, windowEnd, cost } = first;
      return { type: 'pickup_booked', providerId, confirmation, windowStart, windowEnd, cost };
    }
    case 'label_voided':
      return { type: 'label_voided', voided: first.voided };
    case 'pickup_cancelled':
      return { type: 'pickup_cancelled', cancelled: first.cancelled };
    case 'claim_opened':
      return { type: 'claim_opened', providerId: first.providerId };
    case 'claim_withdrawn':
      return { type: 'claim_withdrawn', withdrawn: first.withdrawn };
    case 'units_reserved':
      return { type: 'units_reserved', units: { [first.line]: first.units } };
    case 'exchange_reserved':
      return { type: 'stock_reserved', facility: first.facility };
    case 'exchange_dropped':
      return { type: 'refused', code: first.why };
    case 'stock_released':
      return { type: 'stock_released' };
    case 'credit_taken_back':
      return { type: 'credit_taken', taken: first.amount };
    case 'refund_requested':
      return { type: 'refunded', status: 'pending', providerId: first.providerId };
    case 'refund_succeeded':
      return { type: 'refunded', status: 'succeeded', providerId: first.providerId ?? '' };
    case 'hold_placed':
      return { type: 'hold_placed', providerId: first.providerId };
    case 'hold_captured':
      return { type: 'hold_captured' };
    case 'hold_released':
      return { type: 'hold_released', released: first.released };
    case 'charge_succeeded':
      return { type: 'card_charged', providerId: first.providerId };
    case 'repair_repaid':
      return { type: 'refunded', status: 'succeeded', providerId: first.providerId ?? '' };
    case 'label_refused':
    case 'hold_refused':
    case 'hold_lapsed':
    case 'charge_failed':
    case 'repair_repayment_refused':
    case 'refund_failed':
      return { type: 'refused', code: first.code };
    default:
      throw new Error(`no outcome leads to ${first?.type ?? 'nothing'}`);
  }
}
