import type { PrismaClient } from '../../prisma/generated/client.ts';
import { transferProblem } from './refusals.ts';

/**
 * Goods whose lot is read only now may be of one that a recall has stopped.
 * @throws {Problem} 409 where they are: they stay where they are
 */
export async function barStopped(
  db: PrismaClient,
  number: string,
  found: readonly { readonly line: string; readonly quantity: number; readonly lot: string | null }[],
): Promise<void> {
  const lines = await db.transferLine.findMany({ where: { number }, select: { line: true, sku: true } });
  for (const [index, { line, quantity, lot }] of found.entries()) {
    const sku = lines.find((each) => each.line === line)?.sku;
    if (lot === null || quantity === 0 || sku === undefined) continue;
    const stop = await db.stopSale.findFirst({ where: { sku, lot, mock: false, liftedAt: null } });
    if (stop !== null) {
      throw transferProblem({ code: 'goods_stopped', field: `lines.${index}.lot`, params: { recall: stop.recall } });
    }
  }
}
