/** Longer than any real row; a quote that is never closed must not swallow the rest of the file into memory. */
export const MAX_ROW_BYTES = 64 * 1024;

/** What parts the cells of a CSV file, as its header has it, and the whole file again. */
export async function parted(
  bytes: AsyncIterable<Uint8Array>,
): Promise<{ readonly delimiter: string; readonly rest: AsyncIterable<Uint8Array> }> {
  const chunks = bytes[Symbol.asyncIterator]();
  const decoder = new TextDecoder();
  const read: Uint8Array[] = [];
  let head = '';
  while (!head.includes('\n') && head.length <= MAX_ROW_BYTES) {
    const next = await chunks.next();
    if (next.done === true) break;
    read.push(next.value);
    head += decoder.decode(next.value, { stream: true });
  }
  return { delimiter: delimiterOf(head.split('\n', 1)[0] ?? ''), rest: again(read, chunks) };
}

async function* again(read: readonly Uint8Array[], chunks: AsyncIterator<Uint8Array>): AsyncIterable<Uint8Array> {
  yield* read;
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value;
}

/** Spreadsheets of countries that write 1,5 part cells with semicolons. What stands in quotes parts nothing. */
function delimiterOf(head: string): string {
  const bare = head.replaceAll(/"[^"]*"/g, '');
  const times = (delimiter: string) => bare.split(delimiter).length;
  return [';', '\t'].reduce((best, each) => (times(each) > times(best) ? each : best), ',');
}
