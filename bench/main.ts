import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { loadConfig } from '../config/config.ts';
import { runCommand } from '../local/command.ts';
import { measureBulk } from './bulk/bulk.ts';
import { measureLoans } from './loans/loans.ts';
import { chainSizes, measureRebalance } from './rebalance/rebalance.ts';
import { measureRecall } from './recall/recall.ts';
import { reportRecall } from './recall/report.ts';
import { report } from './report.ts';
import { measureReturn, type Part, parts, type Sizes } from './return.ts';
import { measureTrace } from './trace/trace.ts';

const HELP = `npm run bench -- return|bulk|trace|recall|rebalance|loans [OPTIONS]

bulk: a return of thousands of lines over HTTP on a stack of its own, from its file over two deliveries to one credit memo and
its end, against one of a single section: seconds by step, peak memory of API and worker, largest payload, longest history. Ends
with 0 when each unit and cent is accounted for.

  --lines N      lines of the large one (default 5000)

trace: lots that were made of others, through two steps to up to 10,000 shipments, found among synthetic lines in a PostgreSQL
of its own, against a walk from row to row; it needs some 6 GB of disk and a quarter of an hour. Ends with 0 when both find the same.

  --lines N      lines of shipments (default 10000000)

recall: a recall of a lot that synthetic consignees were sent, over HTTP on a stack of its own, until each was written to once; first
to a tenth of them, then to all; how soon rate, pause and end take hold; and the naive twin, with a child workflow a consignee
(bench/recall/twin/workflow.ts), to a thousand. The full run takes some ten minutes and writes its raw figures to bench/results/. Ends with 0
when the mail server has one letter for each consignee. A missed target is reported, not an error.

  --consignees N (default 100000)
  --out FILE     where the raw figures go

rebalance: what to send where in made-up chains up to 2,000 SKUs at 50 facilities: seconds, how much of what could be saved the plan
leaves (gap), and what it costs against a greedy plan. Ends with 0 when every plan passes the check that shares nothing with the planning.

  --skus N, --facilities N   one size only

loans: loans of one thing each, from the request until the borrower has it, on a stack of its own: how many a second, and what the worker's
memory is at a fifth of them and at all. Ends with 0 when each is open with its goods out, and the books add up.

  --loans N      (default 20000)

return:

Measures the Return process against its bare twin: the same return as a plain workflow whose every step is an ordinary
activity (bench/twin/workflow.ts says why that is fair). Twin and engine run in turn, each time on a fresh PostgreSQL
and a fresh Temporal of their own, on free ports and in a temporary folder. Progress goes to standard error; the last
line on standard output is JSON with the ratios, the targets and what was reached. The full run writes its raw figures to
bench/results/, and takes half an hour. Ends with 0 when nothing was lost: each return closed, with one label and one refund by the sandbox's
books. A missed target is reported, not an error.

  --small        a minute or so, for CI: the counts of events and actions hold, times are only an example
  --returns N    returns a timed measurement (default 400)
  --repeats N    how often twin and engine follow each other (default 5)
  --open N       open returns at which memory is last taken, first at a fifth of them (default 5000)
  --only PART    time (with the counts of events and actions) or memory; the other figures are null
  --out FILE     where the raw figures go
`;

const small: Sizes = { repeats: 1, returns: 24, open: 8, warmUp: 8, cache: 20, counts: [40, 80] };
const full: Sizes = { repeats: 5, returns: 400, open: 32, warmUp: 64, cache: 500, counts: [1_000, 5_000] };

const Package = z.object({ version: z.string() });

