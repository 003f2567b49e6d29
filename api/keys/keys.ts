import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { PrismaClient } from '../../prisma/generated/client.ts';
import { endpoint } from '../endpoint.ts';
import { PlainText } from '../fields.ts';
import { Problem } from '../problem.ts';
import { type Role, roles } from '../roles.ts';
import { hashOf, newSecret } from './secret.ts';

const KeyBody = z
  .object({
    id: z.string(),
    name: z.string(),
    role: z.enum(roles),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().nullable(),
    revokedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'ApiKey' });

const NewKey = z
  .strictObject({
    name: PlainText.min(1).max(100).meta({ description: 'What the key is for; not a person’s name.' }),
    role: z.enum(roles),
    expiresAt: z.iso.datetime({ offset: true }).optional().meta({ description: 'Never, where absent.' }),
  })
  .meta({ id: 'NewApiKey' });

/** Makes a key. The secret exists only in this answer; the database keeps its hash. */
export async function createKey(
  db: Pick<PrismaClient, 'apiKey'>,
  wanted: { readonly name: string; readonly role: Role; readonly expiresAt?: Date },
): Promise<{ readonly id: string; readonly secret: string }> {
  const secret = newSecret();
  const id = `key_${randomUUID()}`;
  await db.apiKey.create({
    data: { id, name: wanted.name, role: wanted.role, hash: hashOf(secret), expiresAt: wanted.expiresAt ?? null },
  });
  return { id, secret };
}

export const keyEndpoints = [
  endpoint({
    method: 'get',
    path: '/v1/keys',
    id: 'listKeys',
    tag: 'Keys',
    summary: 'List API keys',
    permission: 'keys:manage',
    responses: {
      200: { description: 'All keys, without their secrets.', schema: z.object({ data: z.array(KeyBody) }) },
    },
    handle: async (_call, { db }) => {
      const rows = await db.apiKey.findMany({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], take: 1000 });
      return { status: 200, body: { data: rows.map(shown) } };
    },
  }),
  endpoint({
    method: 'post',
    path: '/v1/keys',
    id: 'createKey',
    tag: 'Keys',
    summary: 'Make an API key',
    description:
      'The secret is in this answer only. With an Idempotency-Key a repeated request answers without the secret.',
    permission: 'keys:manage',
    body: NewKey,
    responses: {
      201: { description: 'The key with its secret.', schema: KeyBody.extend({ secret: z.string().optional() }) },
    },
    handle: async ({ body }, { db }) => {
      const expiresAt = body.expiresAt === undefined ? undefined : new Date(body.expiresAt);
      if (expiresAt !== undefined && expiresAt.getTime() <= Date.now()) {
        throw new Problem(422, 'expiry_in_the_past', 'expiresAt lies in the past; choose a later time', {
          field: 'expiresAt',
        });
      }
      const { id, secret } = await createKey(db, {
        name: body.name,
        role: body.role,
        ...(expiresAt === undefined ? {} : { expiresAt }),
      });
      const row = await db.apiKey.findUniqueOrThrow({ where: { id } });
      return { status: 201, body: shown(row), once: { secret }, headers: { 'cache-control': 'no-store' } };
    },
  }),
  endpoint({
    method: 'delete',
    path: '/v1/keys/{id}',
    id: 'revokeKey',
    tag: 'Keys',
    summary: 'Revoke an API key',
    permission: 'keys:manage',
    params: z.object({ id: z.string().regex(/^key_[0-9a-f-]{36}$/, 'use the id of a key, as in key_…') }),
    responses: { 204: { description: 'Revoked; it was or is of no use any more.' } },
    problems: [404, 409],
    handle: async ({ params, caller }, { db }) => {
      if (params.id === caller.id) {
        throw new Problem(409, 'key_in_use', 'this is the key that you are using; revoke it with another admin key');
      }
      const row = await db.apiKey.findUnique({ where: { id: params.id } });
      if (row === null) throw new Problem(404, 'key_not_found', `there is no API key ${params.id}`);
      await db.apiKey.updateMany({ where: { id: params.id, revokedAt: null }, data: { revokedAt: new Date() } });
      return { status: 204 };
    },
  }),
];

function shown(row: {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
}) {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  };
}
