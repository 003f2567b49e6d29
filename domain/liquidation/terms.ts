import type { LiquidationTerms } from './events.ts';

/** What a liquidation waits for where nothing else was agreed: starting points, to be replaced by a merchant's own. */
export const defaultLiquidationTerms: LiquidationTerms = {
  bidsWithin: 'P14D',
  paymentWithin: 'P7D',
  shipmentWithin: 'P14D',
  complaintsWithin: 'P7D',
  prepaid: true,
};
