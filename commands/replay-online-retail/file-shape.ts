import { columnNames } from '../../api/orders/columns.ts';
import { checkedMapping } from '../import/mapping.ts';
import { returnColumns } from '../import/returned-row.ts';

/** Marks everything that came from these files. */
export const SOURCE = 'online-retail';
export const FACILITY = 'ONLINE-RETAIL-RC';

/** Codes on invoices that are no goods; see the data's own description. */
const notGoods = ['POST', 'DOT', 'C2', 'M', 'D', 'S', 'B', 'BANK CHARGES', 'AMAZONFEE', 'CRUK', 'gift_0001_*'];

/** ISO 3166 of the countries as the files write them; ZZ is ISO's own code for "unknown". */
const countries = {
  Australia: 'AU',
  Austria: 'AT',
  Bahrain: 'BH',
  Belgium: 'BE',
  Brazil: 'BR',
  Canada: 'CA',
  'Channel Islands': 'JE',
  Cyprus: 'CY',
  'Czech Republic': 'CZ',
  Denmark: 'DK',
  EIRE: 'IE',
  'European Community': 'ZZ',
  Finland: 'FI',
  France: 'FR',
  Germany: 'DE',
  Greece: 'GR',
  'Hong Kong': 'HK',
  Iceland: 'IS',
  Israel: 'IL',
  Italy: 'IT',
  Japan: 'JP',
  Lebanon: 'LB',
  Lithuania: 'LT',
  Malta: 'MT',
  Netherlands: 'NL',
  Norway: 'NO',
  Poland: 'PL',
  Portugal: 'PT',
  RSA: 'ZA',
  'Saudi Arabia': 'SA',
  Singapore: 'SG',
  Spain: 'ES',
  Sweden: 'SE',
  Switzerland: 'CH',
  USA: 'US',
  'United Arab Emirates': 'AE',
  'United Kingdom': 'GB',
  Unspecified: 'ZZ',
};

const sku = { column: 'StockCode', form: 'upper' } as const;
const buyer = { column: 'CustomerID', form: 'whole' } as const;

/**
 * Orders as the files have them. They say nothing of dispatch, so goods count as delivered when they were invoiced; nor of
 * addresses, so labels get a placeholder that says so.
 */
export const orderMapping = checkedMapping(
  {
    columns: {
      order: 'InvoiceNo',
      sku,
      title: 'Description',
      quantity: 'Quantity',
      unitPrice: 'UnitPrice',
      buyer,
      country: { column: 'Country', values: countries },
      placedAt: 'InvoiceDate',
      deliveredAt: 'InvoiceDate',
    },
    preset: {
      channel: SOURCE,
      currency: 'GBP',
      unitWeightGrams: '100',
      name: 'Trade customer',
      street1: 'Address not in the records',
      city: 'Unknown',
      zip: '00000',
      phone: '+44 20 0000 0000',
    },
    notGoods,
  },
  columnNames,
);

/** Lines of credit documents: the quantity is negative there. */
export const returnMapping = checkedMapping(
  {
    columns: {
      document: 'InvoiceNo',
      sku,
      quantity: { column: 'Quantity', form: 'negated' },
      unitPrice: 'UnitPrice',
      buyer,
      at: 'InvoiceDate',
    },
    preset: { currency: 'GBP' },
    notGoods,
  },
  Object.keys(returnColumns),
);
