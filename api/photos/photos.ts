import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { Prisma } from '../../prisma/generated/client.ts';
import type { Api } from '../api.ts';
import { endpoint } from '../endpoint.ts';
import { LocalId, Rma } from '../fields.ts';
import { Problem } from '../problem.ts';
import { returnNotFound } from '../returns/carry-out.ts';
import { imageTypeOf, imageTypes } from './image.ts';

const MAX_BYTES = 5 * 1024 * 1024;
const MOST = 40;
/** The last number that a return has to give, as those of erased ones are used up; the table's constraint says the same. */
const LAST_NUMBER = 1_000;

const PhotoBody = z
  .object({
    photo: z.int().meta({ description: 'Its number within the return.' }),
    subject: z.string().meta({ description: 'The parcel or item that it shows.' }),
    contentType: z.string(),
    sha256: z.string(),
    takenAt: z.iso.datetime(),
    takenBy: z.string().meta({ description: 'The id of a key.' }),
    link: z.string(),
  })
  .meta({ id: 'Photo' });

const Photo = z.coerce.number('use the number of a photo').int().positive().max(LAST_NUMBER);
const onReturn = { path: '/v1/returns/{rma}/photos', tag: 'Returns', problems: [404] } as const;
const onPhoto = { path: '/v1/returns/{rma}/photos/{photo}', tag: 'Returns', problems: [404] } as const;
const PhotoPath = z.object({ rma: Rma, photo: Photo });

export const takePhoto = endpoint({
  ...onReturn,
  method: 'post',
  id: 'takePhoto',
  summary: 'Keep a photo of a parcel or an item',
  description:
    `JPEG, PNG or WebP, at most ${MAX_BYTES / 1024 / 1024} MiB and ${MOST} a return; what it is shows in its bytes. The ` +
    'same picture sent again is the same photo.',
  permission: 'returns:handle',
  params: z.object({ rma: Rma }),
  query: z.strictObject({ subject: LocalId.meta({ description: 'The parcel or item: P1, P1-1.' }) }),
  streams: imageTypes,
  responses: { 201: { description: 'It is kept.', schema: PhotoBody } },
  handle: async ({ params: { rma }, query: { subject }, caller, request }, api) => {
    await mustHave(api, rma, subject);
    const bytes = await bodyOf(request);
    const contentType = imageTypeOf(bytes);
    if (contentType === null) {
      throw new Problem(415, 'photo_not_a_picture', 'this is no JPEG, PNG or WebP picture; send one of those');
    }
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await keep(api, { rma, subject, contentType, bytes, sha256, by: caller.id });
    const row = await api.db.photo.findUnique({ where: { rma_sha256: { rma, sha256 } }, omit: { bytes: true } });
    if (row === null) {
      throw new Problem(
        409,
        'photo_erased',
        'this photo was erased while it was sent; send it again if it may be kept',
      );
    }
    return { status: 201, body: photoOut(row) };
  },
});

export const listPhotos = endpoint({
  ...onReturn,
  method: 'get',
  id: 'listPhotos',
  summary: 'The photos of a return',
  permission: 'photos:read',
  params: z.object({ rma: Rma }),
  responses: { 200: { description: 'As they were taken.', schema: z.object({ data: z.array(PhotoBody) }) } },
  handle: async ({ params: { rma } }, { db }) => {
    if ((await db.return.findUnique({ where: { rma }, select: { rma: true } })) === null) throw returnNotFound(rma);
    const rows = await db.photo.findMany({ where: { rma }, omit: { bytes: true }, orderBy: { number: 'asc' } });
    return { status: 200, body: { data: rows.map(photoOut) } };
  },
});

export const getPhoto = endpoint({
  ...onPhoto,
  method: 'get',
  id: 'getPhoto',
  summary: 'One photo',
  permission: 'photos:read',
  params: PhotoPath,
  responses: { 200: { description: 'The picture.', contentType: 'image/*' } },
  handle: async ({ params }, { db }) => {
    const { rma, photo: number } = params;
    const row = await db.photo.findUnique({ where: { rma_number: { rma, number } } });
    if (row === null) throw photoNotFound(rma, number);
    return {
      status: 200,
      file: { type: row.contentType, bytes: row.bytes },
      headers: {
        'content-disposition': `inline; filename="${rma}-${number}.${row.contentType.slice('image/'.length)}"`,
        // What is erased is gone at once.
        'cache-control': 'private, no-store',
      },
    };
  },
});

