import { itemKey } from '../../../domain/execution/item.ts';
import type { RefurbishmentResolution } from '../../../domain/refurbishment/attention.ts';
import { refurbishmentDecider } from '../../../domain/refurbishment/decider.ts';
import type {
  ItemUnits,
  RefurbishmentEvent,
  RefurbishmentRequest,
  WorkItem,
} from '../../../domain/refurbishment/events.ts';
import type { RefurbishmentParts } from '../../../domain/refurbishment/kind.ts';
import { Execution } from '../execution/world.ts';
import { asNew } from '../sale.ts';

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
export class Bench extends Execution<RefurbishmentParts> {
  constructor() {
    super(refurbishmentDecider);
  }

  all<T extends RefurbishmentEvent['type']>(type: T): Extract<RefurbishmentEvent, { type: T }>[] {
    return this.recorded
      .map(({ event }) => event)
      .filter((event): event is Extract<RefurbishmentEvent, { type: T }> => event.type === type);
  }

  request(changes: Partial<RefurbishmentRequest> = {}): this {
    return this.send({ type: 'request', number: 'RF-1', request: aWorkOrder(changes) });
  }

  begun(changes: Partial<RefurbishmentRequest> = {}): this {
    return this.request(changes).returnsAnswer();
  }

  resolve(reason: string, resolution: RefurbishmentResolution): this {
    return this.send({ type: 'resolve', attention: this.openFor(reason), resolution, note: 'N' });
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
