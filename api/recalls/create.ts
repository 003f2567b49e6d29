import { createHash } from 'node:crypto';
import { z } from 'zod';
import { noticeLanguages } from '../../domain/recall/notices.ts';
import { makeRecallNumber } from '../../domain/recall/number.ts';
import type { RecallScope } from '../../domain/recall/scope.ts';
import {
  defaultStrategy,
  depths,
  effectivenessLevels,
  hazardClasses,
  reachedBy,
  recallKinds,
} from '../../domain/recall/terms.ts';
import { lastingAttributes } from '../../workflows/recall/attributes.ts';
import type { Api } from '../api.ts';
import { endpoint } from '../endpoint.ts';
import { Duration } from '../executions/start.ts';
import { PlainText } from '../fields.ts';
import { RecallScopeBody, soundScope } from '../lots/scope.ts';
import { Problem } from '../problem.ts';
import { startProcess } from '../telling.ts';
import { RecallAcceptedBody, RecallBody } from './bodies.ts';
import { accepted, recallTarget } from './carry-out.ts';
import { findRecall } from './read.ts';
import { previewOf, refuseUnknownLots } from './scopes.ts';

const Schedule = z.strictObject({ reminders: z.array(Duration).max(10).readonly(), escalation: Duration });
const Words = PlainText.min(1).max(2_000);

const Draft = z
  .strictObject({
    kind: z.enum(recallKinds).default('recall'),
    hazardClass: z.enum(hazardClasses).nullable().default(null).meta({
      description: 'Null until the authority assigns it: it may come later.',
    }),
    depth: z
      .enum(depths)
      .meta({ description: 'How far down the chain it reaches; shoppers hear at `consumer` alone.' }),
    mandated: z.boolean().default(false),
    mock: z.boolean().default(false).meta({ description: 'A drill: the same steps, but nothing is sent or held.' }),
    scope: RecallScopeBody,
    texts: z
      .array(
        z.strictObject({
          language: z.enum(noticeLanguages),
          product: Words.max(200).meta({ description: 'What the goods are, as their users know them.' }),
          reason: Words.meta({ description: 'Why, and the hazard.' }),
          instructions: Words.meta({ description: 'What to do with the goods.' }),
          contact: Words.max(500).meta({ description: 'How to answer: a phone number, an address.' }),
        }),
      )
      .min(1)
      .max(noticeLanguages.length)
      .meta({
        description:
          'The words of the notices; who reads no language that is here gets the first of en, de, fr that is.',
      }),
    effectiveness: z.enum(effectivenessLevels).default(defaultStrategy.effectiveness),
    schedules: z
      .strictObject({ I: Schedule, II: Schedule, III: Schedule, unclassified: Schedule })
      .default(defaultStrategy.schedules)
      .meta({ description: 'When who doesn’t answer hears again, by class, each from the first notice.' }),
    perMinute: z.int().min(1).max(1_000_000).default(defaultStrategy.perMinute),
    window: z.int().min(1).max(100).default(defaultStrategy.window),
    waveSize: z.int().min(1).max(1_000).default(defaultStrategy.waveSize),
    dryRun: z.boolean().default(false).meta({ description: 'Only say what a launch would find.' }),
  })
  .refine(({ texts }) => new Set(texts.map(({ language }) => language)).size === texts.length, {
    error: 'one text a language',
    path: ['texts'],
  })
  .meta({ id: 'RecallDraft' });

const PreviewBody = z
  .object({
    lots: z.int(),
    consignees: z.int().meta({ description: 'Who would be written to.' }),
    facilities: z.int(),
    shippedUnits: z.int(),
    heldUnits: z.int(),
    possibleUnits: z.int().meta({ description: 'May be of the scope; nobody can tell, as the lot isn’t known.' }),
    waves: z.int(),
    overlaps: z.string().nullable().meta({ description: 'Another recall that holds some of the goods.' }),
  })
  .meta({ id: 'RecallPreview' });

/** Drafts a recall: nothing is held or sent before it is launched. */
export const createRecall = endpoint({
  method: 'post',
  path: '/v1/recalls',
  id: 'createRecall',
  tag: 'Recalls',
  summary: 'Draft a recall',
  description:
    'Nothing is held and nobody written to before it is launched. With `dryRun`: says what a launch would find, and stores nothing.',
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
      const scope = soundScope(body.scope);
      await refuseUnknownLots(api, scope);
      const preview = await previewOf(api, scope, reachedBy[body.depth]);
      if (preview.shippedUnits + preview.heldUnits + preview.possibleUnits + preview.lots === 0) {
        throw new Problem(
          422,
          'scope_finds_nothing',
          'no goods of this scope were ever booked here; look at its codes',
          {
            field: 'scope',
          },
        );
      }
      if (body.dryRun)
        return { status: 200, body: { ...preview, waves: Math.ceil(preview.consignees / body.waveSize) } };
      await keep(api, number, scope, body.texts);
      const { kind, hazardClass, depth, mandated, mock, effectiveness, schedules, perMinute, window, waveSize } = body;
      const strategy = { effectiveness, schedules, perMinute, window, waveSize };
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

type Texts = z.infer<typeof Draft>['texts'];

/** The scope and the words lie there before the process begins; a request that is sent again finds its own. */
async function keep({ db }: Api, recall: string, scope: RecallScope, texts: Texts): Promise<void> {
  await db.recallScope.createMany({
    data: [{ recall, version: 1, scope }],
    skipDuplicates: true,
  });
  await db.recallText.createMany({ data: texts.map((text) => ({ recall, ...text })), skipDuplicates: true });
}
