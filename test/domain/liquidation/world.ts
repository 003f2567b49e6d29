import { expect } from 'vitest';
import { after } from '../../../domain/duration.ts';
import type { WantedItem } from '../../../domain/execution/item.ts';
import type { Told } from '../../../domain/execution/telling.ts';
import type { MoneyPosting } from '../../../domain/ledger.ts';
import type { LiquidationReason, LiquidationResolution } from '../../../domain/liquidation/attention.ts';
import type { LiquidationCommand } from '../../../domain/liquidation/commands.ts';
import type { Decision } from '../../../domain/liquidation/decide.ts';
import { liquidationDecider } from '../../../domain/liquidation/decider.ts';
import type { LiquidationTerms, Recorded } from '../../../domain/liquidation/events.ts';
import type { LiquidationState, Opened } from '../../../domain/liquidation/state.ts';
import { anItem } from '../vendor-return/world.ts';

const { decide, fold, effects, deadlines, postings } = liquidationDecider;

export const terms: LiquidationTerms = {
  bidsWithin: 'P14D',
  paymentWithin: 'P7D',
  shipmentWithin: 'P14D',
  complaintsWithin: 'P7D',
  prepaid: true,
};

/** Three items that cost 30.00 together. */
export const three: readonly WantedItem[] = [
  anItem({ cost: 1000 }),
  anItem({ item: 'P1-2', sku: 'TOASTER', quantity: 2, cost: 1000 }),
  anItem({ rma: '73MN-Q9TX-0', cost: 1000 }),
];

/** A liquidation driven by hand, beside what the ledger would hold. */
export class Journey {
  state: LiquidationState = liquidationDecider.initial;
  at = '2026-03-02T09:00:00.000Z';
  last: Decision = { type: 'accepted', events: [] };
  readonly recorded: Recorded[] = [];
  readonly money: MoneyPosting[] = [];
  #commands = 0;

  get now(): Opened {
    if (this.state.status === 'initial') throw new Error('not requested yet');
    return this.state;
  }

  get happened(): string[] {
    return this.last.type === 'accepted' ? this.last.events.map(({ type }) => type) : [];
  }

  get refusal(): string | null {
    return this.last.type === 'refused' ? this.last.refusal.code : null;
  }

  /** What each item has brought. */
  get brought(): number[] {
    return Object.values(this.now.items).map(({ received }) => received);
  }

  /** What returns are told now. */
  get told(): object[] {
    return effects(this.state).map((telling) => ({
      kind: telling.kind,
      ...(telling.kind === 'set_free' ? { instead: telling.instead } : {}),
    }));
  }

  /** Why a person is asked now. */
  get asked(): string[] {
    return Object.values(this.now.attention).map(({ reason }) => reason);
  }

  send(command: LiquidationCommand): this {
    this.#commands += 1;
    const commandId = `c${this.#commands}`;
    this.last = decide(this.state, { commandId, at: this.at, by: 'test', command });
    const events = this.last.type === 'accepted' ? this.last.events : [];
    const recorded = events.map((event): Recorded => ({ at: this.at, by: 'test', event }));
    this.money.push(...postings(this.state, recorded, commandId).money);
    this.state = fold(this.state, recorded);
    this.recorded.push(...recorded);
    return this;
  }

  request(items: readonly WantedItem[] = three, reserve = 1500, more: Partial<LiquidationTerms> = {}): this {
    const request = { facility: 'RC-1', currency: 'EUR', items, reserve, terms: { ...terms, ...more } };
    return this.send({ type: 'request', number: 'LQ-7K3M-Q9TX-C', request });
  }

  /** Lets the returns answer all that is said to them, until nothing more is. */
  returnsAnswer(answer: (key: string) => Told = () => ({ type: 'accepted' })): this {
    for (let round = 0; round < 5 && effects(this.state).length > 0; round += 1) {
      for (const { key } of effects(this.state)) this.send({ type: 'outcome', effect: key, outcome: answer(key) });
    }
    return this;
  }

  /** Waits until the next deadline, or one of a name, and lets it come. */
  waitOut(name?: string): this {
    const next = deadlines(this.state).find(({ deadline }) => name === undefined || deadline === name);
    expect(next).toBeDefined();
    if (next === undefined) return this;
    if (next.at > this.at) this.at = next.at;
    return this.send({ type: 'deadline', deadline: next.deadline, due: next.at });
  }

  wait(duration: string): this {
    this.at = after(this.at, duration);
    return this;
  }

  resolve(reason: LiquidationReason, resolution: LiquidationResolution): this {
    const open = Object.values(this.now.attention).find((each) => each.reason === reason);
    expect(open?.reason).toBe(reason);
    return this.send({ type: 'resolve', attention: open?.attention ?? '', resolution, note: 'N' });
  }

  /** Debits less credits of an account. */
  balance(account: string): number {
    return this.money.reduce(
      (sum, { debit, credit, amount }) => sum + (debit === account ? amount : 0) - (credit === account ? amount : 0),
      0,
    );
  }

  bid(liquidator: string, amount: number, validFor = 'P10D'): this {
    const validUntil = after(this.at, validFor);
    return this.send({ type: 'record_bid', liquidator, amount, currency: 'EUR', validUntil });
  }

  accept(bid: string, belowReserve = false): this {
    const note = belowReserve ? 'N' : null;
    return this.send({ type: 'accept_bid', bid, invoice: 'INV-1', belowReserve, note });
  }

  pay(amount: number, reference = `PAY-${this.#commands}`): this {
    return this.send({ type: 'record_payment', reference, amount });
  }

  ship(): this {
    return this.send({ type: 'ship', carrier: null, reference: 'BOL-1' });
  }

  /** Sold to one liquidator at a price. */
  sold(price = 1500, more: Partial<LiquidationTerms> = {}, items: readonly WantedItem[] = three): this {
    return this.request(items, 1000, more).returnsAnswer().bid('JOBBER', price).accept('B1');
  }

  /** Paid in full and gone. */
  delivered(price = 1500, items: readonly WantedItem[] = three): this {
    return this.sold(price, {}, items).pay(price).ship();
  }

  complain(asked: number, more: Partial<Extract<LiquidationCommand, { type: 'record_complaint' }>> = {}): this {
    return this.send({
      type: 'record_complaint',
      reference: `CL-${this.#commands}`,
      kind: 'missing',
      sku: 'TOASTER',
      grade: null,
      quantity: 1,
      asked,
      ...more,
    });
  }
}
