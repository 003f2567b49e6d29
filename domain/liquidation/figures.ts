import { type ExecutionItem, going, type ItemAmount, itemKey } from '../execution/item.ts';
import { split } from '../execution/shares.ts';
import type { Complaint, Opened } from './state.ts';

/** Minor units that the liquidator got off the price for what was wrong with the manifest. */
const allowed = ({ complaints }: Opened): number =>
  Object.values(complaints).reduce((sum, { allowance }) => sum + (allowance ?? 0), 0);

/** What the liquidator is to pay for the sale that stands: its price less allowances. */
export const agreed = (state: Opened): number => (state.sale === null ? 0 : state.sale.price - allowed(state));

/** What the liquidator has paid and still has there. */
export const held = ({ sale }: Opened): number => (sale === null ? 0 : sale.paid - sale.paidBack);

/** What is open between us: above zero the liquidator owes us, below zero we owe the liquidator. */
export const balance = (state: Opened): number => agreed(state) - held(state) - (state.sale?.writtenOff ?? 0);

/** The items that a line of the manifest names. */
export const itemsOf = (state: Opened, { sku, grade }: Pick<Complaint, 'sku' | 'grade'>): ExecutionItem[] =>
  going(state.items).filter((item) => item.sku === sku && (grade === null || item.grade === grade));

/** A price by item: in the ratio of their costs, and to none more than it cost; what is beyond that is our gain. */
export function priceByItem(state: Opened, price: number): ItemAmount[] {
  const items = going(state.items);
  const costs = items.map(({ cost }) => cost);
  const shares = split(Math.min(price, sum(costs)), costs);
  return items.map(({ rma, item }, index) => ({ rma, item, amount: shares[index] ?? 0 }));
}

/**
 * What came of the sale by item: the price less allowances, write-offs and fees, never below zero. An allowance comes off
 * the items that it is about, as far as their shares go, and all else off all in the ratio of what is left.
 */
export function proceedsByItem(state: Opened): ItemAmount[] {
  const left = new Map(going(state.items).map((item) => [itemKey(item), item.expected]));
  for (const complaint of Object.values(state.complaints)) {
    const about = itemsOf(state, complaint);
    const off = split(
      complaint.allowance ?? 0,
      about.map(({ expected }) => expected),
    );
    for (const [index, item] of about.entries()) {
      left.set(itemKey(item), Math.max(0, (left.get(itemKey(item)) ?? 0) - (off[index] ?? 0)));
    }
  }
  const weights = [...left.values()];
  const net = agreed(state) - (state.sale?.writtenOff ?? 0) - state.fees;
  const shares = split(Math.min(Math.max(0, net), sum(weights)), weights);
  return going(state.items).map(({ rma, item }, index) => ({ rma, item, amount: shares[index] ?? 0 }));
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);
