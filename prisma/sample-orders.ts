/** A small shop's sales, made by hand so that each rule has an order that shows it. Ages are days before the first start. */
export type SampleOrder = {
  readonly id: string;
  readonly buyer: number;
  readonly currency: string;
  readonly placed: number;
  readonly lines: readonly SampleLine[];
  /** Shares of the total in per cent, one payment each. */
  readonly paid?: readonly number[];
};

export type SampleLine = {
  readonly sku: string;
  readonly title: string;
  readonly category: string;
  readonly quantity: number;
  /** Minor units of one unit. */
  readonly price: number;
  readonly discount?: number;
  readonly taxPercent?: number;
  readonly cost: number;
  readonly grams: number;
  /** Days before the first start; null while it is under way. */
  readonly delivered: number | null;
  readonly finalSale?: true;
  readonly hygiene?: true;
  readonly hazardous?: true;
  readonly recalled?: true;
  readonly lots?: readonly string[];
  readonly serials?: readonly string[];
};

const mug = { sku: 'MUG-BLUE', title: 'Mug, blue', category: 'kitchen', price: 1450, cost: 420, grams: 380 };
const shirt = { sku: 'SHIRT-M', title: 'Shirt, medium', category: 'apparel', price: 3990, cost: 1200, grams: 240 };
const lamp = { sku: 'LAMP-DESK', title: 'Desk lamp', category: 'lighting', price: 5900, cost: 2300, grams: 1600 };
const phone = {
  sku: 'PHONE-64',
  title: 'Phone, 64 GB',
  category: 'electronics',
  price: 34_900,
  cost: 26_000,
  grams: 410,
};
const cream = { sku: 'CREAM-50', title: 'Hand cream, 50 ml', category: 'cosmetics', price: 1290, cost: 310, grams: 70 };

export const sampleOrders: readonly SampleOrder[] = [
  { id: '1001', buyer: 1, currency: 'EUR', placed: 9, lines: [{ ...mug, quantity: 4, discount: 580, delivered: 5 }] },
  {
    id: '1002',
    buyer: 2,
    currency: 'EUR',
    placed: 8,
    lines: [
      { ...shirt, quantity: 2, delivered: 4 },
      { ...lamp, quantity: 1, delivered: 4 },
    ],
  },
  {
    id: '1003',
    buyer: 3,
    currency: 'EUR',
    placed: 12,
    lines: [{ ...phone, quantity: 1, delivered: 8, serials: ['SN-64-000171'] }],
    paid: [60, 40],
  },
  { id: '1004', buyer: 4, currency: 'EUR', placed: 75, lines: [{ ...lamp, quantity: 1, delivered: 70 }] },
  { id: '1005', buyer: 5, currency: 'EUR', placed: 2, lines: [{ ...shirt, quantity: 1, delivered: null }] },
  {
    id: '1006',
    buyer: 1,
    currency: 'EUR',
    placed: 15,
    lines: [{ ...cream, quantity: 3, delivered: 11, hygiene: true, lots: ['L2410'] }],
  },
  {
    id: '1007',
    buyer: 2,
    currency: 'EUR',
    placed: 6,
    lines: [
      { ...shirt, sku: 'SHIRT-SALE', category: 'clearance', price: 990, quantity: 1, delivered: 3, finalSale: true },
    ],
  },
  {
    id: '1008',
    buyer: 6,
    currency: 'EUR',
    placed: 10,
    lines: [{ ...phone, sku: 'PHONE-256', title: 'Phone, 256 GB', price: 64_900, quantity: 1, delivered: 6 }],
  },
  {
    id: '1009',
    buyer: 6,
    currency: 'EUR',
    placed: 7,
    lines: [
      {
        sku: 'SCREEN-WIPES',
        title: 'Screen wipes',
        category: 'accessories',
        price: 350,
        cost: 90,
        grams: 60,
        quantity: 1,
        delivered: 3,
      },
    ],
  },
  {
    id: '1010',
    buyer: 3,
    currency: 'EUR',
    placed: 9,
    lines: [
      {
        sku: 'POWERBANK-20',
        title: 'Power bank, 20,000 mAh',
        category: 'electronics',
        price: 4900,
        cost: 2100,
        grams: 430,
        quantity: 1,
        delivered: 5,
        hazardous: true,
        recalled: true,
        lots: ['PB-38-25'],
      },
    ],
  },
  {
    id: '1011',
    buyer: 4,
    currency: 'JPY',
    placed: 8,
    lines: [{ ...mug, price: 2400, quantity: 3, discount: 500, delivered: 4, taxPercent: 10 }],
  },
  {
    id: '1012',
    buyer: 5,
    currency: 'KWD',
    placed: 8,
    lines: [{ ...lamp, price: 21_335, quantity: 3, delivered: 4, taxPercent: 0 }],
  },
  {
    id: '1013',
    buyer: 7,
    currency: 'USD',
    placed: 7,
    lines: [{ ...shirt, price: 4495, quantity: 5, discount: 1000, delivered: 3, taxPercent: 8 }],
  },
  { id: '1014', buyer: 8, currency: 'EUR', placed: 7, lines: [{ ...mug, quantity: 12, delivered: 3 }] },
];
