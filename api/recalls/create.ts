import { createHash } from 'node:crypto';
import { z } from 'zod';
import { makeRecallNumber } from '../../domain/recall/number.ts';
import type { RecallScope } from '../../domain/recall/scope.ts';
import { reachedBy } from '../../domain/recall/terms.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import { lastingAttributes } from '../../workflows/recall/attributes.ts';
import type { Api } from '../api.ts';
import { endpoint } from '../endpoint.ts';
import { RecallScopeBody, soundScope } from '../lots/scope.ts';
import { Problem } from '../problem.ts';
import { startProcess } from '../telling.ts';
import { RecallAcceptedBody, RecallBody } from './bodies.ts';
import { accepted, recallTarget } from './carry-out.ts';
import { Draft } from './draft.ts';
import { type NumberedQuestion, type RecordRead, readRecord } from './from-record.ts';
import { FoundBody, type Preview, previewOf, previewOut } from './preview.ts';
import { ProposedQuestionBody, proposedQuestion } from './questions.ts';
import { findRecall } from './read.ts';
import { refuseUnknownLots } from './scopes.ts';

const PreviewBody = FoundBody.extend({
  waves: z.int(),
  scope: RecallScopeBody.meta({ description: 'What it was told of.' }),
  questions: z
    .array(ProposedQuestionBody)
    .meta({ description: 'What the record leaves to ask; empty where there is none.' }),
}).meta({ id: 'RecallPreview' });

/** Drafts a recall: nothing is held or sent before it is launched. */
export const createRecall = endpoint({
  method: 'post',
  path: '/v1/recalls',
  id: 'createRecall',
  tag: 'Recalls',
  summary: 'Draft a recall',
  description:
    'Nothing is held and nobody written to before it is launched. With `dryRun`: says what a launch would find, and stores nothing. ' +
    'With `record`, an enforcement report in openFDA’s shape: its texts are read into a scope and into questions.',
  permission: 'recalls:run',
  body: Draft,
  responses: {
    200: { description: 'What a launch would find now.', schema: PreviewBody },
    201: { description: 'It was drafted.', schema: RecallBody },
    202: { description: 'It was taken, and is drafted as soon as a worker is there.', schema: RecallAcceptedBody },
  },
  problems: [422],
  handle: async ({ body, commandId, caller }, api) => {
    const number = makeRecallNumber(createHash('sha256').update(`recall\n${commandId}`).digest());
    if ((await findRecall(api, number)) === null) {
      const read = body.record === undefined ? null : await readRecord(api, body.record, body.skus ?? null);
      const scope = await scopeOf(api, body.scope, read);
      const preview = await previewOf(api, scope, reachedBy[body.depth]);
      if (scope.lines.length > 0) refuseNothing(preview);
      if (body.dryRun) {
        const questions = (read?.questions ?? []).map(proposedQuestion);
        const waves = Math.ceil(preview.consignees / body.waveSize);
        return { status: 200, body: { ...previewOut(preview), waves, scope, questions } };
      }
      await keep(api, number, scope, body, read?.questions ?? []);
      const { kind, depth, mock, effectiveness, checkShare, schedules, confirmWithin, perMinute, window, waveSize } =
        body;
      const strategy = { effectiveness, checkShare, schedules, confirmWithin, perMinute, window, waveSize };
      const { hazardClass = read?.read.hazardClass ?? null, mandated = read?.read.initiative === 'mandated' } = body;
      const request = { kind, hazardClass, depth, mandated, mock, strategy };
      const target = recallTarget(number, { commandId, by: caller.id, request });
      const sent = await startProcess(api.processes, target, request, lastingAttributes(number));
      if (sent.type === 'accepted') return accepted(number, commandId);
    }
    const made = await findRecall(api, number);
    if (made === null) return accepted(number, commandId);
    return { status: 201, body: made, headers: { location: `/v1/recalls/${number}` } };
  },
});

/** The scope as the coordinator says it, else as the record proposes it: that may be empty until the draft's is revised. */
async function scopeOf(api: Api, said: RecallScope | undefined, read: RecordRead | null): Promise<RecallScope> {
  if (said === undefined && read !== null) return read.scope;
  const scope = soundScope(said ?? { lines: [] });
  await refuseUnknownLots(api, scope);
  return scope;
}

function refuseNothing({ shippedUnits, heldUnits, possibleUnits, lots }: Preview): void {
  if (shippedUnits + heldUnits + possibleUnits + lots > 0) return;
  const why = 'no goods of this scope were ever booked here; look at its codes';
  throw new Problem(422, 'scope_finds_nothing', why, { field: 'scope' });
}

/** The scope, the words and the record lie there before the process begins; a request that is sent again finds its own. */
async function keep(
  { db }: Api,
  recall: string,
  scope: RecallScope,
  { texts, record }: z.infer<typeof Draft>,
  questions: readonly NumberedQuestion[],
): Promise<void> {
  await db.recallScope.createMany({ data: [{ recall, version: 1, scope }], skipDuplicates: true });
  await db.recallText.createMany({ data: texts.map((text) => ({ recall, ...text })), skipDuplicates: true });
  if (record === undefined) return;
  await db.recallRecord.createMany({ data: [{ recall, record }], skipDuplicates: true });
  await db.recallQuestion.createMany({
    data: questions.map(({ span, proposal, ...question }) => ({
      ...question,
      ...span,
      recall,
      proposal: proposal ?? Prisma.DbNull,
    })),
    skipDuplicates: true,
  });
}
