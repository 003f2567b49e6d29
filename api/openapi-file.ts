import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { openApiDocument } from './openapi.ts';

const file = new URL('openapi.json', import.meta.url);
const usage = `Writes api/openapi.json from the server's own schemas.

  npm run openapi            write the file
  npm run openapi -- --check fail where the file differs from the server
`;

const { values } = parseArgs({ options: { check: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } });
const text = `${JSON.stringify(openApiDocument(), null, 2)}\n`;
if (values.help === true) process.stdout.write(usage);
else if (values.check !== true) await writeFile(file, text);
else if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
  process.stderr.write('api/openapi.json differs from the server; run npm run openapi\n');
  process.exitCode = 1;
}
