import { expect } from 'vitest';
import { after } from '../../../domain/duration.ts';
import { itemKey } from '../../../domain/execution/item.ts';
import type { Told } from '../../../domain/execution/telling.ts';
import type { MoneyPosting, StockPosting } from '../../../domain/ledger.ts';
import type { RefurbishmentResolution } from '../../../domain/refurbishment/attention.ts';
import type { RefurbishmentCommand } from '../../../domain/refurbishment/commands.ts';
import type { Decision } from '../../../domain/refurbishment/decide.ts';
import { refurbishmentDecider } from '../../../domain/refurbishment/decider.ts';
import type {
  ItemUnits,
  Recorded,
  RefurbishmentEvent,
  RefurbishmentRequest,
  WorkItem,
} from '../../../domain/refurbishment/events.ts';
import type { Opened, RefurbishmentState } from '../../../domain/refurbishment/state.ts';
import { asNew } from '../sale.ts';

const { decide, fold, effects, deadlines, postings } = refurbishmentDecider;

const workTerms = { finishWithin: 'P14D', decideWithin: 'P2D', holdWithin: 'P7D' } as const;

export const aWorkItem = (changes: Partial<WorkItem> = {}): WorkItem => ({
  rma: '7K3M-Q9TX-C',
  item: 'P1-1',
  sku: 'KETTLE',
  quantity: 5,
  lot: null,
  serials: [],
  grade: 'D',
  cost: 10_000,
  budget: 6000,
  carriedAs: 'inventory',
  ...changes,
});

export const aWorkOrder = (changes: Partial<RefurbishmentRequest> = {}): RefurbishmentRequest => ({
  disposition: 'refurbish',
  place: 'bench',
  party: 'BENCH-2',
  facility: 'RC-1',
  currency: 'EUR',
  sku: 'KETTLE',
  items: [aWorkItem()],
  hourlyRate: 3600,
  terms: workTerms,
  ...changes,
});

/** A refurbishment driven by hand, beside what the ledgers would hold. */
export class Bench {
  state: RefurbishmentState = refurbishmentDecider.initial;
  at = '2026-03-02T09:00:00.000Z';
  last: Decision = { type: 'accepted', events: [] };
  readonly recorded: Recorded[] = [];
  readonly money: MoneyPosting[] = [];
  readonly stock: StockPosting[] = [];
  #commands = 0;

  get now(): Opened {
    if (this.state.phase === 'initial') throw new Error('not requested yet');
    return this.state;
  }

  get happened(): string[] {
    return this.last.type === 'accepted' ? this.last.events.map(({ type }) => type) : [];
  }

  get refusal(): string | null {
    return this.last.type === 'refused' ? this.last.refusal.code : null;
  }

  all<T extends RefurbishmentEvent['type']>(type: T): Extract<RefurbishmentEvent, { type: T }>[] {
    return this.recorded
      .map(({ event }) => event)
      .filter((event): event is Extract<RefurbishmentEvent, { type: T }> => event.type === type);
  }

  send(command: RefurbishmentCommand): this {
    this.#commands += 1;
    const commandId = `c${this.#commands}`;
    this.last = decide(this.state, { commandId, at: this.at, by: 'test', command });
    const events = this.last.type === 'accepted' ? this.last.events : [];
    const recorded = events.map((event): Recorded => ({ at: this.at, by: 'test', event }));
    const { stock, money } = postings(this.state, recorded, commandId);
    this.stock.push(...stock);
    this.money.push(...money);
    this.state = fold(this.state, recorded);
    this.recorded.push(...recorded);
    return this;
  }

  request(changes: Partial<RefurbishmentRequest> = {}): this {
    return this.send({ type: 'request', number: 'RF-1', request: aWorkOrder(changes) });
  }

  /** Lets the returns answer all that is said to them, until nothing more is. */
  returnsAnswer(answer: (key: string) => Told = () => ({ type: 'accepted' })): this {
    for (let round = 0; round < 20 && effects(this.state).length > 0; round += 1) {
      for (const { key } of effects(this.state)) this.send({ type: 'outcome', effect: key, outcome: answer(key) });
    }
    return this;
  }

  begun(changes: Partial<RefurbishmentRequest> = {}): this {
    return this.request(changes).returnsAnswer();
  }

  /** Waits until the next deadline and lets it come. */
  waitOut(): this {
    const [next] = deadlines(this.state);
    expect(next).toBeDefined();
    if (next === undefined) return this;
    if (next.at > this.at) this.at = next.at;
    return this.send({ type: 'deadline', deadline: next.deadline, due: next.at });
  }

  wait(duration: string): this {
    this.at = after(this.at, duration);
    return this;
  }

  resolve(reason: string, resolution: RefurbishmentResolution): this {
    const open = Object.values(this.now.attention).find((each) => each.reason === reason);
    expect(open?.reason).toBe(reason);
    return this.send({ type: 'resolve', attention: open?.attention ?? '', resolution, note: 'N' });
  }

  /** Some units of the first item. */
  units(quantity: number, serials: readonly string[] = []): ItemUnits {
    const [item] = Object.values(this.now.items);
    if (item === undefined) throw new Error('no item');
    return { rma: item.rma, item: item.item, quantity, serials };
  }

  passes(quantity: number, serials: readonly string[] = []): this {
    const facts = { ...asNew, packaging: 'opened' } as const;
    return this.send({ type: 'test', units: this.units(quantity, serials), passed: true, facts });
  }

  abandons(quantity: number, outcome: 'beyond_repair' | 'given_up'): this {
    return this.send({ type: 'abandon', units: this.units(quantity), outcome, facts: null });
  }

  results(rma = '7K3M-Q9TX-C', item = 'P1-1') {
    return this.now.items[itemKey({ rma, item })]?.results ?? [];
  }

  /** Debits less credits of an account. */
  balance(account: string): number {
    return this.money.reduce(
      (sum, { debit, credit, amount }) => sum + (debit === account ? amount : 0) - (credit === account ? amount : 0),
      0,
    );
  }

  /** Units in an account of the stock ledger, of one SKU. */
  stocked(account: string, sku: string): number {
    return this.stock
      .filter((row) => row.sku === sku)
      .reduce(
        (sum, { from, to, quantity }) => sum + (to === account ? quantity : 0) - (from === account ? quantity : 0),
        0,
      );
  }
}
