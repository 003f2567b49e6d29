import type { Attended } from '../../domain/process/attention.ts';
import type { Deadline } from '../../domain/process/kind.ts';
import type { Halt } from './attributes.ts';

/** Why a run stands still, as an engineer reads it in the Temporal UI. */
const halts: Readonly<Record<Halt, string>> = {
  journal_behind:
    '**The journal is behind this run: the database may have been restored. Send `sync` once it is whole.**',
  journal_forbids:
    '**The database bars what was decided, which is a defect of the engine. Deploy a mended one, then send `sync`.**',
};

/** What others named: shown as it is, never read as Markdown. */
export const code = (name: string): string => `\`${name.replaceAll('`', "'")}\``;

/** A list under its title; nothing where it is empty. */
export const list = (title: string, rows: readonly string[]): string =>
  rows.length === 0 ? '' : [`${title}:`, '', ...rows.map((row) => `- ${row}`)].join('\n');

/** What is of a kind's own in its story: where the process is, and what it holds. */
export type Shown = { readonly is: readonly string[]; readonly lists: readonly string[] };

type Waiting<State, Opened> = {
  readonly opened: (state: State) => Opened | null;
  readonly deadlines: (state: State) => readonly Deadline[];
};

/**
 * The story of a process as an engineer reads it in the Temporal UI: where it is, what it waits for and until when, what
 * was decided. Markdown; codes and ids only.
 */
export const storyOf =
  <State, Opened extends Attended>(
    { opened, deadlines }: Waiting<State, Opened>,
    tell: (state: Opened, version: number) => Shown,
  ) =>
  (state: State, version: number, halted: Halt | null): string => {
    const now = opened(state);
    if (now === null) return 'Waits for its first decision.';
    const { is, lists } = tell(now, version);
    const [due] = deadlines(state);
    const paragraphs = [
      ...is,
      due === undefined ? '' : `Waits for \`${due.deadline}\` at ${due.at}.`,
      halted === null ? '' : halts[halted],
      ...Object.values(now.attention).map(
        (open) => `**Needs a person:** ${open.reason} (${open.subject}), since ${open.raisedAt}.`,
      ),
      ...lists,
    ];
    return paragraphs.filter((paragraph) => paragraph !== '').join('\n\n');
  };
