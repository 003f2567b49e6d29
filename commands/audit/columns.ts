import { columnNames } from '../../api/orders/columns.ts';
import { checkedMapping, type Mapping } from '../import/mapping.ts';
import { returnColumns } from '../import/returned-row.ts';
import { orderMapping, returnMapping } from '../replay-online-retail/file-shape.ts';

/** What a file of past returns may say beside the columns of an import, with what it means. */
export const auditColumns = {
  ...returnColumns,
  refunded: 'what was refunded for the line (optional: unitPrice times quantity)',
  claimed: 'what a vendor or carrier gave back for it (optional: nobody knows)',
  opened: 'yes where the buyer had opened it (optional)',
  grade: 'A, B, C or D, as it was found (optional: as claimed)',
  sold: 'units sold on the line (optional: quantity; without it nobody sees that units come back twice)',
  discount: 'of the line sold (optional: 0)',
  tax: 'of the line sold (optional: 0)',
  category: 'optional',
  country: 'where it was sold to (optional: ZZ, no country)',
  channel: 'optional',
  placedAt: 'when it was sold (optional: deliveredAt, else at)',
  deliveredAt: 'when it arrived (optional: placedAt)',
  finalSale: 'yes or no (optional: no)',
  hygiene: 'yes or no (optional: no)',
} as const;

const known = Object.keys(auditColumns);

/**
 * Shapes of returns. `loop` has the field names that Loop documents for its detailed list of returns, a row a line item;
 * what its own CSV calls them could not be checked, so a mapping may say otherwise.
 */
export const returnShapes: Readonly<Record<string, Mapping>> = {
  ours: checkedMapping({}, known),
  loop: checkedMapping(
    {
      columns: {
        document: 'id',
        order: 'order_name',
        sku: 'sku',
        unitPrice: 'price',
        discount: 'discount',
        tax: 'tax',
        refunded: 'refund',
        currency: 'currency',
        country: 'origin_country_code',
        at: { column: 'created_at', form: 'instant' },
        buyer: 'customer',
        reason: { column: 'return_reason', form: 'code' },
      },
      // A line item there is one unit.
      preset: { quantity: '1' },
    },
    known,
  ),
  'online-retail': checkedMapping(returnMapping, known),
};

/** Shapes of sales. `shopify` has the headings of its export of orders, in which a row is a line item. */
export const saleShapes: Readonly<Record<string, Mapping>> = {
  ours: checkedMapping({}, columnNames),
  shopify: checkedMapping(
    {
      columns: {
        order: 'Name',
        sku: 'Lineitem sku',
        title: 'Lineitem name',
        quantity: 'Lineitem quantity',
        unitPrice: 'Lineitem price',
        discount: 'Lineitem discount',
        currency: 'Currency',
        country: 'Shipping Country',
        buyer: 'Email',
        placedAt: { column: 'Created at', form: 'instant' },
        deliveredAt: { column: 'Fulfilled at', form: 'instant' },
      },
      preset: { channel: 'shopify' },
    },
    columnNames,
  ),
  'online-retail': orderMapping,
};