await runCommand(HELP, async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      small: { type: 'boolean', default: false },
      returns: { type: 'string' },
      repeats: { type: 'string' },
      open: { type: 'string' },
      only: { type: 'string' },
      out: { type: 'string' },
      lines: { type: 'string' },
      consignees: { type: 'string' },
      skus: { type: 'string' },
      facilities: { type: 'string' },
      loans: { type: 'string' },
    },
  });
  const log = (line: string) => console.error(`${(performance.now() / 1_000).toFixed(0).padStart(5)} s  ${line}`);
  if (positionals.join() === 'bulk') {
    const large = count('--lines', values.lines, 5_000);
    const figures = await measureBulk({ small: Math.min(200, large), large }, log);
    console.log(JSON.stringify({ ...figures, machine: machine() }));
    return;
  }
  if (positionals.join() === 'trace') {
    const figures = await measureTrace(count('--lines', values.lines, 10_000_000), log);
    console.log(JSON.stringify({ ...figures, machine: machine() }));
    return;
  }
  if (positionals.join() === 'recall') {
    const measured = await measureRecall(count('--consignees', values.consignees, 100_000), log);
    const result = reportRecall(measured);
    const path = values.out ?? (values.consignees === undefined ? await resultsFile('recall') : undefined);
    await keep(path, { ...result, ...measured }, log);
    console.log(JSON.stringify(result));
    return;
  }
  if (positionals.join() === 'rebalance') {
    const one = values.skus !== undefined || values.facilities !== undefined;
    const size = {
      skus: count('--skus', values.skus, 2_000),
      facilities: count('--facilities', values.facilities, 50),
    };
    const figures = await measureRebalance(one ? [size] : chainSizes, log);
    console.log(JSON.stringify({ ...figures, machine: machine() }));
    return;
  }
  if (positionals.join() === 'loans') {
    const figures = await measureLoans(count('--loans', values.loans, 20_000), log);
    console.log(JSON.stringify({ ...figures, machine: machine() }));
    return;
  }
  if (positionals.join() !== 'return')
    throw new Error('Say what to measure: npm run bench -- return, bulk, trace, recall, rebalance or loans');
  const preset = values.small ? small : full;
  const last = count('--open', values.open, preset.counts.at(-1) ?? 0);
  const sizes: Sizes = {
    ...preset,
    returns: count('--returns', values.returns, preset.returns),
    repeats: count('--repeats', values.repeats, preset.repeats),
    counts: values.open === undefined ? preset.counts : [Math.max(preset.cache, Math.floor(last / 5)), last],
  };
  const measured = await measureReturn(sizes, partsOf(values.only), log);
  const result = { ...report(measured), sizes };
  const whole = !values.small && values.only === undefined;
  const path = values.out ?? (whole ? await resultsFile('return') : undefined);
  await keep(path, { ...result, passes: measured.passes }, log);
  console.log(JSON.stringify(result));
});

function partsOf(only: string | undefined): readonly Part[] {
  if (only === undefined) return parts;
  const part = parts.find((each) => each === only);
  if (part === undefined) throw new Error(`--only takes ${parts.join(' or ')}.`);
  return [part];
}

function count(option: string, given: string | undefined, preset: number): number {
  if (given === undefined) return preset;
  const value = Number(given);
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`${option} takes a whole number from 1 up.`);
  return value;
}

/** Writes raw figures where they are wanted. */
async function keep(path: string | undefined, figures: object, log: (line: string) => void): Promise<void> {
  if (path === undefined) return;
  await writeFile(path, `${JSON.stringify({ machine: machine(), ...figures }, null, 2)}\n`);
  log(`raw figures in ${path}`);
}

async function resultsFile(subject: 'return' | 'recall'): Promise<string> {
  const { version } = Package.parse(JSON.parse(await readFile(join(import.meta.dirname, '../package.json'), 'utf8')));
  const folder = join(import.meta.dirname, 'results');
  await mkdir(folder, { recursive: true });
  return join(folder, `${version}-${subject}.json`);
}

/** What the figures were taken on; all processes share its cores. */
function machine(): object {
  return {
    node: process.version,
    system: `${process.platform} ${release()} ${process.arch}`,
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    temporalSqlite: `WAL, synchronous=${loadConfig().local.sqliteSynchronous}`,
    postgres: 'fsync on, synchronous_commit on',
  };
}
