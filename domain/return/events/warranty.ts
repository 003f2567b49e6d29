import type { Instant } from '../../time/duration.ts';
import type { LineUnits } from './lines.ts';

/** A new serial of an order line, which one it replaces (null where nobody knows), and the first moment after its warranty. */
export type CoveredUnit = {
  readonly orderLine: string;
  readonly serial: string;
  readonly replaces: string | null;
  readonly until: Instant;
};

/**
 * Goods that came back under a warranty were replaced: their buyer has new units for those of the lines, and may claim for
 * them; by serial they take over the time.
 */
export type WarrantyEvent = {
  readonly type: 'warranty_carried_over';
  readonly exchange: string;
  readonly lines: readonly LineUnits[];
  readonly serials: readonly CoveredUnit[];
};
