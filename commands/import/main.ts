import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { columnNames, neededNames } from '../../api/orders/columns.ts';
import type { RowError } from '../../api/orders/row.ts';
import { type Config, loadConfig } from '../../config/config.ts';
import { runCommand } from '../../local/command.ts';
import { environmentOfRunning } from '../../local/running.ts';
import { openPool, openPrisma } from '../../prisma/client.ts';
import { apiClient } from './client.ts';
import { type Mapping, neededColumns, readMapping } from './mapping.ts';
import { importOrders } from './orders.ts';
import { returnColumns } from './returned-row.ts';
import { importReturns } from './returns.ts';
import { readTable } from './table.ts';

const HELP = `npm run import -- orders FILE [OPTIONS]
npm run import -- returns FILE [OPTIONS]

Brings orders or returns of a CSV file (.gz too) into the running engine. Good rows are taken; bad ones are told on standard
error by number, column and reason. The same file may come again: what was taken stays as it is. Ends with one line of
JSON; exits with 1 where a row was rejected.

  --map OURS=THEIRS    a column of ours is that one of the file; may be given many times
  --set OURS=VALUE     for rows that have nothing there; may be given many times
  --mapping FILE       a JSON file { "columns": { OURS: THEIRS }, "preset": { OURS: VALUE }, "notGoods": [CODE] };
                       THEIRS may be { "column": …, "form": "upper" | "whole" | "negated" | "code" | "instant",
                       "values": { TEXT: TEXT } }
  --source NAME        returns: the system whose document numbers these are (default: import)
  --method METHOD      returns: drop_off or pickup (default: drop_off)
  --facility ID        returns: who receives the goods (default: one in the order's country)
  --url URL            the API (default: the one that "npm start" runs, else as .env.example says)
  --key KEY            an API key (default: the first one, from the data folder)

orders: a row an order line, the rows of an order together. An order with a bad row is left out whole.
  Needed: ${neededNames.join(', ')}, and unitPrice or price (of the line)
  Columns: ${columnNames.join(', ')}
returns: a row a returned line, the rows of a document together. A line that names no order is matched to a purchase of
  its buyer by SKU, price, time and units left; one that can't be matched for sure goes to the people's queue.
  Columns: ${Object.entries(returnColumns)
    .map(([name, what]) => `${name} (${what})`)
    .join(', ')}
`;

type Settings = { readonly file: string; readonly url: string; readonly key: string; readonly config: Config };

async function run(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      map: { type: 'string', multiple: true, default: [] },
      set: { type: 'string', multiple: true, default: [] },
      mapping: { type: 'string' },
      source: { type: 'string', default: 'import' },
      method: { type: 'string', default: 'drop_off' },
      facility: { type: 'string' },
      url: { type: 'string' },
      key: { type: 'string' },
    },
  });
  const [kind, file, ...rest] = positionals;
  if ((kind !== 'orders' && kind !== 'returns') || file === undefined || rest.length > 0) {
    throw new Error('Say what to import: npm run import -- orders FILE, or returns FILE (--help tells more).');
  }
  const { method, source, facility } = values;
  if (method !== 'drop_off' && method !== 'pickup') throw new Error('--method takes drop_off or pickup.');
  const config = loadConfig(await environmentOfRunning());
  const settings = {
    file,
    url: values.url ?? config.api.publicUrl,
    key: values.key ?? (await firstKey(config)),
    config,
  };
  const wanted = { file: values.mapping, map: values.map, set: values.set };
  const started = performance.now();
  const counts =
    kind === 'orders'
      ? await orders(settings, await readMapping(wanted, columnNames))
      : await returns(settings, await readMapping(wanted, Object.keys(returnColumns)), { source, method, facility });
  const seconds = Math.round(performance.now() - started) / 1_000;
  console.log(JSON.stringify({ ...counts, seconds }));
  if (counts.rejected > 0) process.exitCode = 1;
}

async function orders({ file, url, key }: Settings, mapping: Mapping) {
  const counts = { rows: 0, created: 0, unchanged: 0, rejected: 0 };
  const rows = readTable(file, neededColumns(mapping));
  for await (const { row, status, errors } of importOrders(rows, { client: apiClient(url, key), mapping })) {
    counts.rows += 1;
    counts[status] += 1;
    tell(row, errors);
  }
  return counts;
}

async function returns(
  { file, url, key, config }: Settings,
  mapping: Mapping,
  options: { source: string; method: 'drop_off' | 'pickup'; facility: string | undefined },
) {
  const counts = { rows: 0, returned: 0, queued: {} as Record<string, number>, rejected: 0 };
  const pool = openPool(config.database);
  const db = openPrisma(pool);
  try {
    const rows = readTable(file, neededColumns(mapping));
    for await (const admissions of importReturns(rows, {
      client: apiClient(url, key),
      db,
      pool,
      mapping,
      ...options,
    })) {
      for (const admission of admissions) {
        counts.rows += 1;
        if (admission.type === 'queued') counts.queued[admission.reason] = (counts.queued[admission.reason] ?? 0) + 1;
        else counts[admission.type] += 1;
        if (admission.type === 'rejected') tell(admission.row, admission.errors);
      }
    }
  } finally {
    await db.$disconnect();
    await pool.end();
  }
  return counts;
}

function tell(row: number, errors: readonly RowError[]): void {
  for (const { column, code, detail } of errors) {
    console.error(`row ${row}${column === '' ? '' : `, ${column}`}: ${code}: ${detail}`);
  }
}

async function firstKey({ dataDir }: Config): Promise<string> {
  const file = join(dataDir, 'api-key');
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch {
    throw new Error(`There is no API key in ${file}; start the stack first, or give one with --key.`);
  }
}

await runCommand(HELP, run);
