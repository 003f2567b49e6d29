import type { WantedItem } from '../../../domain/execution/item.ts';
import type { VendorReturnResolution } from '../../../domain/vendor-return/attention.ts';
import { vendorReturnDecider } from '../../../domain/vendor-return/decider.ts';
import type { VendorReturnRequest } from '../../../domain/vendor-return/events.ts';
import type { VendorReturnParts } from '../../../domain/vendor-return/kind.ts';
import { anItem, Execution } from '../execution/world.ts';

export const terms = {
  authorizationWithin: 'P7D',
  shipmentWithin: 'P14D',
  creditWithin: 'P30D',
  disputeWithin: 'P21D',
} as const;

const aVendorRequest = (items: readonly WantedItem[] = [anItem()]): VendorReturnRequest => ({
  vendor: 'ACME',
  facility: 'RC-1',
  currency: 'EUR',
  items,
  terms,
});

/** A vendor return driven by hand, beside what the ledger would hold. */
export class Journey extends Execution<VendorReturnParts> {
  constructor() {
    super(vendorReturnDecider);
  }

  request(items?: readonly WantedItem[]): this {
    return this.send({ type: 'request', number: 'VR-1', request: aVendorRequest(items) });
  }

  resolve(reason: string, resolution: VendorReturnResolution): this {
    return this.send({ type: 'resolve', attention: this.openFor(reason), resolution, note: 'N' });
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
