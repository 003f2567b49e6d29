import { z } from 'zod';
import { conditions } from '../../domain/goods/grading.ts';
import type { Seen } from '../../domain/return/findings.ts';

export const Facts = z
  .strictObject({
    packaging: z.enum(conditions.packaging),
    cosmetic: z.enum(conditions.cosmetic),
    function: z.enum(conditions.function),
    completeness: z.enum(conditions.completeness),
    expiry: z.enum(conditions.expiry),
    contamination: z.enum(conditions.contamination),
  })
  .meta({ id: 'ConditionFacts' });

const Answers = z
  .record(z.string().max(60), z.string().max(60))
  .meta({ description: 'An answer for each of the item’s questions, in place of facts.' });

/** What was seen, told by facts or by answers. */
export const seenFields = { facts: Facts.exactOptional(), answers: Answers.exactOptional() };

/** Reads the one of the two; refuses neither and both. */
export function readSeen(
  facts: z.infer<typeof Facts> | undefined,
  answers: z.infer<typeof Answers> | undefined,
  context: z.RefinementCtx,
): Seen {
  if (facts !== undefined && answers === undefined) return { facts };
  if (answers !== undefined && facts === undefined) return { answers };
  context.addIssue({ code: 'custom', message: 'say what was seen by facts or by answers, one of the two' });
  return z.NEVER;
}
