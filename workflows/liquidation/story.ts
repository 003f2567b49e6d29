import { deadlines } from '../../domain/liquidation/due.ts';
import { agreed, balance, held } from '../../domain/liquidation/figures.ts';
import type { LiquidationState } from '../../domain/liquidation/state.ts';
import type { Halt } from '../process/attributes.ts';
import { code, halts, list } from '../process/story.ts';

/** The story of a liquidation as an engineer reads it in the Temporal UI. Markdown; codes and ids only. */
export function story(state: LiquidationState, version: number, halted: Halt | null): string {
  if (state.status === 'initial') return 'Waits for its first decision.';
  const due = deadlines(state)[0];
  const { sale, currency } = state;
  const paragraphs = [
    `**${state.number}** · goods of ${code(state.facility)} for sale, reserve ${state.reserve} ${currency} (minor units)`,
    `Is **${state.status}** in round ${state.round}, journal version ${version}` +
      `${state.tracking === null ? '' : `; left with ${code(state.carrier ?? 'the liquidator')}, ${code(state.tracking)}`}.`,
    sale === null
      ? ''
      : `Sold to ${code(sale.liquidator)} by ${code(sale.invoice)} for ${sale.price}; ${agreed(state)} agreed, ` +
        `${held(state)} paid, ${sale.writtenOff} written off, ${balance(state)} open.`,
    due === undefined ? '' : `Waits for \`${due.deadline}\` at ${due.at}.`,
    halted === null ? '' : halts[halted],
    ...Object.values(state.attention).map(
      (open) => `**Needs a person:** ${open.reason} (${open.subject}), since ${open.raisedAt}.`,
    ),
    list(
      'Bids',
      Object.values(state.bids).map(
        (bid) => `${bid.bid} ${code(bid.liquidator)} ${bid.amount} until ${bid.validUntil}: ${bid.state}`,
      ),
    ),
    list(
      'Items',
      Object.values(state.items).map(
        (item) =>
          `${item.rma} ${item.item} ${item.quantity} × ${code(item.sku)}: ${item.state}${item.code === null ? '' : ` (${item.code})`}`,
      ),
    ),
  ];
  return paragraphs.filter((paragraph) => paragraph !== '').join('\n\n');
}
