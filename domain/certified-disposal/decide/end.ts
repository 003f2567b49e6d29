import { going, type ItemAmount } from '../../execution/item.ts';
import { split } from '../../execution/shares.ts';
import { proceedsOf } from '../certificate.ts';
import type { CertifiedDisposalEvent } from '../events.ts';
import { isProved, type Opened } from '../state.ts';

/** Once certificate and witnesses are there, and no weight is in question, each return hears that its goods went their way. */
export function complete(state: Opened): readonly CertifiedDisposalEvent[] {
  const { status, attention, items } = state;
  const isInQuestion = Object.values(attention).some(({ reason }) => reason === 'certificate_weight_differs');
  if (status !== 'handed_over' || !isProved(state) || isInQuestion) return [];
  return [
    { type: 'completed', proceeds: proceeds(state) },
    ...going(items).map(({ rma, item }) => ({ type: 'item_ending', rma, item }) as const),
  ];
}

/**
 * What was paid for the materials, by what the items cost: no more than that for any, as what comes back for an item never
 * is. The rest is nobody's item's.
 */
function proceeds({ certificate, items }: Opened): readonly ItemAmount[] {
  if (certificate === null) return [];
  const all = going(items);
  const costs = all.map(({ cost }) => cost);
  const cost = costs.reduce((sum, each) => sum + each, 0);
  const shares = split(Math.min(proceedsOf(certificate), cost), costs);
  return all
    .map(({ rma, item }, index) => ({ rma, item, amount: shares[index] ?? 0 }))
    .filter(({ amount }) => amount > 0);
}
