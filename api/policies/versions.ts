import { z } from 'zod';
import { policyChanges } from '../../domain/policy/changes.ts';
import type { PrismaClient } from '../../prisma/generated/client.ts';
import { endpoint } from '../endpoint.ts';
import { Problem } from '../problem.ts';
import { PolicyDocument, PolicyId } from './document.ts';
import { draftOf } from './draft-row.ts';

const VersionBody = z
  .object({
    policy: z.string(),
    version: z.int(),
    program: z.string(),
    effectiveFrom: z.iso.datetime(),
    publishedAt: z.iso.datetime(),
    publishedBy: z.string().nullable().meta({ description: 'The id of a key; null for what was installed.' }),
    standing: z
      .enum(['in_force', 'scheduled', 'superseded'])
      .meta({ description: 'For sales made now. A sale keeps the version that was in force when it was made.' }),
  })
  .meta({ id: 'PolicyVersion' });

const Version = z.coerce.number('use the number of a version').int().positive().max(1_000_000);

const most = 500;

export const listPolicies = endpoint({
  method: 'get',
  path: '/v1/policies',
  id: 'listPolicies',
  tag: 'Policies',
  summary: 'List the versions of all policies',
  description: `Newest first, the newest ${most}.`,
  permission: 'policies:read',
  responses: { 200: { description: 'The versions.', schema: z.object({ data: z.array(VersionBody) }) } },
  handle: async (_call, { db }) => {
    const now = new Date();
    const rows = await db.policy.findMany({
      omit: { document: true },
      orderBy: [{ effectiveFrom: 'desc' }, { version: 'desc' }, { id: 'asc' }],
      take: most,
    });
    const inForce = new Map<string, (typeof rows)[number]>();
    for (const row of rows) {
      if (row.effectiveFrom <= now && !inForce.has(row.program)) inForce.set(row.program, row);
    }
    const data = rows.map(
      (row): z.infer<typeof VersionBody> => ({
        policy: row.id,
        version: row.version,
        program: row.program,
        effectiveFrom: row.effectiveFrom.toISOString(),
        publishedAt: row.createdAt.toISOString(),
        publishedBy: row.publishedBy,
        standing: row.effectiveFrom > now ? 'scheduled' : inForce.get(row.program) === row ? 'in_force' : 'superseded',
      }),
    );
    return { status: 200, body: { data } };
  },
});

export const getPolicy = endpoint({
  method: 'get',
  path: '/v1/policies/{policy}/versions/{version}',
  id: 'getPolicy',
  tag: 'Policies',
  summary: 'One version of a policy, with all its rules',
  permission: 'policies:read',
  params: z.object({ policy: PolicyId, version: Version }),
  responses: { 200: { description: 'The document.', schema: PolicyDocument } },
  problems: [404],
  handle: async ({ params }, { db }) => ({ status: 200, body: await versionOf(db, params.policy, params.version) }),
});

export const comparePolicies = endpoint({
  method: 'get',
  path: '/v1/policies/{policy}/changes',
  id: 'comparePolicies',
  tag: 'Policies',
  summary: 'What differs between two versions, or a version and the draft',
  permission: 'policies:read',
  params: z.object({ policy: PolicyId }),
  query: z.object({ from: Version, to: z.union([z.literal('draft'), Version]) }),
  responses: {
    200: {
      description: 'Each rule that differs, by its path into the document.',
      schema: z.object({
        data: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })),
      }),
    },
  },
  problems: [404],
  handle: async ({ params, query }, { db }) => {
    const before = await versionOf(db, params.policy, query.from);
    const after =
      query.to === 'draft'
        ? { ...(await draftOf(db, params.policy)).rules, id: params.policy, version: 0 }
        : await versionOf(db, params.policy, query.to);
    return { status: 200, body: { data: policyChanges(before, after) } };
  },
});

/** The newest version of a policy, in force or not; null where it has none yet. */
export function latestOf(db: Pick<PrismaClient, 'policy'>, policy: string) {
  return db.policy.findFirst({
    where: { id: policy },
    orderBy: { version: 'desc' },
    select: { version: true, program: true, effectiveFrom: true },
  });
}

/** @throws {Problem} 404 `policy_version_not_found` */
async function versionOf(db: Pick<PrismaClient, 'policy'>, policy: string, version: number) {
  const row = await db.policy.findUnique({ where: { id_version: { id: policy, version } } });
  if (row !== null) return PolicyDocument.parse(row.document);
  throw new Problem(404, 'policy_version_not_found', `there is no version ${version} of a policy ${policy}`);
}
