import { deadlines } from '../../domain/refurbishment/due.ts';
import { type RefurbishmentState, statusOf, workOn, worthOf } from '../../domain/refurbishment/state.ts';
import type { Halt } from '../process/attributes.ts';
import { code, halts, list } from '../process/story.ts';

/** The story of a refurbishment as an engineer reads it in the Temporal UI. Markdown; codes and ids only. */
export function story(state: RefurbishmentState, version: number, halted: Halt | null): string {
  if (state.phase === 'initial') return 'Waits for its first decision.';
  const due = deadlines(state)[0];
  const { budget, spent, expected } = worthOf(state);
  const paragraphs = [
    `**${state.number}** · ${code(state.disposition)} of ${code(state.sku)} at ${code(state.party)}, ${code(state.facility)}`,
    `Is **${statusOf(state)}**, journal version ${version}` +
      `${state.hold === null ? '' : `; held for ${code(state.hold.code)}`}` +
      `${state.awaiting === null ? '' : `; waits for ${code(state.awaiting.sku)}`}.`,
    `May cost ${budget} ${state.currency} (minor units), has cost ${spent}, is expected to cost ${expected} more.`,
    due === undefined ? '' : `Waits for \`${due.deadline}\` at ${due.at}.`,
    halted === null ? '' : halts[halted],
    ...Object.values(state.attention).map(
      (open) => `**Needs a person:** ${open.reason} (${open.subject}), since ${open.raisedAt}.`,
    ),
    list(
      'Items',
      Object.values(state.items).map((item) => {
        const done = workOn(state, item).done.map(({ quantity, outcome }) => `${quantity} ${outcome}`);
        return `${item.rma} ${item.item} ${item.quantity} × ${code(item.sku)}: ${[item.state, ...done].join(', ')}`;
      }),
    ),
  ];
  return paragraphs.filter((paragraph) => paragraph !== '').join('\n\n');
}
