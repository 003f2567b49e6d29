import type { ConditionFacts } from '../../domain/goods/grading.ts';
import type { GivenAnswers } from '../../domain/goods/inspection.ts';
import { factsOf } from '../../domain/goods/inspection.ts';
import type { Seen } from '../../domain/return/findings.ts';
import type { Api } from '../api.ts';
import { Problem } from '../problem.ts';
import { questionSetOf } from '../returns/questions.ts';

/**
 * What was seen at the bench, as facts: where it was told by answers, those of the questions that the item's return asks.
 * @throws {Problem} 404 where there is no such item, 422 where the answers can't be read
 */
export async function factsSeen(
  api: Api,
  seen: Seen,
  { rma, item }: { readonly rma: string; readonly item: string },
): Promise<{ readonly facts: ConditionFacts; readonly answers?: GivenAnswers }> {
  if ('facts' in seen) return seen;
  const { answers } = seen;
  const read = factsOf((await questionSetOf(api, rma, item)).set, answers);
  if ('facts' in read) return { facts: read.facts, answers };
  const { code, question } = read.fault;
  throw new Problem(422, code, `${question}: ${code.replaceAll('_', ' ')}`, { field: `answers.${question}` });
}
