import type { KnownReturn } from '../../../domain/receipt/candidates.ts';
import type { Clues } from '../../../domain/receipt/receipt.ts';

/** A parcel that says nothing of itself. */
export const noClues: Clues = { rma: null, order: null, tracking: null, buyer: null, serials: [] };

/** A return of two mugs that waits for them, but for what a test says. */
export const aKnownReturn = (rma: string, changes: Partial<KnownReturn> = {}): KnownReturn => ({
  rma,
  order: `O-${rma}`,
  buyer: null,
  closed: false,
  trackings: [],
  serials: [],
  lines: [{ sku: 'MUG', outstanding: changes.closed ? 0 : 2 }],
  ...changes,
});
