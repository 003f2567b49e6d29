import { z } from 'zod';
import type { RecallScope } from '../../domain/recall/scope.ts';
import { lostBy } from '../../domain/recall/widen.ts';
import type { Api } from '../api.ts';
import { endpoint } from '../endpoint.ts';
import { RecallScopeBody, soundScope } from '../lots/scope.ts';
import { Problem } from '../problem.ts';
import { RecallNumber } from './bodies.ts';
import { carryOut, commandResponses } from './carry-out.ts';
import { newestScope, refuseOverlap, refuseUnknownLots } from './scopes.ts';

export const getRecallScope = endpoint({
  method: 'get',
  path: '/v1/recalls/{number}/scope',
  id: 'getRecallScope',
  tag: 'Recalls',
  summary: 'The newest scope of a recall',
  permission: 'recalls:read',
  params: z.object({ number: RecallNumber }),
  responses: {
    200: {
      description: 'The scope, with its version.',
      schema: z.object({ version: z.int(), scope: RecallScopeBody }).meta({ id: 'VersionedRecallScope' }),
    },
  },
  problems: [404],
  handle: async ({ params: { number } }, api) => {
    const { version, scope } = await newestScope(api, number);
    return { status: 200, body: { version, scope } };
  },
});

export const changeScope = endpoint({
  method: 'post',
  path: '/v1/recalls/{number}/scope',
  id: 'widenRecall',
  tag: 'Recalls',
  summary: 'Revise a draft’s scope, or widen that of a running recall',
  description:
    'The whole new scope. Of a draft it may be any other; of a running recall it has all of the one before: new consignees are written to, ' +
    'and those who have more affected goods now hear of it.',
  permission: 'recalls:run',
  params: z.object({ number: RecallNumber }),
  body: z.strictObject({ scope: RecallScopeBody }).meta({ id: 'WiderScope' }),
  problems: [404, 409, 422],
  responses: commandResponses,
  handle: async (call, api) => {
    const { number } = call.params;
    const scope = soundScope(call.body.scope);
    await refuseUnknownLots(api, scope);
    const before = await newestScope(api, number);
    const scopeVersion = before.version + 1;
    const isDraft = before.status === 'drafted';
    if (!isDraft) await refuseNarrower(api, number, before, scope);
    return await withScope(api, number, scopeVersion, scope, () =>
      carryOut(api, call, number, { type: isDraft ? 'revise' : 'widen', scopeVersion }),
    );
  },
});

async function refuseNarrower(
  api: Api,
  number: string,
  before: { readonly mock: boolean; readonly scope: RecallScope },
  scope: RecallScope,
): Promise<void> {
  const lost = lostBy(before.scope, scope);
  if (lost !== null) {
    const why = `scope.${lost}: leaves out goods of the scope as it is; a running recall may only grow`;
    throw new Problem(422, 'scope_narrower', why, { field: `scope.${lost}` });
  }
  if (!before.mock) await refuseOverlap(api, number, scope);
}

/** Keeps a scope for a command that names its version, and takes it back where the command is refused. */
async function withScope<T>(
  { db }: Api,
  recall: string,
  version: number,
  scope: RecallScope,
  work: () => Promise<T>,
): Promise<T> {
  const { count } = await db.recallScope.createMany({
    data: [{ recall, version, scope }],
    skipDuplicates: true,
  });
  if (count === 0)
    throw new Problem(409, 'scope_not_newer', 'somebody else changes this scope; look at it and send yours again');
  try {
    return await work();
  } catch (error) {
    if (error instanceof Problem && error.status < 500) await db.recallScope.deleteMany({ where: { recall, version } });
    throw error;
  }
}
