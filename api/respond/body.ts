import type { IncomingMessage } from 'node:http';
import { NoForm } from './fault-page.ts';

/** Three proofs of 5 MB, and what was filled in. */
const MAX_BYTES = 17 * 1024 * 1024;
/** More fields than any page of ours has. */
const MAX_FIELDS = 20_000;

const kinds = ['application/x-www-form-urlencoded', 'multipart/form-data'];

/**
 * The fields of a form as a browser sends it; no more of it is read than is taken.
 * @throws {NoForm} 413, or 400 where it is no form
 */
export async function formOf(request: IncomingMessage): Promise<FormData> {
  const type = request.headers['content-type'] ?? '';
  if (!kinds.some((kind) => type.toLowerCase().startsWith(kind))) throw new NoForm(400, 'unreadable');
  if (Number(request.headers['content-length'] ?? 0) > MAX_BYTES) throw new NoForm(413, 'too_large');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MAX_BYTES) throw new NoForm(413, 'too_large');
  }
  const form = await readForm(Buffer.concat(chunks), type);
  if ([...form.keys()].length > MAX_FIELDS) throw new NoForm(413, 'too_large');
  return form;
}

async function readForm(body: Buffer<ArrayBuffer>, type: string): Promise<FormData> {
  try {
    return await new Response(body, { headers: { 'content-type': type } }).formData();
  } catch {
    throw new NoForm(400, 'unreadable');
  }
}
