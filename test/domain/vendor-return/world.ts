import { expect } from 'vitest';
import { after } from '../../../domain/duration.ts';
import type { WantedItem } from '../../../domain/execution/item.ts';
import type { Told } from '../../../domain/execution/telling.ts';
import type { MoneyPosting } from '../../../domain/ledger.ts';
import type { VendorReturnCommand } from '../../../domain/vendor-return/commands.ts';
import type { Decision } from '../../../domain/vendor-return/decide.ts';
import { vendorReturnDecider } from '../../../domain/vendor-return/decider.ts';
import type { Recorded, VendorReturnRequest } from '../../../domain/vendor-return/events.ts';
import type { Opened, VendorReturnState } from '../../../domain/vendor-return/state.ts';

const { decide, fold, effects, deadlines, postings } = vendorReturnDecider;

export const terms = {
  authorizationWithin: 'P7D',
  shipmentWithin: 'P14D',
  creditWithin: 'P30D',
  disputeWithin: 'P21D',
} as const;

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

const aVendorRequest = (items: readonly WantedItem[] = [anItem()]): VendorReturnRequest => ({
  vendor: 'ACME',
  facility: 'RC-1',
  currency: 'EUR',
  items,
  terms,
});

/** A vendor return driven by hand, beside what the ledger would hold. */
export class Journey {
  state: VendorReturnState = vendorReturnDecider.initial;
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

  send(command: VendorReturnCommand): this {
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

  request(items?: readonly WantedItem[]): this {
    return this.send({ type: 'request', number: 'VR-1', request: aVendorRequest(items) });
  }

  /** Lets the returns answer all that is said to them, until nothing more is. */
  returnsAnswer(answer: (key: string) => Told = () => ({ type: 'accepted' })): this {
    const happened: string[] = [];
    for (let round = 0; round < 20 && effects(this.state).length > 0; round += 1) {
      for (const { key } of effects(this.state)) {
        this.send({ type: 'outcome', effect: key, outcome: answer(key) });
        happened.push(...this.happened);
      }
    }
    return this;
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

  resolve(reason: string, resolution: 'acknowledge' | 'dispute' | 'write_off' | 'retry'): this {
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

  authorized(restockingBasisPoints = 0, items?: readonly WantedItem[]): this {
    return this.request(items).returnsAnswer().send({
      type: 'authorize',
      vendorRma: 'V-77',
      restockingBasisPoints,
      shipBy: null,
      refused: [],
    });
  }

  shipped(restockingBasisPoints = 0, items?: readonly WantedItem[]): this {
    return this.authorized(restockingBasisPoints, items).send({ type: 'ship', carrier: 'UPS', tracking: '1Z9' });
  }

  credit(memo: string, total: number): this {
    return this.send({ type: 'record_credit', memo, total, items: null });
  }
}
