import type { StockAccount } from '../money/ledger.ts';
import { type MoneyRow, posted } from '../money/money-row.ts';
import { posting, type StockRow } from '../money/postings.ts';
import type { LineUnits, TransferEvent } from './events.ts';
import { evolve } from './evolve.ts';
import { bound, lineOf, type Opened, opened } from './state.ts';

/**
 * What a transfer writes into both ledgers. Goods don't change their owner, so the books hear only of what is lost or destroyed:
 * written off at cost, where that is known.
 */
export const postings = posting({ opened, evolve, stockOf, moneyOf });

function stockOf(before: Opened, after: Opened, event: TransferEvent): StockRow[] {
  const moved = (units: LineUnits, from: StockAccount, to: StockAccount, facility: string): StockRow[] => {
    const { sku, lot } = lineOf(after, units.line);
    return row({ sku, lot, quantity: units.quantity, item: units.line }, from, to, facility);
  };
  const here = bound(before);
  switch (event.type) {
    case 'shipped':
      return event.lines.flatMap((units) => moved(units, 'sellable', 'in_transit', before.from));
    case 'received':
      return event.lines.flatMap((units) => moved(units, 'in_transit', 'sellable', here));
    case 'held_back':
      return moved(event, 'in_transit', 'quarantine', here);
    case 'hold_ended': {
      const hold = before.holds[event.held];
      if (hold === undefined) return [];
      return moved(hold, 'quarantine', event.into === 'stock' ? 'sellable' : 'disposed_of', hold.facility);
    }
    case 'lost':
      return moved(event, 'in_transit', 'lost', here);
    case 'found':
      return moved(event, 'lost', 'in_transit', here);
    case 'found_at_origin':
      return moved(event, 'in_transit', 'sellable', before.from);
    case 'surplus_accepted': {
      const surplus = before.surpluses[event.surplus];
      if (surplus === undefined) return [];
      const goods = { ...surplus, item: event.surplus };
      return [
        ...row(goods, 'sellable', 'in_transit', before.from),
        ...row(goods, 'in_transit', 'sellable', surplus.facility),
      ];
    }
    default:
      return [];
  }
}

const row = (
  { sku, lot, quantity, item }: Pick<StockRow, 'sku' | 'lot' | 'quantity' | 'item'>,
  from: StockAccount,
  to: StockAccount,
  facility: string,
): StockRow[] => (quantity === 0 ? [] : [{ from, to, facility, sku, lot, grade: null, owner: 'ours', quantity, item }]);

function moneyOf(before: Opened, { currency }: Opened, event: TransferEvent): MoneyRow[] {
  if (currency === null) return [];
  const costOf = ({ line, quantity }: LineUnits) => (lineOf(before, line).unitCost ?? 0) * quantity;
  switch (event.type) {
    case 'lost':
      return posted('write_off', 'inventory_at_cost', costOf(event), currency, event.line);
    case 'found':
      return posted('inventory_at_cost', 'write_off', costOf(event), currency, event.line);
    case 'hold_ended': {
      const hold = before.holds[event.held];
      if (hold === undefined || event.into === 'stock') return [];
      return posted('write_off', 'inventory_at_cost', costOf(hold), currency, hold.line);
    }
    case 'claim_settled':
      // As of a return's parcel: the carrier owes it and has paid it in one, as before its answer nothing was sure.
      return [
        ...posted('carrier_receivable', 'recovery', event.paid, currency, event.claim),
        ...posted('cash_clearing', 'carrier_receivable', event.paid, currency, event.claim),
      ];
    default:
      return [];
  }
}
