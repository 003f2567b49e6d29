import { z } from 'zod';
import { recallResolutions } from '../../domain/recall/attention.ts';
import type { RecallScope } from '../../domain/recall/scope.ts';
import { hazardClasses } from '../../domain/recall/terms.ts';
import { lostBy } from '../../domain/recall/widen.ts';
import type { RecallMessage } from '../../workflows/recall/messages.ts';
import type { Api } from '../api.ts';
import { type Endpoint, endpoint } from '../endpoint.ts';
import { LocalId, NoteText } from '../fields.ts';
import { RecallScopeBody, soundScope } from '../lots/scope.ts';
import { Problem } from '../problem.ts';
import { noteId } from '../returns/notes.ts';
import { RecallNumber } from './bodies.ts';
import { carryOut, commandResponses, recallNotFound } from './carry-out.ts';
import { overlapOf, refuseUnknownLots } from './scopes.ts';

const onRecall = {
  method: 'post',
  tag: 'Recalls',
  permission: 'recalls:run',
  problems: [404, 409, 422],
  responses: commandResponses,
  params: z.object({ number: RecallNumber }),
} as const;

/** A step that needs no more words than its name. */
const step = (
  name: string,
  id: string,
  summary: string,
  description: string,
  command: RecallMessage['command'],
): Endpoint =>
  endpoint({
    ...onRecall,
    path: `/v1/recalls/{number}/${name}`,
    id,
    summary,
    description,
    handle: async (call, api) => await carryOut(api, call, call.params.number, command),
  });

/** What coordinators do with a recall. */
export const recallCommands: readonly Endpoint[] = [
  endpoint({
    ...onRecall,
    path: '/v1/recalls/{number}/launch',
    id: 'launchRecall',
    summary: 'Launch a recall',
    description: 'Its goods are traced and held first; then consignees are written to, in waves.',
    handle: async (call, api) => {
      const { number } = call.params;
      const { mock, scope } = await newestScope(api, number);
      if (!mock) await refuseOverlap(api, number, scope);
      return await carryOut(api, call, number, { type: 'launch' });
    },
  }),
  step('pause', 'pauseRecall', 'Pause a recall', 'Within seconds nothing more is sent. What is held stays held.', {
    type: 'pause',
  }),
  step('resume', 'resumeRecall', 'Let a paused recall go on', 'Where it was.', { type: 'resume' }),
  endpoint({
    ...onRecall,
    path: '/v1/recalls/{number}/rate',
    id: 'changeRecallRate',
    summary: 'Change how many notices leave in a minute',
    body: z.strictObject({ perMinute: z.int().min(1).max(1_000_000) }).meta({ id: 'RecallRate' }),
    handle: async (call, api) =>
      await carryOut(api, call, call.params.number, { type: 'change_rate', perMinute: call.body.perMinute }),
  }),
  endpoint({
    ...onRecall,
    path: '/v1/recalls/{number}/class',
    id: 'setRecallClass',
    summary: 'Say which hazard class the authority assigned',
    description: 'Notices from then on say it, and reminders follow its times.',
    body: z.strictObject({ hazardClass: z.enum(hazardClasses) }).meta({ id: 'RecallClass' }),
    handle: async (call, api) =>
      await carryOut(api, call, call.params.number, { type: 'set_class', hazardClass: call.body.hazardClass }),
  }),
  endpoint({
    ...onRecall,
    path: '/v1/recalls/{number}/scope',
    id: 'widenRecall',
    summary: 'Widen the scope of a running recall',
    description:
      'The whole new scope, with all of the one before. New consignees are written to; those who have more affected goods now hear of it.',
    body: z.strictObject({ scope: RecallScopeBody }).meta({ id: 'WiderScope' }),
    handle: async (call, api) => {
      const { number } = call.params;
      const scope = soundScope(call.body.scope);
      await refuseUnknownLots(api, scope);
      const before = await newestScope(api, number);
      const lost = lostBy(before.scope, scope);
      if (lost !== null) {
        const why = `scope.${lost}: leaves out goods of the scope as it is; a running recall may only grow`;
        throw new Problem(422, 'scope_narrower', why, { field: `scope.${lost}` });
      }
      if (!before.mock) await refuseOverlap(api, number, scope);
      const scopeVersion = before.version + 1;
      return await withScope(api, number, scopeVersion, scope, () =>
        carryOut(api, call, number, { type: 'widen', scopeVersion }),
      );
    },
  }),
  step(
    'complete',
    'completeRecall',
    'Say that all was retrieved that can be',
    'Nobody is reminded any more. Not before everybody was written to.',
    { type: 'complete' },
  ),
  step(
    'terminate',
    'terminateRecall',
    'Say that the authority closed it',
    'After it was completed. What is held stays held.',
    { type: 'terminate' },
  ),
  step(
    'cancel',
    'cancelRecall',
    'Call a draft off',
    'Also what ran into another recall at its launch. What was launched can’t be called off: pause it, or complete it.',
    { type: 'cancel', note: null },
  ),
  endpoint({
    ...onRecall,
    path: '/v1/recalls/{number}/attention/{attention}/resolutions',
    id: 'resolveRecallAttention',
    summary: 'Resolve what waits for a person',
    permission: 'attention:resolve',
    params: z.object({ number: RecallNumber, attention: LocalId }),
    body: z.strictObject({ resolution: z.enum(recallResolutions), note: NoteText }).meta({ id: 'RecallResolution' }),
    handle: async (call, api) => {
      const { number, attention } = call.params;
      const { resolution, note: text } = call.body;
      const note = noteId(call.commandId);
      return await carryOut(api, call, number, { type: 'resolve', attention, resolution, note }, [{ id: note, text }]);
    },
  }),
];

type Stored = { readonly mock: boolean; readonly version: number; readonly scope: RecallScope };

async function newestScope({ db }: Api, number: string): Promise<Stored> {
  const recall = await db.recall.findUnique({ where: { number }, select: { mock: true, scopeVersion: true } });
  const row =
    recall &&
    (await db.recallScope.findUnique({ where: { recall_version: { recall: number, version: recall.scopeVersion } } }));
  if (!recall || !row) throw recallNotFound(number);
  return { mock: recall.mock, version: recall.scopeVersion, scope: RecallScopeBody.parse(row.scope) };
}

async function refuseOverlap(api: Api, number: string, scope: RecallScope): Promise<void> {
  const other = await overlapOf(api, scope, number);
  if (other === null) return;
  throw new Problem(
    409,
    'scope_overlaps',
    `recall ${other} holds goods of this scope already; a lot is in one recall`,
    {
      field: 'scope',
    },
  );
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
    throw new Problem(409, 'scope_not_newer', 'somebody else widens this recall; look at it and send yours again');
  try {
    return await work();
  } catch (error) {
    if (error instanceof Problem && error.status < 500) await db.recallScope.deleteMany({ where: { recall, version } });
    throw error;
  }
}
