import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import yazl from 'yazl';
import { z } from 'zod';
import type { JournalRow } from '../../activities/journal/port.ts';
import { processOf } from '../../activities/journal/process.ts';
import { readTail } from '../../activities/journal/tail.ts';
import { withClient } from '../../prisma/client.ts';
import type { Api } from '../api.ts';
import { endpoint } from '../endpoint.ts';
import { Rma } from '../fields.ts';
import { pdfOf } from '../pdf.ts';
import { returnNotFound } from '../returns/carry-out.ts';
import { type PackedPhoto, sectionsOf } from './contents.ts';

export const getDisputePack = endpoint({
  method: 'get',
  path: '/v1/returns/{rma}/dispute-pack',
  id: 'getDisputePack',
  tag: 'Returns',
  summary: 'All that is known of a return, for a dispute',
  description:
    'Request, decision with the rules that made it, quote, scans, weights, serials, inspections, refunds, photos and ' +
    'timeline: as a PDF, or as a ZIP with that PDF, the journal as lines of JSON, the policy, the photos, and a manifest of ' +
    'SHA-256 sums. The same journal makes the same pack.',
  permission: 'returns:handle',
  params: z.object({ rma: Rma }),
  query: z.strictObject({ format: z.enum(['pdf', 'zip']).default('pdf') }),
  responses: { 200: { description: 'The pack.', contentType: 'application/octet-stream' } },
  problems: [404],
  handle: async ({ params: { rma }, query: { format } }, api) => {
    const { rows } = await withClient(api.pool, (client) => readTail(client, processOf(rma), 0));
    const last = rows.at(-1);
    if (last === undefined) throw returnNotFound(rma);
    const at = new Date(last.at);
    const photos = await api.db.photo.findMany({ where: { rma }, omit: { bytes: true }, orderBy: { number: 'asc' } });
    const about = `As it was recorded until ${at.toISOString()}. All times are UTC.`;
    const pdf = await pdfOf({ title: `Return ${rma}`, about: [about], at }, sectionsOf(rows, photos));
    const headers = {
      'content-disposition': `attachment; filename="${rma}.${format}"`,
      'cache-control': 'private, no-store',
    };
    if (format === 'pdf') return { status: 200, file: { type: 'application/pdf', bytes: pdf }, headers };
    const content = zipOf(api, { rma, at, pdf, rows, photos });
    return { status: 200, stream: { type: 'application/zip', content }, headers };
  },
});

type Pack = {
  readonly rma: string;
  readonly at: Date;
  readonly pdf: Buffer;
  readonly rows: readonly JournalRow[];
  readonly photos: readonly PackedPhoto[];
};

/** The ZIP while it is sent; one picture after the other is in memory, and nothing else that grows. */
function zipOf(api: Api, { rma, at, pdf, rows, photos }: Pack): Readable {
  const policy = rows.flatMap(({ events }) => events).find((event) => event.type === 'requested')?.facts.policy ?? null;
  const files: readonly (readonly [string, Buffer])[] = [
    [`${rma}.pdf`, pdf],
    ['journal.ndjson', Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(''))],
    ['policy.json', inJson(policy)],
  ];
  const pictures = photos.map((photo) => ({ ...photo, name: nameOf(photo) }));
  const manifest = {
    rma,
    recordedUntil: at.toISOString(),
    journalVersion: rows.at(-1)?.version ?? 0,
    files: [
      ...files.map(([name, bytes]) => ({ name, sha256: createHash('sha256').update(bytes).digest('hex') })),
      ...pictures.map(({ name, sha256 }) => ({ name, sha256 })),
    ],
  };
  const zip = new yazl.ZipFile();
  const options = { mtime: at, mode: 0o100644 };
  for (const [name, bytes] of [...files, ['manifest.json', inJson(manifest)] as const])
    zip.addBuffer(bytes, name, options);
  for (const { number, name } of pictures) {
    zip.addReadStreamLazy(name, { ...options, compress: false }, (take) => {
      readPhoto(api, rma, number).then(
        (stream) => take(null, stream),
        (error: unknown) => take(error, Readable.from([])),
      );
    });
  }
  zip.end();
  // The library's own type is of a stream in general.
  const content = new Readable().wrap(zip.outputStream);
  zip.on('error', (error: Error) => content.destroy(error));
  return content;
}

/** @throws {Error} where it was erased since the list was made: the pack ends unfinished rather than without it */
async function readPhoto({ db }: Api, rma: string, number: number): Promise<Readable> {
  const row = await db.photo.findUnique({ where: { rma_number: { rma, number } }, select: { bytes: true } });
  if (row === null) throw new Error(`photo ${number} of return ${rma} was erased while it was packed`);
  return Readable.from([Buffer.from(row.bytes)]);
}

const nameOf = ({ number, subject, contentType }: PackedPhoto): string =>
  `photos/${String(number).padStart(2, '0')}-${subject.replace(/[^A-Za-z0-9.-]/g, '_')}.${contentType.slice('image/'.length)}`;

const inJson = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
