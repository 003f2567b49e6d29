import type { IncomingMessage } from 'node:http';
import { NoForm } from './fault-page.ts';

/** Three proofs of 5 MB, and what was filled in. */
const MAX_BYTES = 17 * 1024 * 1024;
/** What was filled in, without a file: thousands of fields. Each pair of a plain form costs far more memory than its bytes. */
const MAX_PLAIN_BYTES = 512 * 1024;
/** Forms that are read at once, so that slow ones don't fill the memory. */
const AT_ONCE = 8;
/** More fields than any page of ours has. */
const MAX_FIELDS = 20_000;

const kinds = ['application/x-www-form-urlencoded', 'multipart/form-data'];

/**
 * The fields of a form as a browser sends it; no more of it is read than is taken.
 * @throws {NoForm} 413, 400 where it is no form, or 429 where too many are being read
 */
export async function formOf(request: IncomingMessage): Promise<FormData> {
  const type = request.headers['content-type'] ?? '';
  if (!kinds.some((kind) => type.toLowerCase().startsWith(kind))) throw new NoForm(400, 'unreadable');
  const most = type.toLowerCase().startsWith('multipart/') ? MAX_BYTES : MAX_PLAIN_BYTES;
  if (Number(request.headers['content-length'] ?? 0) > most) throw new NoForm(413, 'too_large');
  if (reading >= AT_ONCE) throw new NoForm(429, 'too_often');
  reading += 1;
  try {
    const form = await readForm(await bytesOf(request, most), type);
    if ([...form.keys()].length > MAX_FIELDS) throw new NoForm(413, 'too_large');
    return form;
  } finally {
    reading -= 1;
  }
}

let reading = 0;

async function bytesOf(request: IncomingMessage, most: number): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > most) throw new NoForm(413, 'too_large');
  }
  return Buffer.concat(chunks);
}

async function readForm(body: Buffer<ArrayBuffer>, type: string): Promise<FormData> {
  try {
    return await new Response(body, { headers: { 'content-type': type } }).formData();
  } catch {
    throw new NoForm(400, 'unreadable');
  }
}
