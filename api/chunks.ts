/** Rows in groups of so many, each with the number of its first row, from 1. */
export async function* chunksOf<T>(
  rows: AsyncIterable<T> | Iterable<T>,
  size: number,
): AsyncIterable<{ readonly first: number; readonly chunk: readonly T[] }> {
  let chunk: T[] = [];
  let first = 1;
  for await (const row of rows) {
    chunk.push(row);
    if (chunk.length < size) continue;
    yield { first, chunk };
    first += chunk.length;
    chunk = [];
  }
  if (chunk.length > 0) yield { first, chunk };
}
