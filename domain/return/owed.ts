import type { MoneyAccount } from '../money/ledger.ts';
import { type MoneyRow, posted, turned } from '../money/money-row.ts';
import type { SettledLine } from '../money/settlement.ts';
import type { ClawbackEnd } from './events/claw-back.ts';
import type { ReturnEvent } from './events.ts';
import type { Opened } from './state.ts';

type Row = (debit: MoneyAccount, credit: MoneyAccount, amount: number, subject: string) => MoneyRow[];

/** What events write into the money ledger of what the buyer owes, and of what the buyer paid for in advance. */
export function owedBy(before: Opened, event: ReturnEvent): MoneyRow[] {
  const { currency } = before;
  const row: Row = (debit, credit, amount, subject) => posted(debit, credit, amount, currency, subject);
  switch (event.type) {
    case 'clawback_due': {
      const { lines, clawback, shippingFee, forgone, total, adjustment } = event;
      return [
        ...settled(lines, 'receivable_from_customer', clawback, currency).map(turned),
        ...row('shipping_fees', 'receivable_from_customer', shippingFee, clawback),
        ...row('write_off', 'receivable_from_customer', forgone, clawback),
        ...(adjustment === undefined ? [] : row('receivable_from_customer', 'goodwill', total.amount, clawback)),
        ...forService(event, row),
      ];
    }
    case 'credit_taken_back':
      return row('store_credit_clearing', 'receivable_from_customer', event.amount, event.clawback);
    case 'charge_succeeded':
      return row('cash_clearing', 'receivable_from_customer', event.amount.amount, event.clawback);
    case 'hold_captured':
      return event.of.flatMap(({ clawback, amount }) =>
        row('cash_clearing', 'receivable_from_customer', amount, clawback),
      );
    case 'clawback_ended':
      return row(endsIn[event.how], 'receivable_from_customer', event.amount, event.clawback);
    case 'repair_returned':
      return mended(before, event.item, row);
    case 'paid_repair_ended':
      return notMended(before, event, row);
    case 'repair_repaid':
      return row('customer_prepayments', 'cash_clearing', event.amount.amount, event.item);
    default:
      return [];
  }
}

type Due = Extract<ReturnEvent, { type: 'clawback_due' }>;

/** What is owed for something that we do: a repair is earned once it is done. */
function forService({ cause, total, tax = 0, clawback }: Due, row: Row): MoneyRow[] {
  switch (cause) {
    case 'way_back':
      return row('receivable_from_customer', 'shipping_fees', total.amount, clawback);
    case 'repair':
      return row('receivable_from_customer', 'customer_prepayments', total.amount, clawback);
    case 'diagnosis':
      return [
        ...row('receivable_from_customer', 'repair_sales', total.amount - tax, clawback),
        ...row('receivable_from_customer', 'tax', tax, clawback),
      ];
    default:
      return [];
  }
}

/** Goods that their owner paid to have mended are back: what was paid is earned. */
function mended({ items }: Opened, id: string, row: Row): MoneyRow[] {
  const { total = 0, tax = 0 } = items[id]?.paidRepair ?? {};
  return [
    ...row('customer_prepayments', 'repair_sales', total - tax, id),
    ...row('customer_prepayments', 'tax', tax, id),
  ];
}

/** They aren't mended: what nobody paid for is not owed any more, where that went; what was paid is owed back. */
function notMended(
  { items, clawbacks = {} }: Opened,
  { item, repay }: Extract<ReturnEvent, { type: 'paid_repair_ended' }>,
  row: Row,
): MoneyRow[] {
  const { clawback = null, total = 0 } = items[item]?.paidRepair ?? {};
  const end = clawback === null ? undefined : clawbacks[clawback]?.state;
  if (end === undefined || end === 'open' || end === 'offset') return [];
  return row('customer_prepayments', endsIn[end], total - repay.amount, item);
}

/** What lines are settled for, against what is owed to the buyer; turned, what the buyer owes for them. */
export function settled(
  lines: readonly SettledLine[],
  owed: MoneyAccount,
  subject: string,
  currency: string,
): MoneyRow[] {
  const sum = (of: (line: SettledLine) => number) => lines.reduce((total, line) => total + of(line), 0);
  const row = (debit: MoneyAccount, credit: MoneyAccount, amount: number) =>
    posted(debit, credit, amount, currency, subject);
  return [
    ...row(
      'returns',
      owed,
      sum((line) => line.price - line.discount),
    ),
    ...row(
      'tax',
      owed,
      sum((line) => line.tax),
    ),
    ...row(
      owed,
      'restocking_fees',
      sum((line) => line.restockingFee),
    ),
    ...row(
      owed,
      'diminished_value',
      sum((line) => line.diminishedValue),
    ),
  ];
}

const endsIn = {
  paid: 'cash_clearing',
  waived: 'goodwill',
  written_off: 'write_off',
  external: 'external_collection',
} as const satisfies Record<ClawbackEnd, MoneyAccount>;
