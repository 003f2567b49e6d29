import { z } from 'zod';
import { processOf } from '../../activities/journal/process.ts';
import { readTail } from '../../activities/journal/tail.ts';
import { type QuestionSet, questionsFor } from '../../domain/goods/inspection.ts';
import { rulesFor } from '../../domain/policy/rules-for.ts';
import { find } from '../../domain/return/find.ts';
import { fold } from '../../domain/return/fold.ts';
import { categoryOf } from '../../domain/return/item-category.ts';
import { initialState } from '../../domain/return/state.ts';
import { withClient } from '../../prisma/client.ts';
import type { Api } from '../api.ts';
import { endpoint } from '../endpoint.ts';
import { LocalId, Rma } from '../fields.ts';
import { InspectionQuestion } from '../policies/inspection.ts';
import { Problem } from '../problem.ts';
import { returnNotFound } from './carry-out.ts';

export const getQuestions = endpoint({
  method: 'get',
  path: '/v1/returns/{rma}/items/{item}/questions',
  id: 'getQuestions',
  tag: 'Returns',
  summary: 'What to look at in an item',
  description: 'By its category, under the policy of its sale. An inspection answers all of them, or tells the facts.',
  permission: 'returns:read',
  params: z.object({ rma: Rma, item: LocalId }),
  responses: {
    200: {
      description: 'The questions.',
      schema: z.object({ category: z.string().nullable(), questions: z.array(InspectionQuestion) }),
    },
  },
  problems: [404],
  handle: async ({ params }, api) => {
    const { category, set } = await questionSetOf(api, params.rma, params.item);
    return { status: 200, body: { category, questions: [...set.questions] } };
  },
});

/**
 * The questions of an item, by its category under the policy of its sale.
 * @throws {Problem} 404 where there is no such item
 */
export async function questionSetOf(
  api: Api,
  rma: string,
  id: string,
): Promise<{ readonly category: string | null; readonly set: QuestionSet }> {
  const { rows } = await withClient(api.pool, (client) => readTail(client, processOf(rma), 0));
  const state = fold(
    initialState,
    rows.flatMap(({ at, by, events }) => events.map((event) => ({ at, by, event }))),
  );
  if (state.phase === 'initial') throw returnNotFound(rma);
  const item = find(state.items, id);
  if (item === undefined) throw new Problem(404, 'unknown_item', `this return has no item ${id}`);
  const category = categoryOf(state, item);
  return { category, set: questionsFor(rulesFor(state.policy, category).inspection, category ?? '') };
}
