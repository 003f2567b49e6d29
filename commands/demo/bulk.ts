import { z } from 'zod';
import { defaultCustomerPolicy } from '../../domain/policy/default-customer.ts';
import { asNew } from '../../local/as-new.ts';
import type { Scenario } from './scenario.ts';

/** Lines that make three sections. */
const lines = 501;

const Whole = z.object({
  rma: z.string(),
  status: z.object({ goods: z.string(), money: z.string() }),
  sections: z.array(z.object({ rma: z.string() })),
  quoted: z.object({ amount: z.string() }),
  creditDue: z.object({ amount: z.string() }),
});
const Memo = z.object({ creditMemo: z.string(), total: z.object({ amount: z.string() }) });
const Reconciled = z.object({ totals: z.object({ received: z.int(), credited: z.int() }), differing: z.int() });

/** A return of hundreds of lines: by file, in sections, with one credit memo. */
export const bulkScenarios: readonly Scenario[] = [
  {
    name: 'bulk',
    title: 'A company’s 501 lines by CSV: three sections under one RMA, two deliveries, one credit memo',
    policy: defaultCustomerPolicy,
    run: async (guide, order) => {
      const bought = `${order}-PO`;
      await guide.upload('orders/import', orderFile(bought));
      const asked = await guide.upload(`bulk-returns?order=${bought}`, file('sku,quantity,reason', '2,changed_mind'));
      const { rma, sections, quoted } = Whole.parse(asked);
      guide.say(`authorize   RMA ${rma}: ${sections.length} sections, quote ${quoted.amount} EUR`);
      const at = `bulk-returns/${rma}`;
      const until = (is: (its: z.infer<typeof Whole>) => boolean) => guide.untilOf(at, Whole, is);
      // Worth more than the policy lets go without a look.
      await guide.post(`${at}/reviews`, { approve: true, note: 'As agreed on the phone' });
      await until((its) => its.status.goods === 'authorized');
      guide.say('review      a person approves all of it at once');
      await guide.upload(`${at}/deliveries?delivery=DN-1`, file('sku,quantity', '2', 0, 300));
      await guide.upload(`${at}/deliveries?delivery=DN-2&last=true`, file('sku,quantity', '2', 300));
      await until((its) => its.status.goods === 'received');
      guide.say('receive     deliveries DN-1 and DN-2, each a file');
      await guide.post(`${at}/inspections`, { facts: asNew });
      await until((its) => its.creditDue.amount === its.quoted.amount);
      guide.say('inspect     all as new');
      const memo = Memo.parse(await guide.post(`${at}/credit-memos`, undefined));
      await until((its) => its.status.money === 'full');
      guide.say(`settle      credit memo ${memo.creditMemo} over ${memo.total.amount} EUR`);
      await guide.post(`${at}/confirmations`, { disposition: 'restock', evidence: 'DOCK-2' });
      await until((its) => its.status.goods === 'closed');
      const { totals, differing } = await guide.read(`${at}/reconciliation`, Reconciled);
      guide.say(`reconcile   ${totals.received} units received, ${totals.credited} credited, ${differing} lots differ`);
      return await guide.follow(sections.at(-1)?.rma ?? '');
    },
    holds: (its) =>
      its.rma.endsWith('.03') && its.outcome === 'completed' && its.items[0]?.quantity === 2 && hasMemo(its.refunds),
  },
];

const hasMemo = (refunds: readonly { readonly creditMemo: string | null }[]) =>
  refunds.length === 1 && refunds[0]?.creditMemo !== null;

const sku = (n: number) => `SPARE-${String(n + 1).padStart(4, '0')}`;

/** A row for each SKU from one on and before another. */
function file(header: string, rest: string, from = 0, to = lines): string {
  const rows = Array.from({ length: to - from }, (_, index) => `${sku(from + index)},${rest}`);
  return `${[header, ...rows].join('\n')}\n`;
}

function orderFile(order: string): string {
  const day = new Date(Date.now() - 86_400_000).toISOString();
  const rows = Array.from(
    { length: lines },
    (_, index) => `${order},EUR,DE,${day},PO-88,${sku(index)},hardware,10,20.00,10,${day},8.00,300`,
  );
  const header =
    'order,currency,country,placedAt,purchaseOrder,sku,category,quantity,unitPrice,fulfilled,deliveredAt,unitCost,unitWeightGrams';
  return `${[header, ...rows].join('\n')}\n`;
}
