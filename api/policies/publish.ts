import { z } from 'zod';
import { Prisma, type PrismaClient } from '../../prisma/generated/client.ts';
import { endpoint } from '../endpoint.ts';
import { Problem } from '../problem.ts';
import { PolicyId } from './document.ts';
import { type Draft, draftOf, faultsOf, OverruledBody, overruledIn } from './draft-row.ts';
import { latestOf } from './versions.ts';

/** For clocks that differ, and the time that a click takes. */
const graceMs = 60_000;

export const publishPolicy = endpoint({
  method: 'post',
  path: '/v1/policies/{policy}/publish',
  id: 'publishPolicy',
  tag: 'Policies',
  summary: 'Publish the draft as the policy’s next version',
  description:
    'It is in force for sales made from then on; those made before keep the version that they were made under. A published version never changes.',
  permission: 'policies:publish',
  params: z.object({ policy: PolicyId }),
  body: z
    .strictObject({
      revision: z.int().positive().max(1_000_000_000).meta({ description: 'That of the draft which was looked at.' }),
      effectiveFrom: z.iso.datetime({ offset: true }).optional().meta({ description: 'Now, where absent.' }),
    })
    .meta({ id: 'PolicyPublication' }),
  responses: {
    201: {
      description: 'The new version.',
      schema: z.object({
        policy: z.string(),
        version: z.int(),
        effectiveFrom: z.iso.datetime(),
        overruled: z.array(OverruledBody).meta({ description: 'What of it the law of some countries goes over.' }),
      }),
    },
  },
  problems: [404, 409, 422],
  handle: async ({ params: { policy }, body, caller }, { db }) => {
    const now = new Date();
    const effectiveFrom = body.effectiveFrom === undefined ? now : new Date(body.effectiveFrom);
    if (effectiveFrom.getTime() < now.getTime() - graceMs) {
      throw new Problem(
        422,
        'effective_in_the_past',
        'effectiveFrom lies in the past, where sales were made under other rules; choose a later time',
        { field: 'effectiveFrom' },
      );
    }
    const { version, rules } = await publish(db, { policy, revision: body.revision, effectiveFrom, by: caller.id });
    return {
      status: 201,
      body: { policy, version, effectiveFrom: effectiveFrom.toISOString(), overruled: overruledIn(rules) },
    };
  },
});

type Publication = {
  readonly policy: string;
  readonly revision: number;
  readonly effectiveFrom: Date;
  readonly by: string;
};

/** The draft becomes a version and is gone, together. Of two who publish at once one is told. */
async function publish(
  db: PrismaClient,
  { policy, revision, effectiveFrom, by }: Publication,
): Promise<{ readonly version: number; readonly rules: Draft['rules'] }> {
  try {
    return await db.$transaction(async (tx) => {
      const draft = await draftOf(tx, policy);
      if (draft.revision !== revision) throw changed(policy);
      const faults = faultsOf(draft);
      if (faults.length > 0) {
        const [first] = faults;
        const detail = `${first?.field}: ${first?.detail}; the draft names all its faults`;
        throw new Problem(422, 'policy_makes_no_sense', detail, { field: first?.field, errors: faults });
      }
      const latest = await latestOf(tx, policy);
      if (latest !== null && latest.version !== draft.basedOn) {
        const detail = `version ${latest.version} was published since this draft was begun; discard it and begin from that`;
        throw new Problem(409, 'policy_draft_outdated', detail);
      }
      if (latest !== null && effectiveFrom < latest.effectiveFrom) {
        const from = latest.effectiveFrom.toISOString();
        const detail = `version ${latest.version} takes effect at ${from}; publish this one for that time or later`;
        throw new Problem(409, 'policy_scheduled_later', detail, { field: 'effectiveFrom' });
      }
      const version = (latest?.version ?? 0) + 1;
      const { rules } = draft;
      await tx.policy.create({
        data: {
          ...{ id: policy, version, program: rules.program, effectiveFrom, publishedBy: by },
          document: { ...rules, id: policy, version },
        },
      });
      const gone = await tx.policyDraft.deleteMany({ where: { policy, revision } });
      if (gone.count !== 1) throw changed(policy);
      return { version, rules };
    });
  } catch (error) {
    // The number was taken meanwhile.
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') throw changed(policy);
    throw error;
  }
}

const changed = (policy: string) =>
  new Problem(
    409,
    'policy_draft_changed',
    `the draft of ${policy} isn't the one that was looked at; read it again, then publish what you have read`,
    { field: 'revision' },
  );
