import { expect, test } from 'vitest';
import { appendStatement } from '../../activities/journal/append-statement.ts';
import { readModelTables } from '../../activities/journal/read-model.ts';

test('no two tables share a prepared statement', () => {
  // A statement's name is all that the connection knows it by: with a name in common, rows of one table go into the other.
  const names = readModelTables.map((table) => appendStatement([table], false).name);
  expect(names.filter((name, index) => names.indexOf(name) < index)).toEqual([]);
});
