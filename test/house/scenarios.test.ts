import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { programs } from '../../domain/policy/policy.ts';

const docs = join(import.meta.dirname, '../../docs');
const sections = new Map(
  readFileSync(join(docs, 'scenarios.md'), 'utf8')
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [heading = '', ...lines] = section.split('\n');
      return [heading, lines.filter((line) => line.startsWith('| ')).slice(2)] as const;
    }),
);

/** A row's test; rows with a bold first cell and nothing else only part the table. */
const named = /^\| .+ \| .+ \| \[[^\]]+\]\(([^)]+)\) (.+) \|$/;
const isParting = (row: string) => /^\| \*\*[^*]+\*\* \| \| \|$/.test(row);

/** Whether a file has a test of that name, within the group that the name gives before the ` › `. */
function isTestOf(source: string, name: string): boolean {
  const [first = '', second] = name.split(' › ');
  if (second === undefined) return isTitled(source, 'test', first);
  const groups = source.split(/\n(?=\s*describe\()/).filter((group) => isTitled(group, 'describe', first));
  // A group ends where the next line without indentation closes it.
  return groups.some((group) => isTitled(group.split(/\n\}\);/)[0] ?? '', 'test', second));
}

const isTitled = (text: string, what: 'test' | 'describe', title: string): boolean =>
  [...text.matchAll(new RegExp(`\\b${what}\\(\\s*(['"\`])(.*?)\\1,`, 'g'))].some(([, , found]) => found === title);

test('every program that runs has its scenarios', () => {
  const empty = programs.filter(
    (program) => (sections.get(program) ?? []).filter((row) => !isParting(row)).length === 0,
  );
  expect(empty, 'docs/scenarios.md has a section for each program').toEqual([]);
});

test.each([...sections])('each scenario of %s names a test that is there', (_heading, rows) => {
  expect(rows).not.toEqual([]);
  const lost = rows.filter((row) => {
    if (isParting(row)) return false;
    const [, link = '', name = ''] = named.exec(row) ?? [];
    const file = join(docs, link);
    return link === '' || !existsSync(file) || !isTestOf(readFileSync(file, 'utf8'), name);
  });
  expect(lost).toEqual([]);
});
