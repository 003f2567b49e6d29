import { deadlines } from '../../domain/delivery/due.ts';
import type { DeliveryState } from '../../domain/delivery/state.ts';
import type { Halt } from '../process/attributes.ts';
import { code, halts, list } from '../process/story.ts';

/** The story of a delivery as an engineer reads it in the Temporal UI. Markdown; codes and ids only. */
export function story(state: DeliveryState, version: number, halted: Halt | null): string {
  if (state.status === 'initial') return 'Waits for its first decision.';
  const { reason, instruction, remedy, rma } = state;
  const due = deadlines(state)[0];
  const paragraphs = [
    `**${code(state.tracking)}** · a parcel of order ${code(state.order)} with ${code(state.carrier)}`,
    `Is **${state.status}**${reason === null ? '' : ` (${reason})`}, journal version ${version}.`,
    `The carrier was asked to try again ${state.attempts} time(s)` +
      `${instruction === null ? '' : `; its last instruction is ${instruction.what} (${instruction.instruction})`}.`,
    remedy === null ? '' : `Its buyer gets: ${remedy}.`,
    rma === null ? '' : `Comes back as return ${rma}.`,
    due === undefined ? '' : `Waits for \`${due.deadline}\` at ${due.at}.`,
    halted === null ? '' : halts[halted],
    ...Object.values(state.attention).map(
      (open) => `**Needs a person:** ${open.reason} (${open.subject}), since ${open.raisedAt}.`,
    ),
    list(
      'Goods',
      state.lines.map(({ orderLine, sku, quantity }) => `${code(orderLine)} ${quantity} × ${code(sku)}`),
    ),
  ];
  return paragraphs.filter((paragraph) => paragraph !== '').join('\n\n');
}
