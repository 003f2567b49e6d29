import { expect } from 'vitest';
import type { ConditionFacts } from '../../domain/goods/grading.ts';
import type { Units } from '../../domain/goods/units.ts';
import type { Deadline, Postings } from '../../domain/process/kind.ts';
import type { attentionResolutions } from '../../domain/return/attention.ts';
import type { EffectOutcome, Resolution, ReturnCommand } from '../../domain/return/commands.ts';
import { deadlines } from '../../domain/return/deadlines.ts';
import { type Decision, decide } from '../../domain/return/decide.ts';
import { type Effect, effects } from '../../domain/return/effects.ts';
import type { Recorded, ReturnEvent } from '../../domain/return/events.ts';
import type { Finding, ReceivedContent } from '../../domain/return/findings.ts';
import { fold } from '../../domain/return/fold.ts';
import { postings } from '../../domain/return/postings.ts';
import { reconcile } from '../../domain/return/reconcile.ts';
import type { RefusalCode } from '../../domain/return/refusals.ts';
import { initialState, type Opened, type ReturnState } from '../../domain/return/state.ts';
import { asNew } from '../domain/sale.ts';

import { plusDays, requestedAt } from './calendar.ts';

/** A return driven by hand: what happened so far, and what the last command led to. After each step the figures agree. */
export class Journey {
  state: ReturnState = initialState;
  readonly recorded: Recorded[] = [];
  readonly posted: Postings = { stock: [], money: [] };
  at = requestedAt;
  /** Who acts. */
  by = 'key_1';
  last: Decision = { type: 'accepted', events: [] };
  #commands = 0;

  get now(): Opened {
    if (this.state.phase === 'initial') throw new Error('not requested yet');
    return this.state;
  }

  /** The events of the last command by their types; empty where it was refused. */
  get happened(): string[] {
    return this.events.map((event) => event.type);
  }

  get events(): readonly ReturnEvent[] {
    return this.last.type === 'accepted' ? this.last.events : [];
  }

  get refusal(): RefusalCode | null {
    return this.last.type === 'refused' ? this.last.refusal.code : null;
  }

  get effects(): readonly Effect[] {
    return effects(this.state);
  }

  get due(): readonly Deadline[] {
    return deadlines(this.state);
  }

  /** Reasons and subjects of what waits for a person. */
  get queue(): string[] {
    return Object.values(this.now.attention).map(({ reason, subject }) => `${reason} ${subject}`);
  }

  /** All events of a type, over the whole life of the return. */
  all<Type extends ReturnEvent['type']>(type: Type): Extract<ReturnEvent, { type: Type }>[] {
    return this.recorded.flatMap(({ event }) => (isOf(event, type) ? [event] : []));
  }

  send(command: ReturnCommand): this {
    const before = this.state;
    this.#commands += 1;
    this.last = decide(before, { commandId: `c${this.#commands}`, at: this.at, by: this.by, command });
    const recorded = this.events.map((event): Recorded => ({ at: this.at, by: this.by, event }));
    this.state = fold(before, recorded);
    this.recorded.push(...recorded);
    const { stock, money } = postings(before, recorded, `c${this.#commands}`);
    (this.posted.stock as unknown[]).push(...stock);
    (this.posted.money as unknown[]).push(...money);
    if (this.state.phase !== 'initial') expect(reconcile(this.state)).toEqual([]);
    return this;
  }

  /** Lets time pass until an instant, or for some days; timers don't fire by themselves. */
  later(time: string | number): this {
    this.at = typeof time === 'string' ? time : plusDays(time, this.at);
    return this;
  }

  /** The timer of a deadline fires, at its own time or now where that has passed. */
  fires(name: string): this {
    const deadline = this.due.find((each) => each.deadline === name);
    if (deadline === undefined) throw new Error(`no deadline ${name} among ${this.due.map((d) => d.deadline)}`);
    if (this.at < deadline.at) this.at = deadline.at;
    return this.send({ type: 'deadline', deadline: name, due: deadline.at });
  }

  outcome(effect: string, outcome: EffectOutcome): this {
    return this.send({ type: 'outcome', effect, outcome });
  }

