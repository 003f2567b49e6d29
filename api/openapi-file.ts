import { readFile, writeFile } from 'node:fs/promises';
import { openApiDocument } from './openapi.ts';

const HELP = `npm run openapi [-- --check]

Writes api/openapi.json from the server's own schemas.

  --check   write nothing, and fail where the file differs from the server
`;

const file = new URL('openapi.json', import.meta.url);
const [option] = process.argv.slice(2);
const text = () => `${JSON.stringify(openApiDocument(), null, 2)}\n`;
switch (option) {
  case undefined:
    await writeFile(file, text());
    break;
  case '--check':
    if ((await readFile(file, 'utf8').catch(() => '')) !== text()) {
      fail('api/openapi.json differs from the server; run npm run openapi');
    }
    break;
  case '--help':
  case '-h':
    process.stdout.write(HELP);
    break;
  default:
    fail(`There is no option ${option}; --help lists them.`);
}

function fail(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
}
