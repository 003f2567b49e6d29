import type { Disposition } from '../goods/disposition.ts';
import { isWork } from '../goods/work.ts';
import type { MoneyAccount, StockAccount } from '../money/ledger.ts';
import { type MoneyRow, posted } from '../money/money-row.ts';
import { posting, type StockRow } from '../money/postings.ts';
import type { RefundLeg } from './events/money.ts';
import type { ReturnEvent } from './events.ts';
import { foldFrom } from './fold.ts';
import { entersInventory, leavesInventory, revalued } from './inventory.ts';
import { owedBy, settled } from './owed.ts';
import { ownerOf } from './repair.ts';
import type { ItemState, Opened, ReturnState } from './state.ts';

/** What the events of one command write into both ledgers. A mistake is reversed by a posting the other way, never changed. */
export const postings = posting({
  opened: (state: ReturnState) => (state.phase === 'initial' ? null : state),
  foldFrom,
  stockOf,
  moneyOf,
});

function stockOf(before: Opened, after: Opened, event: ReturnEvent): StockRow[] {
  switch (event.type) {
    case 'parcel_received':
      return event.items.flatMap(({ item }) => moved(after, after.items[item], 'customer', 'quarantine', null));
    case 'item_inspected': {
      const whole = before.items[event.item];
      return event.into.flatMap((part) => {
        const item = after.items[part.item];
        // A second grading takes the goods back to where the first one found them.
        const undone = whole?.grade == null ? [] : moved(after, item, 'inspected', 'quarantine', whole.grade);
        return [...undone, ...moved(after, item, 'quarantine', 'inspected', part.grade)];
      });
    }
    case 'item_taken_up':
      return onBench(after, event.item, 'inspected', 'in_work');
    case 'item_set_free':
      return onBench(after, event.item, 'in_work', 'inspected');
    case 'item_worked_on': {
      const grade = before.items[event.item]?.grade ?? null;
      // Out of the bench as it went there, and into stock as it is now.
      return event.into.flatMap((part) => [
        ...moved(after, after.items[part.item], 'in_work', 'quarantine', grade),
        ...moved(after, after.items[part.item], 'quarantine', 'inspected', part.grade),
      ]);
    }
    case 'disposition_confirmed': {
      const item = after.items[event.item];
      if (item === undefined) return [];
      const from = item.execution != null && isWork(event.disposition) ? 'in_work' : 'inspected';
      const rows = moved(after, item, from, destinationOf(item, event), item.grade);
      return event.disposition === 'restock' ? rows.map((row) => ({ ...row, location: event.evidence })) : rows;
    }
    case 'item_handed_on': {
      const item = before.items[event.item];
      return moved(
        before,
        item,
        item?.stage === 'received' ? 'quarantine' : 'inspected',
        'customer',
        item?.grade ?? null,
      );
    }
    case 'repair_ended': {
      // Goods change their owner by going out and coming in as ours.
      const item = after.items[event.item];
      const grade = item?.grade ?? null;
      return [
        ...moved(after, item, 'inspected', 'customer', grade, 'customer'),
        ...moved(after, item, 'customer', 'inspected', grade),
      ];
    }
    case 'shipped_anew':
      return event.lines.map(({ line, quantity }) => {
        const sku = after.lines[line]?.sold.sku ?? '';
        const rest = { lot: null, grade: null, owner: 'ours', quantity, item: event.shipment } as const;
        return { from: 'sellable', to: 'customer', facility: after.facility, sku, ...rest };
      });
    case 'exchange_shipped': {
      const facility = after.exchange?.facility ?? after.facility;
      const out = { from: 'sellable', to: 'customer', facility, lot: null, grade: null, owner: 'ours' } as const;
      return event.goods.map(({ sku, quantity }) => ({ ...out, sku, quantity, item: event.exchange }));
    }
    default:
      return [];
  }
}

function moved(
  state: Opened,
  item: ItemState | undefined,
  from: StockAccount,
  to: StockAccount,
  grade: string | null,
  owner = item === undefined ? 'ours' : ownerOf(state, item),
): StockRow[] {
  if (item === undefined || item.quantity === 0) return [];
  const { sku, lot, quantity } = item;
  return [{ from, to, facility: state.facility, sku, lot, grade, owner, quantity, item: item.item }];
}

/** Goods that wait for work move to the bench and from it; what goes any other way waits where it is until it has gone. */
const onBench = (state: Opened, id: string, from: StockAccount, to: StockAccount): StockRow[] => {
  const item = state.items[id];
  return isWork(item?.choice?.disposition) ? moved(state, item, from, to, item?.grade ?? null) : [];
};

/** Where an item ends. Only what is as new joins new stock: what was refurbished is stock of its own. */
function destinationOf(
  { work, execution }: ItemState,
  { disposition }: Extract<ReturnEvent, { type: 'disposition_confirmed' }>,
): StockAccount {
  if (disposition === 'restock' && (work?.refurbished ?? 0) > 0) return 'refurbished';
  if (disposition === 'harvest_parts' && execution != null) return 'dismantled';
  return destinations[disposition];
}

