import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporal } from '@temporalio/proto';
import manifest from '../../package.json' with { type: 'json' };
import { historyOf } from '../workflows/history.ts';
import type { World } from '../workflows/world.ts';

type History = temporal.api.history.v1.IHistory;
const { History } = temporal.api.history.v1;

const folder = join(import.meta.dirname, 'recordings');

/** The version whose recordings are made now. */
export const version = manifest.version;

/** The runs of one scenario as one version left them. */
export type Recording = {
  readonly version: string;
  readonly scenario: string;
  readonly text: string;
  readonly runs: readonly { readonly workflowId: string; readonly history: History }[];
};

/** All recordings of all versions that are kept: those of the last two releases. */
export async function readRecordings(): Promise<Recording[]> {
  const found: Recording[] = [];
  for (const of of await readdir(folder)) {
    for (const file of await readdir(join(folder, of))) {
      const text = await readFile(join(folder, of, file), 'utf8');
      const scenario = file.replace(/\.json$/, '');
      const runs = (JSON.parse(text) as object[]).map((history, index) => ({
        workflowId: `${of}/${scenario}/${index + 1}`,
        history: History.fromObject(history),
      }));
      found.push({ version: of, scenario, text, runs });
    }
  }
  return found;
}

/**
 * Plays a scenario in a world. `HOMEWARD_RECORD=1 npm test -- test/replay` records this version's anew: on purpose, when a change of
 * the order of commands is meant and no process of the version is in flight.
 */
export async function played(
  { runs, env }: Pick<World, 'runs' | 'env'>,
  scenario: string,
  play: () => Promise<void>,
): Promise<void> {
  const before = new Set(runs.keys());
  await play();
  if (process.env['HOMEWARD_RECORD'] !== '1') return;
  const its = [...runs].filter(([runId]) => !before.has(runId));
  await record(scenario, await Promise.all(its.map(([runId, workflowId]) => historyOf(env, workflowId, runId))));
}

/** Keeps the histories of a scenario's runs, without what only this machine knows. An event a line, to be read in a diff. */
async function record(scenario: string, histories: readonly History[]): Promise<void> {
  const runs = histories.map((history) => {
    const { events } = History.toObject(History.fromObject(history), { bytes: String, enums: String, longs: String });
    const lines = (events as object[]).map((event) => JSON.stringify(event, withoutMachine));
    return `{"events":[\n${lines.join(',\n')}\n]}`;
  });
  await mkdir(join(folder, version), { recursive: true });
  await writeFile(join(folder, version, `${scenario}.json`), `[${runs.join(',\n')}]\n`);
}

const withoutMachine = (key: string, value: unknown): unknown => {
  if (key === 'identity') return 'recorded';
  return key === 'stackTrace' ? '' : value;
};

/** A recording with its payloads made readable: everything that a person could find in it. */
export function inTheOpen({ text }: Recording): string {
  return text.replace(/"data":"([^"]*)"/g, (_, data: string) => Buffer.from(data, 'base64').toString('utf8'));
}
