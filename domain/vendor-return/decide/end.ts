import { going } from '../../execution/item.ts';
import type { VendorReturnEvent } from '../events.ts';
import { hasShipped, type Opened, owed } from '../state.ts';

/** Once the vendor owes nothing more, each return hears what came back for its goods and that they went their way. */
export function endWithVendor(state: Opened): readonly VendorReturnEvent[] {
  if (!hasShipped(state) || owed(state) > 0) return [];
  return going(state.items).map(({ rma, item }) => ({ type: 'item_ending', rma, item }));
}
