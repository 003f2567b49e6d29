import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runCommand } from '../../local/command.ts';
import { runRecall } from './recall/run.ts';
import { runFault } from './run.ts';
import { type Fault, faults } from './strikes.ts';
import { holds, type Verdict } from './verdict.ts';
import { withWorld } from './world.ts';

const HELP = `npm run faults [-- OPTIONS]
npm run faults -- recall [OPTIONS]

Brings returns from their request to their closing over HTTP, on a stack of its own, while things break: one run a
fault, with all returns in flight when it strikes. After each run every return must be closed, with exactly one label,
pickup and refund in the providers' own books, ledgers that balance, a read model that equals its rebuild, and no failed
workflow task. Progress goes to standard error; the last line on standard output is JSON.

  --returns N     returns in each run (default 200)
  --fault NAME    only this fault; may be given several times
  --data DIR      keep the stack's data there (default: a temporary folder, removed at the end)

recall: launches a recall to synthetic consignees while the worker is killed several times and Temporal is restarted once. Each must
have its notice at the mail server once, or twice under one message id where a crash fell between sending it and writing that down;
and the account of its goods must add up.

  --consignees N  (default 10000)
  --kills N       how often the worker is killed (default 5)

Faults:
${faults.map(({ name, about }) => `  ${name.padEnd(24)} ${about}`).join('\n')}
`;

await runCommand(HELP, async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      returns: { type: 'string', default: '200' },
      fault: { type: 'string', multiple: true, default: [] },
      data: { type: 'string' },
      consignees: { type: 'string', default: '10000' },
      kills: { type: 'string', default: '5' },
    },
  });
  const [subject] = positionals;
  if (positionals.length > 1 || (subject !== undefined && subject !== 'recall'))
    throw new Error('Say npm run faults for those of returns, or npm run faults -- recall.');
  const count = whole('--returns', values.returns);
  const recall = { consignees: whole('--consignees', values.consignees), kills: whole('--kills', values.kills) };
  const chosen =
    values.fault.length === 0 ? faults.filter(({ name }) => name !== 'none') : values.fault.map(faultNamed);
  const dataDir = values.data ?? (await mkdtemp(join(tmpdir(), 'homeward-faults-')));
  if (values.data === undefined) process.once('exit', () => rmSync(dataDir, { recursive: true, force: true }));
  // The stack's processes end with this one.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
  if (subject === 'recall') {
    const { problems, ...figures } = await withWorld(dataDir, (world) => runRecall(world, recall));
    for (const problem of problems) console.error(problem);
    console.log(JSON.stringify(figures));
    if (problems.length > 0) process.exitCode = 1;
    return;
  }
  const runs = await runAll(dataDir, chosen, count);
  console.log(JSON.stringify({ runs: runs.map(({ problems, ...figures }) => figures) }));
  if (!runs.every(holds)) process.exitCode = 1;
});

function whole(option: string, given: string): number {
  const value = Number(given);
  if (!Number.isInteger(value) || value < 1) throw new Error(`${option} takes a whole number from 1 up.`);
  return value;
}

function faultNamed(name: string): Fault {
  const found = faults.find((fault) => fault.name === name);
  if (found === undefined) throw new Error(`There is no fault "${name}"; --help lists them.`);
  return found;
}

function runAll(dataDir: string, chosen: readonly Fault[], count: number): Promise<readonly Verdict[]> {
  return withWorld(dataDir, async (world) => {
    const runs: Verdict[] = [];
    for (const fault of chosen) {
      world.log(`── ${fault.name}: ${fault.about}`);
      const verdict = await runFault(world, fault, count, `F${runs.length + 1}-${Date.now().toString(36)}`);
      const comes = holds(verdict) ? 'holds' : 'DOES NOT HOLD';
      world.log(`${comes}: ${verdict.closed} of ${count} closed in ${verdict.seconds} s`);
      runs.push(verdict);
    }
    return runs;
  });
}
