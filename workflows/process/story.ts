import type { Halt } from './attributes.ts';

/** Why a run stands still, as an engineer reads it in the Temporal UI. */
export const halts: Readonly<Record<Halt, string>> = {
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
