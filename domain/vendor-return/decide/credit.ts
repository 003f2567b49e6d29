import { type ExecutionItem, going, type ItemAmount, itemKey } from '../../execution/item.ts';
import { type Refused, refuse } from '../../execution/refusals.ts';
import { split } from '../../execution/shares.ts';
import { raise } from '../../process/attention.ts';
import type { VendorReturnCommand } from '../commands.ts';
import type { VendorReturnEvent } from '../events.ts';
import { hasShipped, type Opened, owed } from '../state.ts';

type Credit = Extract<VendorReturnCommand, { type: 'record_credit' }>;

/**
 * A credit memo has come. It is reconciled by item: as the vendor names them, or shared out over what each item is still
 * expected to bring, so that the parts add up to the memo. Less than expected is a short payment, which a person disputes
 * or writes off; more than expected is refused, as it can't be for these goods.
 */
export function recordCredit(state: Opened, command: Credit): readonly VendorReturnEvent[] | Refused {
  if (state.status === 'closed' || state.status === 'ending') return refuse('execution_closed');
  if (!hasShipped(state)) return refuse('not_shipped_yet');
  const { memo, total } = command;
  if (state.memos.includes(memo)) return refuse('memo_already_recorded', 'memo');
  if (!Number.isSafeInteger(total) || total < 1) return refuse('amount_not_positive', 'amount');
  const { currency } = state;
  const left = owed(state);
  if (total > left) return refuse('credit_exceeds_expected', 'amount', { asked: total, available: left, currency });
  const items = command.items === null ? sharedOut(state, total) : command.items;
  const wrong = wrongItem(state, items, total);
  if (wrong !== null) return wrong;
  return [
    { type: 'credit_recorded', memo, total, items: items.filter(({ amount }) => amount > 0) },
    ...(total < left && state.status === 'shipped'
      ? raise(state, 'vendor_short_paid', state.number, String(left - total))
      : []),
  ];
}

/** What the vendor hasn't credited is our loss: nothing is owed any more. */
export function writeOff(state: Opened, note: string | null): readonly VendorReturnEvent[] | Refused {
  if (state.status === 'closed' || state.status === 'ending') return refuse('execution_closed');
  if (!hasShipped(state)) return refuse('not_shipped_yet');
  const items = going(state.items)
    .map((item) => ({ rma: item.rma, item: item.item, amount: stillExpected(item) }))
    .filter(({ amount }) => amount > 0);
  return [{ type: 'written_off', items, note }];
}

/** What an item is still expected to bring. Before a write-off: after one nothing is owed, and the vendor return ends. */
const stillExpected = ({ expected, received }: ExecutionItem): number => expected - received;

function sharedOut(state: Opened, total: number): ItemAmount[] {
  const items = going(state.items);
  const shares = split(total, items.map(stillExpected));
  return items.map(({ rma, item }, index) => ({ rma, item, amount: shares[index] ?? 0 }));
}

function wrongItem(state: Opened, items: readonly ItemAmount[], total: number): Refused | null {
  const { currency } = state;
  const left = new Map(going(state.items).map((item) => [itemKey(item), stillExpected(item)]));
  for (const [index, each] of items.entries()) {
    const available = left.get(itemKey(each));
    if (available === undefined) return refuse('unknown_item', `items.${index}`);
    if (!Number.isSafeInteger(each.amount) || each.amount < 0) return refuse('amount_not_positive', `items.${index}`);
    if (each.amount > available) {
      return refuse('credit_exceeds_expected', `items.${index}`, { asked: each.amount, available, currency });
    }
    left.set(itemKey(each), available - each.amount);
  }
  const sum = items.reduce((all, { amount }) => all + amount, 0);
  return sum === total ? null : refuse('credit_exceeds_expected', 'items', { asked: sum, available: total, currency });
}