/** Where goods are whose disposition was carried out; work that a person did outside of a work order took them away. */
const destinations: Readonly<Record<Disposition, StockAccount>> = {
  restock: 'sellable',
  rework: 'disposed_of',
  refurbish: 'disposed_of',
  repair_and_return: 'customer',
  harvest_parts: 'disposed_of',
  return_to_vendor: 'disposed_of',
  liquidate: 'disposed_of',
  donate: 'disposed_of',
  recycle: 'disposed_of',
  destroy: 'disposed_of',
  return_to_customer: 'customer',
  quarantine: 'quarantine',
};

function moneyOf(before: Opened, after: Opened, event: ReturnEvent): MoneyRow[] {
  const { currency } = after;
  const row = (debit: MoneyAccount, credit: MoneyAccount, amount: number, subject: string): MoneyRow[] =>
    posted(debit, credit, amount, currency, subject);
  switch (event.type) {
    case 'parcel_received':
      return event.items.flatMap(({ item }) => entersInventory(after, item));
    case 'item_inspected':
      return event.into.flatMap((part) => revalued(before, after, event.item, part.item));
    case 'disposition_confirmed': {
      const item = after.items[event.item];
      return item === undefined ? [] : leavesInventory(after, item, event, destinationOf(item, event));
    }
    case 'item_handed_on': {
      const item = before.items[event.item];
      return item === undefined ? [] : leavesInventory(before, item, {}, 'customer');
    }
    case 'repair_ended':
    case 'surplus_accepted':
      return entersInventory(after, event.item);
    case 'shipped_anew':
      return event.lines.flatMap(({ line, quantity }) => {
        const cost = (after.lines[line]?.sold.unitCost ?? 0) * quantity;
        return row('cost_of_returns', 'inventory_at_cost', cost, event.shipment);
      });
    case 'settlement_due':
      return [
        ...settled(event.lines, 'payable_to_customer', event.settlement, currency),
        ...row('payable_to_customer', 'shipping_fees', event.shippingFee, event.settlement),
        ...row('returns', 'payable_to_customer', event.outboundShipping ?? 0, event.settlement),
        ...(event.adjustment === undefined
          ? []
          : row('goodwill', 'payable_to_customer', event.total.amount, event.settlement)),
      ];
    case 'exchange_paid':
      return row('cash_clearing', 'customer_prepayments', event.amount.amount, event.exchange);
    case 'exchange_repaid':
      return row('customer_prepayments', 'cash_clearing', event.amount.amount, event.exchange);
    case 'exchange_shipped':
      return row('customer_prepayments', 'exchange_sales', before.exchange?.paid ?? 0, event.exchange);
    case 'refund_succeeded': {
      const refund = after.refunds[event.refund];
      return refund === undefined ? [] : row('payable_to_customer', paidBy(after, refund), refund.amount, event.refund);
    }
    case 'refund_failed': {
      const refund = before.refunds[event.refund];
      return refund?.state === 'succeeded'
        ? row(paidBy(before, refund), 'payable_to_customer', refund.amount, event.refund)
        : [];
    }
    case 'refund_written_off':
      return row('payable_to_customer', 'write_off', after.refunds[event.refund]?.amount ?? 0, event.refund);
    case 'claim_paid': {
      // The carrier owes it and has paid it in one: before its answer nothing was sure.
      const { amount } = event.amount;
      return [
        ...row('carrier_receivable', 'recovery', amount, event.claim),
        ...row('cash_clearing', 'carrier_receivable', amount, event.claim),
      ];
    }
    case 'label_bought':
    case 'pickup_booked': {
      const { amount, currency: charged } = event.cost;
      const subject = event.type === 'label_bought' ? event.parcel : event.pickup;
      return row('carrier_costs', 'carrier_payable', amount, subject).map((each) => ({ ...each, currency: charged }));
    }
    case 'label_voided': {
      const cost = event.voided ? before.parcels[event.parcel]?.cost : null;
      return cost == null ? [] : reversed(cost.amount, cost.currency, event.parcel);
    }
    case 'pickup_cancelled': {
      const cost = event.cancelled ? before.pickups[event.pickup]?.cost : null;
      return cost == null ? [] : reversed(cost.amount, cost.currency, event.pickup);
    }
    default:
      return owedBy(before, event);
  }
}

/** What was paid with store credit goes back to that. */
function paidBy({ payments }: Opened, { to, payment: paid }: RefundLeg): MoneyAccount {
  const { provider } = payments.find(({ payment }) => payment === paid) ?? {};
  return to === 'payment' && provider === 'store_credit' ? 'store_credit_clearing' : paidFrom[to];
}

const paidFrom = {
  payment: 'cash_clearing',
  store_credit: 'store_credit_liability',
  credit_memo: 'accounts_receivable',
  exchange: 'exchange_sales',
  chargeback: 'chargebacks',
  offset: 'receivable_from_customer',
  nowhere: 'cash_clearing',
} as const satisfies Record<RefundLeg['to'], MoneyAccount>;

const reversed = (amount: number, currency: string, subject: string): MoneyRow[] =>
  amount === 0 ? [] : [{ debit: 'carrier_payable', credit: 'carrier_costs', amount, currency, subject }];
