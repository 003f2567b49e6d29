import { deadlines } from '../../domain/return/deadlines.ts';
import type { ReturnState } from '../../domain/return/state.ts';
import { goodsStatus, moneyStatus } from '../../domain/return/status.ts';
import type { Halt } from '../process/attributes.ts';
import { code, halts, list } from '../process/story.ts';

/**
 * The story of a return as an engineer reads it in the Temporal UI: where it is, what it waits for and until when, what
 * was decided. Markdown; codes and ids only.
 */
export function story(state: ReturnState, version: number, halted: Halt | null): string {
  if (state.phase === 'initial') return 'Waits for its first decision.';
  const { lines, items, attention, refunds, parcels, exchange } = state;
  const due = deadlines(state)[0];
  const paragraphs = [
    `**${state.rma}** · ${state.program} return of order ${code(state.order)} to ${code(state.facility)}`,
    `Goods **${goodsStatus(state)}**, money **${moneyStatus(state)}**, journal version ${version}.`,
    due === undefined ? '' : `Waits for \`${due.deadline}\` at ${due.at}.`,
    halted === null ? '' : halts[halted],
    ...Object.values(attention).map(
      (open) => `**Needs a person:** ${open.reason} (${open.subject}), since ${open.raisedAt}.`,
    ),
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
    list(
      'Refunds',
      Object.values(refunds).map(
        (refund) => `${refund.refund} ${refund.amount} ${state.currency} (minor units): ${refund.state}`,
      ),
    ),
  ];
  return paragraphs.filter((paragraph) => paragraph !== '').join('\n\n');
}
