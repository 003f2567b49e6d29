import { z } from 'zod';
import { exchangeStates } from '../../domain/return/exchange.ts';
import type { Exchange } from '../../prisma/generated/client.ts';
import { moneyOut } from '../money.ts';
import { type ExchangeBody, GoodsOutBody, ShippedRows, WantedRows } from './bodies.ts';

/** Goods for the buyer, as they leave. */
export function exchangeOut(row: Exchange, currency: string): z.infer<typeof ExchangeBody> {
  const money = (amount: bigint | number) => moneyOut(Number(amount), currency);
  const { carrier, tracking } = row;
  return {
    exchange: row.exchange,
    kind: z.enum(['exchange', 'replacement']).parse(row.kind),
    state: z.enum(exchangeStates).parse(row.state),
    stock: row.stock,
    facility: row.facility,
    goods: WantedRows.parse(row.goods).map((goods) => ({ ...goods, price: money(goods.price) })),
    price: money(row.price),
    due: money(row.due),
    paid: money(row.paid),
    dueAt: row.dueAt?.toISOString() ?? null,
    toShip: GoodsOutBody.parse(row.toShip),
    shipment: row.state === 'shipped' ? { carrier, tracking, serials: ShippedRows.parse(row.serials) } : null,
  };
}
