import type { Currency } from './money.ts';

/**
 * Where goods can be in the stock ledger. `customer` is outside; what a return brings in leaves there. `refurbished` goods
 * are for sale as such, beside new stock; of `parts`, some were built in (`installed`), and what was taken apart for them is
 * `dismantled`. `in_transit` is between two facilities; `lost` is what never came. An entry is one row from one place to another, so the ledger balances by construction.
 */
export const stockAccounts = [
  'customer',
  'quarantine',
  'inspected',
  'in_work',
  'sellable',
  'refurbished',
  'parts',
  'installed',
  'dismantled',
  'disposed_of',
  /** Ours, and with a borrower. */
  'on_loan',
  'in_transit',
  'lost',
] as const;
export type StockAccount = (typeof stockAccounts)[number];

export const stockOwners = ['ours', 'customer'] as const;

export type StockPosting = {
  readonly entry: string;
  readonly from: StockAccount;
  readonly to: StockAccount;
  readonly facility: string;
  readonly sku: string;
  readonly lot: string | null;
  readonly grade: string | null;
  /** Whose they are: goods that came to be mended stay their owner's. */
  readonly owner: (typeof stockOwners)[number];
  readonly quantity: number;
  readonly item: string;
  /** Where it was put away; absent for all that isn't restocked. */
  readonly location?: string;
};

export const moneyAccounts = [
  'returns',
  'tax',
  'payable_to_customer',
  'receivable_from_customer',
  'store_credit_liability',
  /** What store credit paid for at the shop's checkout, and what moves between a credit and a return. */
  'store_credit_clearing',
  /** Store credit that expired unspent. Whose it is then is law that differs by country: what isn't ours, the shop's books move on. */
  'breakage',
  /** What business customers owe us on account: a credit memo makes it less. */
  'accounts_receivable',
  /** What buyers paid, or are to pay, for goods which have yet to go out, or work that has yet to be done. */
  'customer_prepayments',
  /** What goods given in exchange stand for, with tax: the shop's own invoice for them divides it. */
  'exchange_sales',
  /** What owners paid to have goods mended that no warranty covers, or looked at. */
  'repair_sales',
  'cash_clearing',
  /** What banks took from us for buyers; the dispute's own booking is the shop's. */
  'chargebacks',
  'restocking_fees',
  'shipping_fees',
  'diminished_value',
  'inventory_at_cost',
  'cost_of_returns',
  /** Our own equipment at book value, and what its end brought less that: the gain, or the loss. */
  'fixed_assets',
  'asset_disposals',
  /** Parts and labour in work on goods: added to what those are carried at, or an expense, once it ends. */
  'work_in_progress',
  'parts_inventory',
  'labour_applied',
  'refurbisher_payable',
  'repair_costs',
  'carrier_costs',
  'carrier_payable',
  'carrier_receivable',
  'vendor_receivable',
  'vendor_credit',
  /** Goods sold in one lot: what the liquidator owes us, what we owe it, what came of it, and what selling cost. */
  'liquidator_receivable',
  'liquidator_payable',
  'liquidation_sales',
  'liquidation_costs',
  /** What donating, recycling and destroying cost us, and whom we owe it. */
  'disposal_costs',
  'disposal_payable',
  /** What borrowers left with us as a deposit, what they owe for what they have or had on loan, and for what. */
  'loan_deposits',
  'receivable_from_borrower',
  'loan_fees',
  'damage_charges',
  'recovery',
  'write_off',
  /** What we give, or take back, although no rule says so. */
  'goodwill',
  /** Claims that somebody outside collects. */
  'external_collection',
] as const;
export type MoneyAccount = (typeof moneyAccounts)[number];

/** One row: debit one account, credit another, a positive amount of minor units. */
export type MoneyPosting = {
  readonly entry: string;
  readonly debit: MoneyAccount;
  readonly credit: MoneyAccount;
  readonly amount: number;
  readonly currency: Currency;
  readonly subject: string;
};
