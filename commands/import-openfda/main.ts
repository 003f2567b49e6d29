import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readReport, type Understanding } from '../../domain/recall/enforcement-report.ts';
import { runCommand } from '../../local/command.ts';
import { type Measure, Measured, readLabels } from './measure.ts';
import { readReports } from './reports.ts';
import { entryOf, lineOf, pageOf } from './show.ts';

const LABELS = join(import.meta.dirname, 'labelled.json');
const TOLD_EVERY = 1_000;

const HELP = `npm run import:openfda -- FILE [OPTIONS]

Reads openFDA enforcement reports, without any server: which lots, dates, GTINs and item numbers each recalls, with the words that
they came from, and what is left to ask a coordinator. FILE is the API's answer {"results": […]}, a list of records, or a record
a line (.gz too). Records that can't be read are told on standard error. A line a record, a summary, then one line of JSON;
exits with 1 where a record could not be read.

  --record NUMBER   only this record, with each proposal and question beside its words
  --json            a line of JSON a record in place of the text
  --labels FILE     what people read in the records, to compare with (default: 60 records of food recalls from 2020 to 2024)
  --differences     what differs from the labels, record by record
`;

await runCommand(HELP, async (args) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      record: { type: 'string' },
      json: { type: 'boolean', default: false },
      labels: { type: 'string', default: LABELS },
      differences: { type: 'boolean', default: false },
    },
  });
  const [file, ...rest] = positionals;
  if (file === undefined || rest.length > 0) {
    throw new Error('Say which file: npm run import:openfda -- FILE (--help tells more).');
  }
  const measured = new Measured(await readLabels(values.labels));
  const counts: Record<Understanding, number> = { full: 0, partial: 0, none: 0 };
  let records = 0;
  let rejected = 0;
  for await (const row of readReports(file)) {
    if (row.report === null) {
      rejected += 1;
      console.error(`record ${row.place}: ${row.problem}`);
      continue;
    }
    if (values.record !== undefined && row.report.recallNumber.trim() !== values.record) continue;
    const report = readReport(row.report);
    records += 1;
    counts[report.understanding] += 1;
    if (records % TOLD_EVERY === 0) console.error(`${records} records read`);
    if (values.json) console.log(JSON.stringify(entryOf(report, row.report)));
    else console.log(values.record === undefined ? lineOf(report) : pageOf(report, row.report));
    const differences = measured.add(report);
    if (values.differences && differences !== null) {
      for (const fact of differences.wrong) console.log(`    proposed, and not so: ${fact}`);
      for (const fact of differences.missed) console.log(`    so, and not proposed: ${fact}`);
    }
  }
  if (values.record !== undefined && records === 0) throw new Error(`${file} holds no record ${values.record}.`);
  const { labelled, precision, recall } = measured.all;
  if (!values.json) console.log(`\n${summary(records, counts, measured)}\n`);
  console.log(JSON.stringify({ records, ...counts, precision, recall, labelled, rejected }));
  if (rejected > 0) process.exitCode = 1;
});

function summary(records: number, { full, partial, none }: Record<Understanding, number>, measured: Measured): string {
  const said = (set: string, { labelled, precision, recall }: Measure) =>
    `  ${set.padEnd(14)} ${labelled} records: precision ${precision ?? 'unknown'}, recall ${recall ?? 'unknown'}`;
  return [
    `${records} records: scope understood in full ${full}, in part ${partial}, not at all ${none}.`,
    ...(measured.all.labelled === 0
      ? ['None of them has labels to compare with.']
      : ['Against what people read in them:', ...[...measured.sets].map(([set, one]) => said(set, one))]),
  ].join('\n');
}