  labelBought(parcel = 'P1'): this {
    return this.outcome(`buy_label:${parcel}`, aLabel(parcel));
  }

  labelVoided(parcel = 'P1', voided = true): this {
    return this.outcome(`void_label:${parcel}`, { type: 'label_voided', voided });
  }

  pickupBooked(pickup = 'K1'): this {
    return this.outcome(`book_pickup:${pickup}`, this.aBooking(pickup));
  }

  aBooking(pickup: string): Extract<EffectOutcome, { type: 'pickup_booked' }> {
    const { windowStart = requestedAt, windowEnd = requestedAt } = this.now.pickups[pickup] ?? {};
    return {
      type: 'pickup_booked',
      providerId: `pickup_${pickup}`,
      confirmation: 'CONF-1',
      windowStart,
      windowEnd,
      cost: { amount: 300, currency: 'EUR' },
    };
  }

  /** The carrier pays so many minor units on a claim, or refuses it. */
  claimAnswered(answer: number | 'refused', claim = 'P1'): this {
    return this.send(
      answer === 'refused'
        ? { type: 'report_claim', claim, outcome: 'refused' }
        : { type: 'report_claim', claim, outcome: 'paid', amount: { amount: answer, currency: 'EUR' } },
    );
  }

  refunded(refund: string, status: 'succeeded' | 'pending' | 'failed' = 'succeeded'): this {
    return this.outcome(`refund:${refund}`, { type: 'refunded', status, providerId: `re_${refund}` });
  }

  reserved(subject: string, line: string, units: Units): this {
    return this.outcome(`reserve_units:${subject}`, { type: 'units_reserved', units: { [line]: units } });
  }

  track(status: Extract<ReturnCommand, { type: 'track' }>['status'], parcel = 'P1', at = this.at): this {
    return this.send({ type: 'track', parcel, status, at });
  }

  receive(contents: readonly ReceivedContent[], parcel: string | null = 'P1', partial = false): this {
    return this.send({ type: 'receive', parcel, contents, partial });
  }

  /** From now on somebody else acts. */
  as(by: string): this {
    this.by = by;
    return this;
  }

  inspect(
    item: string,
    ...findings: (Partial<Omit<Finding, 'facts' | 'answers'>> & { facts?: Partial<ConditionFacts> })[]
  ): this {
    const whole = this.now.items[item]?.quantity ?? 1;
    return this.send({
      type: 'inspect',
      item,
      findings: (findings.length === 0 ? [{}] : findings).map((finding) => ({
        quantity: whole,
        ...finding,
        facts: { ...asNew, ...finding.facts },
      })),
    });
  }

  confirm(...items: string[]): this {
    for (const item of items) this.send({ type: 'confirm_disposition', item, evidence: 'BIN-7' });
    return this;
  }

  /** A person settles the attention of a reason, or the only one there is. */
  resolve(reason: keyof typeof attentionResolutions, resolution: Resolution): this {
    const attention = Object.values(this.now.attention).find((open) => open.reason === reason)?.attention;
    if (attention === undefined) throw new Error(`nobody asked about ${reason}, but about ${this.queue}`);
    return this.send({ type: 'resolve', attention, resolution, note: 'N-1' });
  }

  /** What an account holds after all that was posted: debits and arrivals less credits and departures. */
  balance(account: string): number {
    const money = this.posted.money.reduce(
      (sum, { debit, credit, amount }) => sum + (debit === account ? amount : 0) - (credit === account ? amount : 0),
      0,
    );
    return this.posted.stock.reduce(
      (sum, { from, to, quantity }) => sum + (to === account ? quantity : 0) - (from === account ? quantity : 0),
      money,
    );
  }
}

/** The label that a carrier sells for a parcel. */
export const aLabel = (parcel: string): Extract<EffectOutcome, { type: 'label_bought' }> => ({
  type: 'label_bought',
  carrier: 'USPS',
  tracking: `TRACK-${parcel}`,
  providerId: `shp_${parcel}`,
  cost: { amount: 495, currency: 'EUR' },
});

const isOf = <Type extends ReturnEvent['type']>(
  event: ReturnEvent,
  type: Type,
): event is Extract<ReturnEvent, { type: Type }> => event.type === type;
