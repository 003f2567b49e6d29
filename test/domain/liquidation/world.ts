import type { WantedItem } from '../../../domain/execution/item.ts';
import type { LiquidationReason, LiquidationResolution } from '../../../domain/liquidation/attention.ts';
import type { LiquidationCommand } from '../../../domain/liquidation/commands.ts';
import { liquidationDecider } from '../../../domain/liquidation/decider.ts';
import type { LiquidationTerms } from '../../../domain/liquidation/events.ts';
import type { LiquidationParts } from '../../../domain/liquidation/kind.ts';
import { after } from '../../../domain/time/duration.ts';
import { Execution, three } from '../execution/world.ts';

export const terms: LiquidationTerms = {
  bidsWithin: 'P14D',
  paymentWithin: 'P7D',
  shipmentWithin: 'P14D',
  complaintsWithin: 'P7D',
  prepaid: true,
};

/** A liquidation driven by hand, beside what the ledger would hold. */
export class Journey extends Execution<LiquidationParts> {
  constructor() {
    super(liquidationDecider);
  }

  /** What each item has brought. */
  get brought(): number[] {
    return Object.values(this.now.items).map(({ received }) => received);
  }

  request(items: readonly WantedItem[] = three, reserve = 1500, more: Partial<LiquidationTerms> = {}): this {
    const request = { facility: 'RC-1', currency: 'EUR', items, reserve, terms: { ...terms, ...more } };
    return this.send({ type: 'request', number: 'LQ-7K3M-Q9TX-C', request });
  }

  resolve(reason: LiquidationReason, resolution: LiquidationResolution): this {
    return this.send({ type: 'resolve', attention: this.openFor(reason), resolution, note: 'N' });
  }

  bid(liquidator: string, amount: number, validFor = 'P10D'): this {
    const validUntil = after(this.at, validFor);
    return this.send({ type: 'record_bid', liquidator, amount, currency: 'EUR', validUntil });
  }

  accept(bid: string, belowReserve = false): this {
    const note = belowReserve ? 'N' : null;
    return this.send({ type: 'accept_bid', bid, invoice: 'INV-1', belowReserve, note });
  }

  pay(amount: number, reference = `PAY-${this.commands}`): this {
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
      reference: `CL-${this.commands}`,
      kind: 'missing',
      sku: 'TOASTER',
      grade: null,
      quantity: 1,
      asked,
      ...more,
    });
  }
}