export const erasePhoto = endpoint({
  ...onPhoto,
  method: 'delete',
  id: 'erasePhoto',
  summary: 'Erase a photo',
  description:
    'For what shows somebody who did not agree to it. It cannot be brought back, and its number names no other photo.',
  permission: 'photos:erase',
  params: PhotoPath,
  responses: { 204: { description: 'It is gone.' } },
  handle: async ({ params: { rma, photo: number }, caller }, { db }) => {
    const erased = await db.$executeRaw`
      WITH gone AS (DELETE FROM photos WHERE rma = ${rma} AND number = ${number} RETURNING rma, number)
      INSERT INTO erased_photos (rma, number, erased_by) SELECT rma, number, ${caller.id} FROM gone`;
    if (erased === 0) throw photoNotFound(rma, number);
    return { status: 204 };
  },
});

type Row = Omit<Prisma.PhotoGetPayload<object>, 'bytes'>;

const photoOut = ({ rma, number, subject, contentType, sha256, takenAt, takenBy }: Row): z.infer<typeof PhotoBody> => ({
  photo: number,
  subject,
  contentType,
  sha256,
  takenAt: takenAt.toISOString(),
  takenBy,
  link: `/v1/returns/${rma}/photos/${number}`,
});

const photoNotFound = (rma: string, photo: number) =>
  new Problem(404, 'photo_not_found', `return ${rma} has no photo ${photo}`);

type Taken = {
  readonly rma: string;
  readonly subject: string;
  readonly contentType: string;
  readonly bytes: Buffer;
  readonly sha256: string;
  readonly by: string;
};

/**
 * Stores it under the next number that no photo has, or had; where another photo took that number in the meantime, under the
 * one after.
 */
async function keep({ db }: Api, taken: Taken): Promise<void> {
  const { rma, subject, contentType, bytes, sha256, by } = taken;
  for (;;) {
    const kept = await db.photo.aggregate({ where: { rma }, _max: { number: true }, _count: true });
    const erased = await db.erasedPhoto.aggregate({ where: { rma }, _max: { number: true } });
    const number = Math.max(kept._max.number ?? 0, erased._max.number ?? 0) + 1;
    if (kept._count >= MOST || number > LAST_NUMBER) {
      throw new Problem(409, 'photos_full', `a return keeps at most ${MOST} photos`);
    }
    const stored = await db.$executeRaw`
      INSERT INTO photos (rma, number, subject, content_type, bytes, sha256, taken_by)
      VALUES (${rma}, ${number}, ${subject}, ${contentType}, ${bytes}, ${sha256}, ${by}) ON CONFLICT DO NOTHING`.catch(
      (error: unknown) => {
        if (isUsedUp(error)) return 0;
        throw error;
      },
    );
    if (stored === 1 || (await db.photo.count({ where: { rma, sha256 } })) === 1) return;
  }
}

/** Another photo had taken the number, and was erased, since it was looked for. */
const isUsedUp = (error: unknown): boolean => error instanceof Error && error.message.includes('was erased');

/** @throws {Problem} 404 where there is no such return, or no such parcel or item in it */
async function mustHave({ db }: Api, rma: string, subject: string): Promise<void> {
  const found = await db.return.findUnique({
    where: { rma },
    select: {
      parcels: { where: { parcel: subject }, select: { parcel: true } },
      items: { where: { item: subject }, select: { item: true } },
    },
  });
  if (found === null) throw returnNotFound(rma);
  if (found.parcels.length + found.items.length > 0) return;
  throw new Problem(404, 'photo_subject_unknown', `return ${rma} has no parcel or item ${subject}`, {
    field: 'subject',
  });
}

/** The whole body; no more of it is read than is taken. */
async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MAX_BYTES) {
      throw new Problem(
        413,
        'photo_too_large',
        `a photo has at most ${MAX_BYTES / 1024 / 1024} MiB; send a smaller one`,
      );
    }
  }
  return Buffer.concat(chunks);
}
