import { itemKey, type WantedItem } from '../../domain/execution/item.ts';
import { split } from '../../domain/execution/shares.ts';
import type { WorkDisposition } from '../../domain/goods/work.ts';
import type { WorkItem } from '../../domain/refurbishment/events.ts';
import type { PrismaClient } from '../../prisma/generated/client.ts';
import { minorUnits } from '../executions/command.ts';
import { type Wish, waitingItems } from '../executions/waiting.ts';
import { Problem } from '../problem.ts';

/**
 * The items that wait for work, with what the work on each may cost: as was granted, by units; else what refurbishing it
 * would bring over its best other way, what the policy lets a repair cost, or for goods to be taken apart what they cost.
 * @param granted an amount for all of them; undefined where the gain decides
 * @throws {Problem} 422 where items of several SKUs would mix, or nobody can say what the work may cost
 */
export async function workItems(
  db: PrismaClient,
  disposition: WorkDisposition,
  wish: Wish,
  granted: string | undefined,
): Promise<{ readonly currency: string; readonly sku: string; readonly items: readonly WorkItem[] }> {
  const { currency, items } = await waitingItems(db, disposition, wish);
  const sku = items[0]?.sku ?? '';
  const other = items.find((item) => item.sku !== sku);
  if (other !== undefined) {
    throw new Problem(422, 'skus_mixed', `${sku} and ${other.sku} are not worked on together; name one`, {
      field: 'sku',
    });
  }
  const known = await knownOf(db, items);
  const budgets = granted === undefined ? null : minorUnits(granted, currency, 'budget');
  const quantities = items.map(({ quantity }) => quantity);
  const shares = budgets === null ? null : split(budgets, quantities);
  return {
    currency,
    sku,
    items: items.map((item, index) => {
      const { gain = null, isAsset = false } = known.get(itemKey(item)) ?? {};
      const budget = shares?.[index] ?? (disposition === 'harvest_parts' ? item.cost : gain);
      if (budget === null) {
        throw new Problem(422, 'budget_needed', 'nobody has weighed what this work brings: say what it may cost', {
          field: 'budget',
        });
      }
      return { ...item, budget, carriedAs: isAsset ? 'asset' : 'inventory' };
    }),
  };
}

type Known = { readonly rma: string; readonly item: string; readonly gain: bigint | null; readonly asset: boolean };

/** What refurbishing each item would bring, and whether it is equipment of ours. */
async function knownOf(db: PrismaClient, items: readonly WantedItem[]) {
  const rows = await db.$queryRaw<Known[]>`
    SELECT i.rma, i.item, i.gain, o.book_value IS NOT NULL AS asset
    FROM return_items i LEFT JOIN return_lines l ON l.rma = i.rma AND l.line = i.line
      LEFT JOIN order_lines o ON o.id = l.order_line_id
    WHERE i.rma || '/' || i.item = ANY(${items.map(itemKey)}) AND i.rma = ANY(${items.map(({ rma }) => rma)})`;
  return new Map(
    rows.map(({ gain, asset, ...named }) => [
      itemKey(named),
      { gain: gain === null ? null : Number(gain), isAsset: asset },
    ]),
  );
}
