import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const documents = execFileSync('git', ['ls-files', '*.md'], { cwd: root, encoding: 'utf8' }).trim().split('\n');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

test.each(documents)('%s names only commands that exist', (document) => {
  const text = readFileSync(join(root, document), 'utf8');
  const named = [...text.matchAll(/npm (?:run ([a-z][\w:-]*)|(start|test)\b)/g)].map(
    ([, run, own]) => run ?? own ?? '',
  );
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

test.each(documents)('%s links only to what is there', (document) => {
  const text = readFileSync(join(root, document), 'utf8');
  const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g)].map(([, link]) => link ?? '');
  expect(links.filter((link) => !existsSync(join(root, dirname(document), link)))).toEqual([]);
});

test('each decision has a number of its own, and says it at its head', () => {
  const decisions = documents.flatMap((document) => /^docs\/decisions\/(\d{4})-/.exec(document)?.[1] ?? []);
  expect(decisions).toEqual([...new Set(decisions)]);
  const heads = documents.flatMap((document) => {
    const number = /^docs\/decisions\/(\d{4})-/.exec(document)?.[1];
    return number === undefined ? [] : [[Number(number), readFileSync(join(root, document), 'utf8').split('.')[0]]];
  });
  expect(heads).toEqual(heads.map(([number]) => [number, `# ${number}`]));
});

test.each(['domain', 'activities'])('the architecture names each folder of %s/', (room) => {
  const text = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
  const folders = readdirSync(join(root, room), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  // The four kinds of executions are told together.
  const executions = ['certified-disposal', 'liquidation', 'refurbishment', 'vendor-return'];
  const unnamed = folders.filter(({ name }) => !executions.includes(name) && !text.includes(`\`${name}/\``));
  expect(unnamed.map(({ name }) => name)).toEqual([]);
});
