import { z } from 'zod';
import type { PrismaClient } from '../../prisma/generated/client.ts';
import { endpoint } from '../endpoint.ts';
import { Problem } from '../problem.ts';
import { PolicyId, PolicyRules } from './document.ts';
import { type Draft, draftOf, faultsOf, OverruledBody, overruledIn } from './draft-row.ts';
import { latestOf } from './versions.ts';

const DraftBody = z
  .object({
    policy: z.string(),
    basedOn: z.int().nullable().meta({ description: 'The version that the draft was begun from.' }),
    revision: z.int().meta({ description: 'Send it with the next saving, and with the publication.' }),
    updatedAt: z.iso.datetime(),
    updatedBy: z.string(),
    rules: PolicyRules,
    faults: z
      .array(z.object({ field: z.string(), code: z.string(), detail: z.string() }))
      .meta({ description: 'What makes no sense yet; while there is any, the draft can’t be published.' }),
    overruled: z
      .array(OverruledBody)
      .meta({ description: 'What the law of some countries goes over; it may be published all the same.' }),
  })
  .meta({ id: 'PolicyDraft' });

const Revision = z.int().min(0).max(1_000_000_000);

const params = z.object({ policy: PolicyId });

export const getDraft = endpoint({
  method: 'get',
  path: '/v1/policies/{policy}/draft',
  id: 'getPolicyDraft',
  tag: 'Policies',
  summary: 'The draft of a policy, with what is wrong with it',
  permission: 'policies:read',
  params,
  responses: { 200: { description: 'The draft.', schema: DraftBody } },
  problems: [404],
  handle: async (call, { db }) => ({ status: 200, body: shown(await draftOf(db, call.params.policy)) }),
});

export const saveDraft = endpoint({
  method: 'post',
  path: '/v1/policies/{policy}/draft',
  id: 'savePolicyDraft',
  tag: 'Policies',
  summary: 'Begin or change the draft of a policy',
  description:
    'All rules, each time. Rules of a wrong form are refused; rules that make no sense are kept and named, so that work can go on later.',
  permission: 'policies:draft',
  params,
  body: z
    .strictObject({
      revision: Revision.meta({ description: 'That of the draft which is replaced; 0 where there is none yet.' }),
      rules: PolicyRules.extend({ id: PolicyId.exactOptional(), version: z.int().positive().exactOptional() }).meta({
        id: 'PolicyRulesToSave',
        description: 'All rules; or a version as it is shown, whose id is this policy’s.',
      }),
    })
    .meta({ id: 'PolicyDraftToSave' }),
  responses: { 200: { description: 'The draft as it is now.', schema: DraftBody } },
  problems: [409, 422],
  handle: async ({ params: { policy }, body, caller }, { db }) => {
    const { revision } = body;
    const { id = policy, version: _, ...rules } = body.rules;
    if (id !== policy) {
      const detail = `these are the rules of ${id}, not of ${policy}; leave id out where they are to be those of another`;
      throw new Problem(422, 'policy_differs', detail, { field: 'rules.id' });
    }
    const latest = await latestOf(db, policy);
    if (latest !== null && latest.program !== rules.program) {
      throw new Problem(
        422,
        'policy_program_fixed',
        `${policy} is about ${latest.program} returns; that can't change`,
        {
          field: 'rules.program',
        },
      );
    }
    await store(db, { policy, rules, revision, basedOn: latest?.version ?? null, by: caller.id });
    return { status: 200, body: shown(await draftOf(db, policy)) };
  },
});

export const discardDraft = endpoint({
  method: 'delete',
  path: '/v1/policies/{policy}/draft',
  id: 'discardPolicyDraft',
  tag: 'Policies',
  summary: 'Discard the draft of a policy',
  permission: 'policies:draft',
  params,
  responses: { 204: { description: 'There is no draft now.' } },
  handle: async (call, { db }) => {
    await db.policyDraft.deleteMany({ where: { policy: call.params.policy } });
    return { status: 204 };
  },
});

type Wanted = Pick<Draft, 'policy' | 'rules' | 'revision' | 'basedOn'> & { readonly by: string };

/** The first saving makes the draft, any later one replaces the revision that its sender has seen. */
async function store(db: PrismaClient, { policy, rules, revision, basedOn, by }: Wanted): Promise<void> {
  const { program } = rules;
  const content = { document: { ...rules, id: policy }, program, updatedBy: by, updatedAt: new Date() };
  const changed =
    revision === 0
      ? await db.policyDraft.createMany({
          data: [{ policy, basedOn, revision: 1, ...content }],
          skipDuplicates: true,
        })
      : await db.policyDraft.updateMany({
          where: { policy, revision },
          data: { revision: revision + 1, ...content },
        });
  if (changed.count === 1) return;
  throw new Problem(
    409,
    'policy_draft_changed',
    `somebody else has changed the draft of ${policy} since; read it again and put your changes into that`,
    { field: 'revision' },
  );
}

function shown(draft: Draft): z.infer<typeof DraftBody> {
  return {
    ...draft,
    updatedAt: draft.updatedAt.toISOString(),
    faults: [...faultsOf(draft)],
    overruled: overruledIn(draft.rules),
  };
}
