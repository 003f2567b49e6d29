import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { columnNames } from '../../api/orders/columns.ts';
import type { RowError } from '../../api/orders/row.ts';
import { PolicyDocument } from '../../api/policies/document.ts';
import { defaultCustomerPolicy } from '../../domain/policy/default-customer.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { runCommand } from '../../local/command.ts';
import { type Mapping, neededColumns, readMapping } from '../import/mapping.ts';
import { readTable, whyUnreadable } from '../import/table.ts';
import { auditFile } from './audit.ts';
import { withoutAddresses } from './buyers.ts';
import { auditColumns, returnShapes, saleShapes } from './columns.ts';

const HELP = `npm run audit -- FILE [OPTIONS]

Puts past returns of a CSV file (.gz too) before the rules, without any server: what they would have decided otherwise, what
was refunded too much or too little, and what was never claimed from vendors and carriers. A row is a returned line; the
rows of a document stand together. Bad rows are told on standard error. A report, then one line of JSON (amounts in minor
units, by currency); exits with 1 where a row could not be read.

  --shape NAME         ${Object.keys(returnShapes).join(', ')} (default: ours)
  --map FILE           a JSON file { "columns": { OURS: THEIRS }, "preset": { OURS: VALUE }, "notGoods": [CODE] } in place
                       of a shape's columns that it names; THEIRS as in "npm run import"
  --currency CODE      for rows that name none
  --sales FILE         the sales, a row an order line; may be given many times. Then a returned line needs order or buyer
  --sales-shape NAME   ${Object.keys(saleShapes).join(', ')} (default: ours)
  --sales-map FILE     as --map, for sales
  --policy FILE        a policy as the API shows it (default: the one of a fresh installation)
  --json               no report, only the line of JSON

Columns: ${Object.entries(auditColumns)
  .map(([name, what]) => `${name} (${what})`)
  .join(', ')}
`;

await runCommand(HELP, async (args) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      shape: { type: 'string', default: 'ours' },
      map: { type: 'string' },
      currency: { type: 'string' },
      sales: { type: 'string', multiple: true, default: [] },
      'sales-shape': { type: 'string', default: 'ours' },
      'sales-map': { type: 'string' },
      policy: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const [file, ...rest] = positionals;
  if (file === undefined || rest.length > 0) {
    throw new Error('Say which file: npm run audit -- FILE (--help tells more).');
  }
  const mapping = await shapeOf(returnShapes, values.shape, values.map, Object.keys(auditColumns), values.currency);
  const saleMapping = await shapeOf(
    saleShapes,
    values['sales-shape'],
    values['sales-map'],
    columnNames,
    values.currency,
  );
  const started = performance.now();
  const report = await auditFile({
    returns: { rows: withoutAddresses(readTable(file, neededColumns(mapping))), mapping },
    sales: values.sales.map((path) => ({
      file: basename(path),
      rows: withoutAddresses(readTable(path, neededColumns(saleMapping))),
      mapping: saleMapping,
    })),
    policy: await policyOf(values.policy),
    wrong: tell,
    progress: (rows) => console.error(`${rows} rows read`),
  });
  if (!values.json) console.log(`${report.text}\n`);
  const seconds = Math.round(performance.now() - started) / 1_000;
  console.log(JSON.stringify({ ...report.counts, findings: report.findings, seconds }));
  if (report.counts.rejected > 0) process.exitCode = 1;
});

async function shapeOf(
  shapes: Readonly<Record<string, Mapping>>,
  name: string,
  file: string | undefined,
  known: readonly string[],
  currency: string | undefined,
): Promise<Mapping> {
  const shape = shapes[name];
  if (shape === undefined) throw new Error(`There is no shape ${name}; there are ${Object.keys(shapes).join(', ')}.`);
  const own = await readMapping({ file, map: [], set: currency === undefined ? [] : [`currency=${currency}`] }, known);
  return {
    columns: { ...shape.columns, ...own.columns },
    preset: { ...shape.preset, ...own.preset },
    notGoods: [...shape.notGoods, ...own.notGoods],
  };
}

async function policyOf(file: string | undefined): Promise<Policy> {
  if (file === undefined) return defaultCustomerPolicy;
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new Error(`${file} cannot be read: ${whyUnreadable(error)}`);
  });
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new Error(`${file} is not JSON.`);
  }
  const read = PolicyDocument.safeParse(document);
  if (!read.success) throw new Error(`${file} is no policy: ${z.prettifyError(read.error)}`);
  if (read.data.program !== 'customer')
    throw new Error(`${file} is for ${read.data.program}; only customer can be audited.`);
  return read.data;
}

function tell(file: string | null, row: number, errors: readonly RowError[]): void {
  for (const { column, code, detail } of errors) {
    console.error(
      `${file === null ? '' : `${file}, `}row ${row}${column === '' ? '' : `, ${column}`}: ${code}: ${detail}`,
    );
  }
}
