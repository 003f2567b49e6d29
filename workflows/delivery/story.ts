import type { Opened } from '../../domain/delivery/state.ts';
import { code, list, type Shown } from '../process/story.ts';

/** What is of its own in the story of a delivery. Codes and ids only. */
export function story(state: Opened, version: number): Shown {
  const { reason, instruction, remedy, rma } = state;
  const is = [
    `**${code(state.tracking)}** · a parcel of order ${code(state.order)} with ${code(state.carrier)}`,
    `Is **${state.status}**${reason === null ? '' : ` (${reason})`}, journal version ${version}.`,
    `The carrier was asked to try again ${state.attempts} time(s)` +
      `${instruction === null ? '' : `; its last instruction is ${instruction.what} (${instruction.instruction})`}.`,
    remedy === null ? '' : `Its buyer gets: ${remedy}.`,
    rma === null ? '' : `Comes back as return ${rma}.`,
  ];
  const lists = [
    list(
      'Goods',
      state.lines.map(({ orderLine, sku, quantity }) => `${code(orderLine)} ${quantity} × ${code(sku)}`),
    ),
  ];
  return { is, lists };
}
