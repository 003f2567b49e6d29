import { expect } from 'vitest';
import type { WantedItem } from '../../../domain/execution/item.ts';
import type { ExecutionOf, ExecutionParts } from '../../../domain/execution/kind.ts';
import type { ExecutionRefusal } from '../../../domain/execution/refusals.ts';
import type { StopSaleCommand } from '../../../domain/execution/stop-sale.ts';
import type { Told } from '../../../domain/execution/telling.ts';
import type { MoneyPosting, StockPosting } from '../../../domain/money/ledger.ts';
import type { Decider, Decision, Recorded } from '../../../domain/process/kind.ts';
import { after } from '../../../domain/time/duration.ts';

export const anItem = (changes: Partial<WantedItem> = {}): WantedItem => ({
  rma: '7K3M-Q9TX-C',
  item: 'P1-1',
  sku: 'KETTLE',
  quantity: 1,
  lot: null,
  serials: [],
  grade: 'C',
  cost: 2000,
  ...changes,
});

/** Three items that cost 30.00 together. */
export const three: readonly WantedItem[] = [
  anItem({ cost: 1000 }),
  anItem({ item: 'P1-2', sku: 'TOASTER', quantity: 2, cost: 1000 }),
  anItem({ rma: '73MN-Q9TX-0', cost: 1000 }),
];

/** A recall stops some of the items, or was an error. */
export function stopSaleOf(items: readonly Pick<WantedItem, 'rma' | 'item'>[], pick: number): StopSaleCommand {
  const recall = ['RC-1', 'RC-2', 'constructor'][pick % 3] ?? 'RC-1';
  if (pick % 5 === 0) return { type: 'release_goods', recall };
  const some = items.filter((_, index) => index % 2 === pick % 2).map(({ rma, item }) => ({ rma, item }));
  return { type: 'stop_goods', recall, items: [...some, { rma: 'X', item: '__proto__' }] };
}

/** An execution driven by hand, beside what the ledgers would hold. */
export class Execution<P extends ExecutionParts> {
  state: P['state'];
  at = '2026-03-02T09:00:00.000Z';
  /** Who acts. */
  by = 'test';
  last: Decision<P['event'], ExecutionRefusal> = { type: 'accepted', events: [] };
  readonly recorded: Recorded<P['event']>[] = [];
  readonly money: MoneyPosting[] = [];
  readonly stock: StockPosting[] = [];
  protected commands = 0;
  readonly #decider: Decider<ExecutionOf<P>>;

  constructor(decider: Decider<ExecutionOf<P>>) {
    this.#decider = decider;
    this.state = decider.initial;
  }

  get now(): P['opened'] {
    const opened = this.#decider.opened(this.state);
    if (opened === null) throw new Error('not requested yet');
    return opened;
  }

  get happened(): string[] {
    return this.last.type === 'accepted' ? this.last.events.map(({ type }) => type) : [];
  }

  get refusal(): string | null {
    return this.last.type === 'refused' ? this.last.refusal.code : null;
  }

  /** What returns are told now. */
  get told(): object[] {
    return this.#decider.effects(this.state).map((telling) => ({
      kind: telling.kind,
      ...(telling.kind === 'set_free' ? { instead: telling.instead } : {}),
    }));
  }

  /** Why a person is asked now. */
  get asked(): string[] {
    return Object.values(this.now.attention).map(({ reason }) => reason);
  }

  send(command: ExecutionOf<P>['command']): this {
    const { decide, postings, fold } = this.#decider;
    const { at, by } = this;
    this.commands += 1;
    const commandId = `c${this.commands}`;
    this.last = decide(this.state, { commandId, at, by, command });
    const events = this.last.type === 'accepted' ? this.last.events : [];
    const recorded = events.map((event): Recorded<P['event']> => ({ at, by, event }));
    const { stock, money } = postings(this.state, recorded, commandId);
    this.stock.push(...stock);
    this.money.push(...money);
    this.state = fold(this.state, recorded);
    this.recorded.push(...recorded);
    return this;
  }

  /** Lets the returns answer all that is said to them, until nothing more is. */
  returnsAnswer(answer: (key: string) => Told = () => ({ type: 'accepted' })): this {
    const { effects } = this.#decider;
    for (let round = 0; round < 20 && effects(this.state).length > 0; round += 1) {
      for (const { key } of effects(this.state)) this.send({ type: 'outcome', effect: key, outcome: answer(key) });
    }
    return this;
  }

  /** Waits until the next deadline, or one of a name, and lets it come. */
  waitOut(name?: string): this {
    const next = this.#decider.deadlines(this.state).find(({ deadline }) => name === undefined || deadline === name);
    expect(next).toBeDefined();
    if (next === undefined) return this;
    if (next.at > this.at) this.at = next.at;
    return this.send({ type: 'deadline', deadline: next.deadline, due: next.at });
  }

  wait(duration: string): this {
    this.at = after(this.at, duration);
    return this;
  }

  /** From now on somebody else acts. */
  as(by: string): this {
    this.by = by;
    return this;
  }

  /** The open entry of the people's queue that was raised for a reason. */
  protected openFor(reason: string): string {
    const open = Object.values(this.now.attention).find((each) => each.reason === reason);
    expect(open?.reason).toBe(reason);
    return open?.attention ?? '';
  }

  /** Debits less credits of an account. */
  balance(account: string): number {
    return this.money.reduce(
      (sum, { debit, credit, amount }) => sum + (debit === account ? amount : 0) - (credit === account ? amount : 0),
      0,
    );
  }
}
