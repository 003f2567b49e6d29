import type { Pool } from 'pg';
import { unreadLots } from '../../activities/stock/unread-lots.ts';
import type { PrismaClient } from '../../prisma/generated/client.ts';
import { transferProblem } from './refusals.ts';

type Found = { readonly line: string; readonly quantity: number; readonly lot: string | null };

/**
 * Goods whose lot is read only now may be of one that a recall has stopped; and while lots of a SKU are stopped, no unit of it leaves
 * whose lot nobody has read.
 * @param found what was picked; lines that aren't named go as they were asked for
 * @throws {Problem} 409 where goods are stopped, or may be: they stay where they are
 */
export async function barStopped(db: PrismaClient, number: string, found: readonly Found[]): Promise<void> {
  const lines = await db.transferLine.findMany({
    where: { number, reserved: { gt: 0 } },
    orderBy: { line: 'asc' },
    select: { line: true, sku: true, lot: true },
  });
  const skus = lines.map(({ sku }) => sku);
  const stops = await db.stopSale.findMany({ where: { sku: { in: skus }, mock: false, liftedAt: null } });
  for (const { line, sku, lot: asked } of lines) {
    const index = found.findIndex((each) => each.line === line);
    const named = found[index];
    if (named?.quantity === 0) continue;
    const lot = named?.lot ?? asked;
    const ofSku = stops.filter((stop) => stop.sku === sku && stop.lot !== null);
    const stop = ofSku.find((each) => lot === null || each.lot === lot);
    if (stop === undefined) continue;
    const field = named === undefined ? 'lines' : `lines.${index}.lot`;
    const params = { recall: stop.recall, line };
    throw transferProblem({ code: lot === null ? 'lot_needed' : 'goods_stopped', field, params });
  }
}

/**
 * The same of goods that leave without having been picked first: what is kept of them goes.
 * @throws {Problem} 409 where their lot has to be read
 */
export async function barUnread(pool: Pool, number: string): Promise<void> {
  const params = await unreadLots(pool, number);
  if (params !== null) throw transferProblem({ code: 'lot_needed', field: 'lines', params });
}
