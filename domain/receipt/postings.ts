import type { StockAccount, StockPosting } from '../money/ledger.ts';
import { unreachable } from '../unreachable.ts';
import { foldReceipt, type Receipt, type ReceiptEvent, type Share } from './receipt.ts';

/**
 * What the events of one command write into the stock ledger: goods go into quarantine, and out of it again to the
 * customer's account where they become a return's (whose own receipt brings them in) or to where they were sent. `prefix`
 * makes the entries' ids, so the same command never posts twice. Their cost is unknown, so no money moves.
 */
export function receiptPostings(
  before: Receipt | null,
  events: readonly ReceiptEvent[],
  prefix: string,
): readonly StockPosting[] {
  let state = before;
  return events.flatMap((event, index) => {
    const next = foldReceipt(state, [event]);
    state = next;
    if (next === null) return [];
    return rowsOf(next, event).map((row, n) => ({ ...row, entry: `${prefix}/${index}/${n}` }));
  });
}

function rowsOf(state: Receipt, event: ReceiptEvent): Omit<StockPosting, 'entry'>[] {
  switch (event.type) {
    case 'receipt_booked':
      return event.lines.map(({ line, quantity }) => moved(state, { line, quantity }, 'customer', 'quarantine'));
    case 'receipt_matched':
      return event.shares.map((share) => moved(state, share, 'quarantine', 'customer'));
    case 'receipt_disposed': {
      const to = event.disposition === 'return_to_customer' ? 'customer' : 'disposed_of';
      return event.shares.map((share) => moved(state, share, 'quarantine', to));
    }
    default:
      return unreachable(event);
  }
}

function moved(
  { lines, facility }: Receipt,
  { line, quantity }: Pick<Share, 'line' | 'quantity'>,
  from: StockAccount,
  to: StockAccount,
): Omit<StockPosting, 'entry'> {
  const counted = lines[line]?.counted;
  if (counted === undefined) throw new Error(`no line ${line}`);
  return {
    from,
    to,
    facility,
    sku: counted.sku,
    lot: counted.lot ?? null,
    grade: null,
    owner: 'ours',
    quantity,
    item: line,
  };
}
