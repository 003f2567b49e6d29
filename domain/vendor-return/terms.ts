import type { VendorTerms } from './events.ts';

/** What a vendor return waits for where nothing else was agreed: starting points, to be replaced by a merchant's own. */
export const defaultVendorTerms: VendorTerms = {
  authorizationWithin: 'P7D',
  shipmentWithin: 'P14D',
  creditWithin: 'P30D',
  disputeWithin: 'P21D',
};
