import { z } from 'zod';
import { noticeLanguages } from '../../domain/recall/notices.ts';
import {
  defaultConfirmWithin,
  defaultStrategy,
  depths,
  effectivenessLevels,
  hazardClasses,
  recallKinds,
} from '../../domain/recall/terms.ts';
import { milliseconds } from '../../domain/time/duration.ts';
import { Duration } from '../executions/start.ts';
import { OutsideCode, PlainText } from '../fields.ts';
import { RecallScopeBody } from '../lots/scope.ts';
import { CheckShare } from './checks/share.ts';
import { EnforcementRecord } from './record.ts';

const Schedule = z.strictObject({ reminders: z.array(Duration).max(10).readonly(), escalation: Duration });
const Within = Duration.refine((duration) => milliseconds(duration) > 0, 'is no time at all');
const Words = PlainText.min(1).max(2_000);

/** What a coordinator says of a new recall. */
export const Draft = z
  .strictObject({
    kind: z.enum(recallKinds).default('recall'),
    hazardClass: z.enum(hazardClasses).nullable().optional().meta({
      description: 'Null until the authority assigns it: it may come later. Where it isn’t said, that of the record.',
    }),
    depth: z
      .enum(depths)
      .meta({ description: 'How far down the chain it reaches; shoppers hear at `consumer` alone.' }),
    mandated: z
      .boolean()
      .optional()
      .meta({ description: 'An authority ordered it. Where it isn’t said, as the record has it.' }),
    mock: z.boolean().default(false).meta({ description: 'A drill: the same steps, but nothing is sent or held.' }),
    scope: RecallScopeBody.optional().meta({
      description: 'May be left out where there is a record: then what that proposes.',
    }),
    record: EnforcementRecord.optional().meta({
      description:
        'Whatever its texts say of the scope is proposed or asked, each as a question of the draft (GET …/questions). The launch ' +
        'waits until all are settled.',
    }),
    skus: z
      .array(OutsideCode)
      .min(1)
      .max(100)
      .optional()
      .meta({ description: 'Which of our products the record is about; else those with its GTINs and item numbers.' }),
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
    checkShare: CheckShare,
    schedules: z
      .strictObject({ I: Schedule, II: Schedule, III: Schedule, unclassified: Schedule })
      .default(defaultStrategy.schedules)
      .meta({ description: 'When who doesn’t answer hears again, by class, each from the first notice.' }),
    confirmWithin: z
      .strictObject({ I: Within, II: Within, III: Within, unclassified: Within })
      .default(defaultConfirmWithin)
      .meta({
        description: 'How long each of our facilities has to find what is stopped there and set it aside, by class.',
      }),
    perMinute: z.int().min(1).max(1_000_000).default(defaultStrategy.perMinute),
    window: z.int().min(1).max(100).default(defaultStrategy.window),
    waveSize: z.int().min(1).max(1_000).default(defaultStrategy.waveSize),
    dryRun: z.boolean().default(false).meta({ description: 'Only say what a launch would find.' }),
  })
  .refine(({ texts }) => new Set(texts.map(({ language }) => language)).size === texts.length, {
    error: 'one text a language',
    path: ['texts'],
  })
  .refine(({ effectiveness, checkShare }) => (effectiveness === 'B') === (checkShare !== null), {
    error: 'level B has a share, and no other level',
    path: ['checkShare'],
  })
  .refine(({ scope, record }) => scope !== undefined || record !== undefined, {
    error: 'say what is recalled, or give the record that does',
    path: ['scope'],
  })
  .refine(({ record, skus }) => record !== undefined || skus === undefined, {
    error: 'names the products of a record, and there is none',
    path: ['skus'],
  })
  .meta({ id: 'RecallDraft' });
