import type { Opened } from '../../domain/return/state.ts';
import { goodsStatus, moneyStatus } from '../../domain/return/status.ts';
import { code, list, type Shown } from '../process/story.ts';

/** What is of its own in the story of a return: where it is and what was decided. Codes and ids only. */
export function story(state: Opened, version: number): Shown {
  const { lines, items, refunds, parcels, exchange, hold } = state;
  const is = [
    `**${state.rma}** · ${state.program} return of order ${code(state.order)} to ${code(state.facility)}`,
    `Goods **${goodsStatus(state)}**, money **${moneyStatus(state)}**, journal version ${version}.`,
  ];
  const lists = [
    list(
      'Lines',
      Object.values(lines).map(
        (line) =>
          `${line.line} ${code(line.sold.sku)}: ${line.verdict} (${line.codes.join(', ')}), ${line.requested} requested, ` +
          `${line.received} received, ${line.outstanding} outstanding, ${line.missing} missing, ${line.cancelled} cancelled`,
      ),
    ),
    list(
      'Parcels',
      Object.values(parcels).map(
        (parcel) =>
          `${parcel.parcel} ${parcel.trackingNumber === null ? 'no label' : code(parcel.trackingNumber)}: ${parcel.received ? 'received' : parcel.tracking}`,
      ),
    ),
    list(
      'Items',
      Object.values(items).map(
        (item) =>
          `${item.item} ${item.quantity} × ${code(item.sku)}: ${item.stage}, grade ${item.grade ?? '–'}, ` +
          `${item.choice?.disposition ?? 'no disposition yet'}`,
      ),
    ),
    exchange === undefined
      ? ''
      : `Goods out, ${exchange.kind}: **${exchange.state}**, stock ${exchange.stock}, ` +
        exchange.goods.map(({ sku, quantity }) => `${quantity} × ${code(sku)}`).join(', '),
    hold === undefined
      ? ''
      : `Held on the buyer’s card: **${hold.state}**, ${hold.amount} ${state.currency} (minor units), ${hold.taken} of it taken`,
    list(
      'Refunds',
      Object.values(refunds).map(
        (refund) => `${refund.refund} ${refund.amount} ${state.currency} (minor units): ${refund.state}`,
      ),
    ),
  ];
  return { is, lists };
}
