import { z } from 'zod';
import { facility } from './shop.ts';

/** What the demo reads of a recall. */
export const Recall = z.object({
  status: z.string(),
  consignees: z.int(),
  lots: z.int(),
  heldUnits: z.int(),
  waves: z.int(),
  wavesEnded: z.int(),
});

export const Questions = z.object({
  data: z.array(
    z.object({
      question: z.int(),
      text: z.string(),
      known: z.boolean().nullable(),
      proposal: z.looseObject({ type: z.string() }).nullable(),
    }),
  ),
});

export const Facility = z.object({
  state: z.string(),
  onBooks: z.int(),
  positions: z.array(z.object({ sku: z.string(), lot: z.string().nullable(), onBooks: z.int() })),
});

export const Report = z.object({
  consignees: z.object({ total: z.int(), responded: z.int() }),
  account: z.object({
    affected: z.int(),
    unaccounted: z.int(),
    claimed: z.object({
      held: z.int(),
      returned: z.int(),
      destroyed: z.int(),
      corrected: z.int(),
      consumed: z.int(),
      soldOn: z.int(),
    }),
  }),
});

/** Goods and consignees of one demo: a lot is in one recall, so each has its own. */
export class Goods {
  readonly sku: string;
  readonly store: string;
  readonly cafe: string;
  readonly distributor: string;
  readonly shopper: string;
  readonly mailDomain: string;
  /** All that came in. */
  readonly units = 200;

  constructor(run: string) {
    this.sku = `ALMOND-${run}`;
    this.store = `STORE-${run}`;
    this.cafe = `CAFE-${run}`;
    this.distributor = `DISTRIBUTOR-${run}`;
    this.shopper = `SHOPPER-${run}`;
    this.mailDomain = `@${run.toLowerCase()}.example`;
  }
}

/** The files that say who got what, with where they go. */
export function filesOf({
  sku,
  store,
  cafe,
  distributor,
  shopper,
  mailDomain,
}: Goods): readonly (readonly [string, string])[] {
  const file = (header: string, ...rows: readonly string[]) => `${[header, ...rows].join('\n')}\n`;
  return [
    [
      'consignees/import',
      file(
        'consignee,kind,name,language,country,email',
        `${store},store,A grocer,en,US,store${mailDomain}`,
        `${cafe},business,A café,en,US,cafe${mailDomain}`,
        `${distributor},distributor,A distributor,en,US,distributor${mailDomain}`,
        `${shopper},shopper,,en,US,shopper${mailDomain}`,
      ),
    ],
    [
      'lot-receipts/import',
      file(
        'reference,facility,sku,lot,quantity,receivedAt',
        `PO-${sku}-1,${facility},${sku},AB24017,100,2026-02-01`,
        `PO-${sku}-2,${facility},${sku},AB24018,100,2026-02-01`,
      ),
    ],
    [
      'lot-shipments/import',
      file(
        'reference,line,consignee,facility,sku,lot,quantity,shippedAt',
        `DN-${sku},1,${store},${facility},${sku},AB24017,40,2026-02-10`,
        `DN-${sku},2,${cafe},${facility},${sku},AB24017,10,2026-02-11`,
        `DN-${sku},3,${distributor},${facility},${sku},AB24018,30,2026-02-12`,
        `DN-${sku},4,${shopper},${facility},${sku},AB24018,2,2026-02-13`,
      ),
    ],
  ];
}
