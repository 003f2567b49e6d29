import { z } from 'zod';
import { conditions } from '../../domain/goods/grading.ts';
import { PlainText } from '../fields.ts';
import { AmountByCurrency, Category } from './fields.ts';

const Name = z.string().regex(/^[a-z][a-z0-9_]{0,59}$/, 'use small letters, digits and underscores, as in is_sealed');

const SomeFacts = z.strictObject({
  packaging: z.enum(conditions.packaging).exactOptional(),
  cosmetic: z.enum(conditions.cosmetic).exactOptional(),
  function: z.enum(conditions.function).exactOptional(),
  completeness: z.enum(conditions.completeness).exactOptional(),
  expiry: z.enum(conditions.expiry).exactOptional(),
  contamination: z.enum(conditions.contamination).exactOptional(),
});

export const InspectionQuestion = z
  .strictObject({
    question: Name,
    text: PlainText.min(1).max(200),
    answers: z
      .array(z.strictObject({ answer: Name, text: PlainText.min(1).max(120), facts: SomeFacts }))
      .min(1)
      .max(12)
      .meta({ description: 'Each says what it tells of the goods.' }),
  })
  .meta({ id: 'InspectionQuestion' });

const QuestionSet = z
  .strictObject({
    categories: z.array(Category).max(500).meta({ description: 'Empty: for all that no other set names.' }),
    questions: z.array(InspectionQuestion).min(1).max(12),
    assumes: SomeFacts.meta({ description: 'Facts that nobody is asked for.' }),
  })
  .meta({ id: 'QuestionSet' });

/** How goods are looked at, as policies hold it. */
export const Inspection = z.strictObject({
  questionSets: z.array(QuestionSet).max(100),
  twoPeopleAbove: AmountByCurrency,
});

/** The same as a rule may set it. */
export const SomeInspection = z.strictObject({
  questionSets: Inspection.shape.questionSets.exactOptional(),
  twoPeopleAbove: Inspection.shape.twoPeopleAbove.exactOptional(),
});
