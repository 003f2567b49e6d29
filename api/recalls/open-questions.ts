import type { Proposal } from '../../domain/recall/code-info/reading.ts';
import { contradiction, questionResolutions, stateAfter } from '../../domain/recall/questions.ts';
import type { RecallScope } from '../../domain/recall/scope.ts';
import type { RecallQuestion } from '../../prisma/generated/client.ts';
import type { Api } from '../api.ts';
import { type FieldError, Problem } from '../problem.ts';

/** What is wrong with an answer, after the question's words. */
export const contradictions: Readonly<Record<NonNullable<ReturnType<typeof contradiction>>, string>> = {
  nothing_proposed: 'proposes nothing that could be confirmed: answer or dismiss it',
  not_in_scope: 'is not in the scope: put it there first (POST …/scope), or say why not with dismiss or answer',
  still_in_scope: 'is in the scope: take it out first (POST …/scope)',
};

/**
 * Refuses to launch a draft whose record still asks, or was answered otherwise than the scope is now.
 * @throws {Problem} 409 `questions_open`, which names each question
 */
export async function refuseOpenQuestions({ db }: Pick<Api, 'db'>, number: string, scope: RecallScope): Promise<void> {
  const rows = await db.recallQuestion.findMany({ where: { recall: number }, orderBy: { question: 'asc' } });
  const errors = rows.flatMap((row): FieldError[] => {
    const { question, text } = row;
    const resolution = questionResolutions.find((each) => stateAfter[each] === row.state);
    const field = `questions[${question}]`;
    if (resolution === undefined)
      return [{ field, code: row.code, detail: `question ${question} («${text}») is open` }];
    const code = contradiction({ proposal: proposalOf(row) }, resolution, scope);
    return code === null ? [] : [{ field, code, detail: `question ${question} («${text}») ${contradictions[code]}` }];
  });
  if (errors.length === 0) return;
  const named = errors.slice(0, 5).map(({ detail }) => detail);
  const more = errors.length > named.length ? ` and ${errors.length - named.length} more` : '';
  const why = `${named.join('; ')}${more}: settle them first (POST …/questions/resolutions)`;
  throw new Problem(409, 'questions_open', why, { errors });
}

/** What was written by us, so it is one. */
export const proposalOf = ({ proposal }: Pick<RecallQuestion, 'proposal'>): Proposal | null =>
  proposal as Proposal | null;
