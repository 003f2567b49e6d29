import { deadlines } from '../../domain/vendor-return/due.ts';
import { expectedOf, receivedOf, type VendorReturnState } from '../../domain/vendor-return/state.ts';
import type { Halt } from '../process/attributes.ts';
import { code, halts, list } from '../process/story.ts';

/** The story of a vendor return as an engineer reads it in the Temporal UI. Markdown; codes and ids only. */
export function story(state: VendorReturnState, version: number, halted: Halt | null): string {
  if (state.status === 'initial') return 'Waits for its first decision.';
  const due = deadlines(state)[0];
  const paragraphs = [
    `**${state.number}** · goods of ${code(state.facility)} back to ${code(state.vendor)}`,
    `Is **${state.status}**, journal version ${version}` +
      `${state.vendorRma === null ? '' : `; the vendor's number is ${code(state.vendorRma)}`}` +
      `${state.tracking === null ? '' : `, tracking ${code(state.tracking)}`}.`,
    `Credit of ${expectedOf(state)} ${state.currency} (minor units) expected, ${receivedOf(state)} received, ` +
      `${state.writtenOff} written off.`,
    due === undefined ? '' : `Waits for \`${due.deadline}\` at ${due.at}.`,
    halted === null ? '' : halts[halted],
    ...Object.values(state.attention).map(
      (open) => `**Needs a person:** ${open.reason} (${open.subject}), since ${open.raisedAt}.`,
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
