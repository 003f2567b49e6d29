import { createHash } from 'node:crypto';
import type { ResponseLink } from '../../activities/notices/link.ts';
import type { Api } from '../api.ts';
import { imageTypeOf } from '../photos/image.ts';
import type { FieldFault } from './words.ts';

const MAX_BYTES = 5 * 1024 * 1024;
const AT_ONCE = 3;
/** Of one consignee in a recall; the database says so too. */
const MOST = 20;
const MOST_BYTES = 25 * 1024 * 1024;

/** A file that shows how goods were destroyed: what it is shows in its bytes. */
type Proof = { readonly contentType: string; readonly bytes: Uint8Array<ArrayBuffer>; readonly sha256: string };

/** The files of a form, or what is wrong with them. An empty field of a form is a file without a name. */
export async function proofsIn(form: FormData): Promise<readonly Proof[] | FieldFault> {
  const files = form.getAll('proof').flatMap((each) => (typeof each === 'string' || each.size === 0 ? [] : [each]));
  if (files.length > AT_ONCE) return 'files_many';
  const proofs: Proof[] = [];
  for (const file of files) {
    if (file.size > MAX_BYTES) return 'file_large';
    const bytes = new Uint8Array(await file.arrayBuffer());
    const contentType = proofTypeOf(Buffer.from(bytes));
    if (contentType === null) return 'file_kind';
    proofs.push({ contentType, bytes, sha256: createHash('sha256').update(bytes).digest('hex') });
  }
  return proofs;
}

/** A picture, or a PDF: it begins and ends as one (ISO 32000-1, 7.5). */
function proofTypeOf(bytes: Buffer): string | null {
  const isPdf = bytes.subarray(0, 5).equals(Buffer.from('%PDF-')) && bytes.subarray(-1024).includes('%%EOF');
  return isPdf ? 'application/pdf' : imageTypeOf(bytes);
}

/**
 * Keeps proofs, all or, where there is no room for all, none; the same file sent again is the same proof.
 * @returns the newest proof's number; null where there is no room
 */
export async function keepProofs(
  { db }: Api,
  { recall, consignee }: ResponseLink,
  proofs: readonly Proof[],
): Promise<string | null> {
  return await db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT FROM recall_consignees WHERE recall = ${recall} AND consignee = ${consignee} FOR UPDATE`;
    const kept = await tx.$queryRaw<{ sha256: string; size: number }[]>`SELECT sha256, octet_length(bytes) AS size
      FROM recall_proofs WHERE recall = ${recall} AND consignee = ${consignee}`;
    const all = new Map(kept.map(({ sha256, size }) => [sha256, size]));
    for (const { sha256, bytes } of proofs) all.set(sha256, bytes.length);
    if (all.size > MOST || [...all.values()].reduce((sum, size) => sum + size, 0) > MOST_BYTES) return null;
    const data = proofs.map((proof) => ({ recall, consignee, ...proof }));
    await tx.recallProof.createMany({ data, skipDuplicates: true });
    const newest = await tx.recallProof.aggregate({ where: { recall, consignee }, _max: { id: true } });
    return String(newest._max.id);
  });
}
