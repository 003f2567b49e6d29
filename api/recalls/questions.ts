import { z } from 'zod';
import {
  askedCodes,
  contradiction,
  type QuestionResolution,
  questionResolutions,
  questionStates,
  stateAfter,
} from '../../domain/recall/questions.ts';
import type { RecallScope } from '../../domain/recall/scope.ts';
import type { RecallQuestion } from '../../prisma/generated/client.ts';
import type { Api } from '../api.ts';
import { endpoint } from '../endpoint.ts';
import { NoteText } from '../fields.ts';
import { type FieldError, Problem } from '../problem.ts';
import { noteId, writeNotes } from '../returns/notes.ts';
import { RecallNumber } from './bodies.ts';
import type { NumberedQuestion } from './from-record.ts';
import { contradictions, proposalOf } from './open-questions.ts';
import { recordFields } from './record.ts';
import { newestScope } from './scopes.ts';

const asked = {
  question: z.int().meta({ description: 'Its number in the draft.' }),
  field: z.enum(Object.values(recordFields)).meta({ description: 'The text of the record that it is about.' }),
  start: z.int().meta({ description: 'Where in the text its words begin, in UTF-16 code units.' }),
  end: z.int().meta({ description: 'Where they end; not included.' }),
  text: z.string().meta({ description: 'The words themselves.' }),
  code: z.enum(askedCodes).meta({
    description: '`proposed`: something was read and is to be confirmed; else why nothing could be read.',
  }),
  proposal: z
    .record(z.string(), z.unknown())
    .nullable()
    .meta({ description: 'What was read; null where nothing could be.' }),
  known: z.boolean().nullable().meta({
    description: 'Of a lot: whether one of that code was ever booked here for the record’s products. Else null.',
  }),
};
export const ProposedQuestionBody = z.object(asked).meta({ id: 'ProposedRecallQuestion' });

/** A question of a record that no draft was made of yet, as it leaves. */
export const proposedQuestion = ({ field, span, ...rest }: NumberedQuestion) => ({
  ...rest,
  ...span,
  field: recordFields[field],
});

const QuestionBody = z
  .object({
    ...asked,
    state: z.enum(questionStates),
    note: z.string().nullable(),
    by: z.string().nullable(),
    at: z.iso.datetime().nullable(),
  })
  .meta({ id: 'RecallQuestion' });

const QuestionsBody = z.object({ data: z.array(QuestionBody) }).meta({ id: 'RecallQuestions' });
const params = z.object({ number: RecallNumber });

export const listRecallQuestions = endpoint({
  method: 'get',
  path: '/v1/recalls/{number}/questions',
  id: 'listRecallQuestions',
  tag: 'Recalls',
  summary: 'What the record of a recall left to ask',
  description:
    'Every thing that was read and every text that wasn’t understood, in the order of the record’s texts. Empty where there was none.',
  permission: 'recalls:read',
  params,
  query: z.strictObject({ state: z.enum(questionStates).optional() }),
  responses: { 200: { description: 'The questions.', schema: QuestionsBody } },
  problems: [404],
  handle: async ({ params: { number }, query: { state } }, api) => {
    await newestScope(api, number);
    return { status: 200, body: await questionsOut(api, number, state) };
  },
});

export const resolveRecallQuestions = endpoint({
  method: 'post',
  path: '/v1/recalls/{number}/questions/resolutions',
  id: 'resolveRecallQuestions',
  tag: 'Recalls',
  summary: 'Settle questions of a draft',
  description:
    '`confirm`: it is so, and the scope holds it. `dismiss`: it adds nothing to the scope. `answer`: the note says what it means. All of them ' +
    'or none; each may be settled anew until the launch.',
  permission: 'recalls:run',
  params,
  body: z
    .strictObject({
      questions: z.array(z.int().min(1)).min(1).max(10_000),
      resolution: z.enum(questionResolutions),
      note: NoteText.optional().meta({ description: 'Needed but for `confirm`.' }),
    })
    .refine(({ resolution, note }) => resolution === 'confirm' || note !== undefined, {
      error: 'say why, or what it means',
      path: ['note'],
    })
    .meta({ id: 'RecallQuestionResolution' }),
  responses: { 200: { description: 'All questions, as they are now.', schema: QuestionsBody } },
  problems: [404, 409, 422],
  handle: async ({ params: { number }, body, commandId, caller }, api) => {
    const { status, scope } = await newestScope(api, number);
    if (status !== 'drafted') {
      throw new Problem(
        409,
        'already_launched',
        'this recall is a draft no more, so nothing is asked about its record',
      );
    }
    const { questions, resolution, note: text } = body;
    const found = await api.db.recallQuestion.findMany({ where: { recall: number, question: { in: questions } } });
    refuseContradictions(questions, found, resolution, scope);
    const note = text === undefined ? null : noteId(commandId);
    if (note !== null && text !== undefined) await writeNotes(api.db, number, caller.id, [{ id: note, text }]);
    await api.db.recallQuestion.updateMany({
      where: { recall: number, question: { in: questions } },
      data: { state: stateAfter[resolution], note, by: caller.id, at: new Date() },
    });
    return { status: 200, body: await questionsOut(api, number) };
  },
});

function refuseContradictions(
  wanted: readonly number[],
  found: readonly RecallQuestion[],
  resolution: QuestionResolution,
  scope: RecallScope,
): void {
  const errors = wanted.flatMap((question, index): FieldError[] => {
    const field = `questions[${index}]`;
    const row = found.find((each) => each.question === question);
    if (row === undefined) return [{ field, code: 'unknown_question', detail: `there is no question ${question}` }];
    const code = contradiction({ proposal: proposalOf(row) }, resolution, scope);
    return code === null
      ? []
      : [{ field, code, detail: `question ${question} («${row.text}») ${contradictions[code]}` }];
  });
  const [first] = errors;
  if (first === undefined) return;
  throw new Problem(422, first.code, `${first.field}: ${first.detail}`, { field: first.field, errors });
}

async function questionsOut(
  { db }: Pick<Api, 'db'>,
  recall: string,
  state?: string,
): Promise<z.infer<typeof QuestionsBody>> {
  const where = { recall, ...(state === undefined ? {} : { state }) };
  const rows = await db.recallQuestion.findMany({ where, orderBy: { question: 'asc' } });
  const ids = rows.flatMap(({ note }) => (note === null ? [] : [note]));
  const notes = await db.note.findMany({ where: { id: { in: ids } }, select: { id: true, text: true } });
  const textOf = new Map(notes.map(({ id, text }) => [id, text]));
  return QuestionsBody.parse({
    data: rows.map(({ field, note, at, ...row }) => ({
      ...row,
      field: readOwn(recordFields, field),
      note: note === null ? null : (textOf.get(note) ?? null),
      at: at?.toISOString() ?? null,
    })),
  });
}

const readOwn = (names: Readonly<Record<string, string>>, key: string): string => names[key] ?? key;
