import { deadlines } from '../../domain/certified-disposal/due.ts';
import { type CertifiedDisposalState, witnessesMissing } from '../../domain/certified-disposal/state.ts';
import type { Halt } from '../process/attributes.ts';
import { code, halts, list } from '../process/story.ts';

/** The story of a certified disposal as an engineer reads it in the Temporal UI. Markdown; codes and ids only. */
export function story(state: CertifiedDisposalState, version: number, halted: Halt | null): string {
  if (state.status === 'initial') return 'Waits for its first decision.';
  const due = deadlines(state)[0];
  const { handover, certificate } = state;
  const missing = witnessesMissing(state);
  const paragraphs = [
    `**${state.number}** · ${state.disposition}: goods of ${code(state.facility)} to ${code(state.organisation)}`,
    `Is **${state.status}**, journal version ${version}` +
      `${handover === null ? '' : `; handed over with ${code(handover.document)}`}` +
      `${handover?.weightGrams == null ? '' : `, ${handover.weightGrams} g`}` +
      `${certificate === null ? '' : `; certificate ${code(certificate.certificate)}`}.`,
    missing.length === 0 ? '' : `Needs to be seen by: ${missing.join(', ')}.`,
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
