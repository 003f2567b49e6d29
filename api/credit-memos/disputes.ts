import { z } from 'zod';
import { processOf } from '../../activities/journal/process.ts';
import { readTail } from '../../activities/journal/tail.ts';
import { grades } from '../../domain/goods/grading.ts';
import { creditMemoNumber } from '../../domain/money/credit-memo.ts';
import { withClient } from '../../prisma/client.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import type { Api } from '../api.ts';
import { isRecorded } from '../bulk-returns/deliver.ts';
import { endpoint, type RawCall } from '../endpoint.ts';
import { LocalId, NoteText, Quantity, Rma } from '../fields.ts';
import { MoneyBody } from '../money.ts';
import { Problem } from '../problem.ts';
import { minorUnits } from '../returns/adjustments.ts';
import { noteId, writeNotes } from '../returns/notes.ts';
import { send } from '../send.ts';
import { disputedThings } from './dispute-rows.ts';
import { MemoBody, MemoPath, readMemo } from './one.ts';

const onMemo = {
  method: 'post',
  tag: 'Returns',
  responses: { 200: { description: 'The credit memo with its disputes.', schema: MemoBody } },
  problems: [404, 409],
} as const;

/** What a partner disputes of a credit memo, and what a person answers. The memo itself never changes. */
export const memoDisputeEndpoints = [
  endpoint({
    ...onMemo,
    path: '/v1/credit-memos/{legalEntity}/{number}/disputes',
    id: 'disputeCreditMemo',
    summary: 'Note that a partner disputes a line',
    description: 'Its quantity, its grade or its price; a person answers, and finds it in the queue.',
    permission: 'credits:dispute',
    params: MemoPath,
    body: z
      .strictObject({
        rma: Rma.meta({ description: 'The return or section of the line, as the memo names it.' }),
        line: LocalId,
        about: z.enum(disputedThings),
        quantity: Quantity.exactOptional().meta({ description: 'As the partner has it.' }),
        grade: z.enum(grades).exactOptional().meta({ description: 'As the partner has it.' }),
        note: NoteText,
      })
      .meta({ id: 'CreditMemoDisputed' }),
    handle: async (call, api) => {
      const { legalEntity, number } = call.params;
      const { rma, line } = call.body;
      const memo = await readMemo(api, legalEntity, number);
      if (!memo.lines.some((each) => each.rma === rma && each.line === line)) {
        throw new Problem(422, 'unknown_line', `line: ${memo.creditMemo} has no line ${line} of ${rma}`, {
          field: 'line',
        });
      }
      await open(api, call, legalEntity, number, call.body);
      return { status: 200, body: await readMemo(api, legalEntity, number) };
    },
  }),
  endpoint({
    ...onMemo,
    path: '/v1/credit-memos/{legalEntity}/{number}/disputes/{dispute}/answers',
    id: 'answerCreditMemoDispute',
    summary: 'Answer a dispute',
    description:
      '`uphold`: the memo stands. `correct`: so much is credited besides, by a memo with a number of its own; of a bulk ' +
      'return it is due with the next one.',
    permission: 'credits:issue',
    params: MemoPath.extend({ dispute: z.coerce.number('use the number of a dispute').int().positive().max(32_767) }),
    body: z
      .discriminatedUnion('answer', [
        z.strictObject({ answer: z.literal('uphold'), note: NoteText }),
        z.strictObject({ answer: z.literal('correct'), amount: MoneyBody, note: NoteText }),
      ])
      .meta({ id: 'CreditMemoDisputeAnswer' }),
    handle: async (call, api) => {
      const { legalEntity, number, dispute } = call.params;
      const row = await api.db.creditMemoDispute.findUnique({
        where: { legalEntity_number_dispute: { legalEntity, number, dispute } },
      });
      const name = `${creditMemoNumber(legalEntity, number)}/${dispute}`;
      if (row === null) throw new Problem(404, 'dispute_not_found', `there is no dispute ${name}`);
      if (row.state !== 'open') throw new Problem(409, 'dispute_answered', `dispute ${name} was answered already`);
      const amount = await correct(api, call, row.rma, name, call.body);
      const answered = { answeredAt: new Date(), answeredBy: call.caller.id, answerNote: noteId(call.commandId) };
      await writeNotes(api.db, row.rma, call.caller.id, [{ id: answered.answerNote, text: call.body.note }]);
      await api.db.$transaction([
        api.db.creditMemoDispute.updateMany({
          where: { legalEntity, number, dispute, state: 'open' },
          data: { ...answered, ...(amount === null ? { state: 'upheld' } : { state: 'corrected', amount }) },
        }),
        api.db.attention.updateMany({
          where: { id: entryOf(legalEntity, number, dispute), resolvedAt: null },
          data: { resolvedAt: new Date(), resolution: 'answered', resolvedBy: call.caller.id },
        }),
      ]);
      return { status: 200, body: await readMemo(api, legalEntity, number) };
    },
  }),
];

/** So many disputes a credit memo has at most; the table's constraint says the same. */
const MOST = 1_000;

const entryOf = (legalEntity: string, number: number, dispute: number) =>
  `credit-memo/${creditMemoNumber(legalEntity, number)}/${dispute}`;

type Disputed = {
  readonly rma: string;
  readonly line: string;
  readonly about: (typeof disputedThings)[number];
  readonly quantity?: number;
  readonly grade?: (typeof grades)[number];
  readonly note: string;
};

/** Takes the next number of the memo's disputes, once for a command. */
async function open(
  { db }: Api,
  { commandId, caller }: Pick<RawCall, 'commandId' | 'caller'>,
  legalEntity: string,
  number: number,
  { rma, line, about, quantity, grade, note: text }: Disputed,
): Promise<void> {
  const note = noteId(commandId);
  await writeNotes(db, rma, caller.id, [{ id: note, text }]);
  await db.$transaction(async (tx) => {
    const memo = creditMemoNumber(legalEntity, number);
    await tx.$queryRaw`SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(${`credit-memo:${memo}`}, 0))`;
    const known = await tx.creditMemoDispute.findUnique({ where: { commandId } });
    if (known !== null) return;
    const last = await tx.creditMemoDispute.findFirst({ where: { legalEntity, number }, orderBy: { dispute: 'desc' } });
    const dispute = (last?.dispute ?? 0) + 1;
    if (dispute > MOST)
      throw new Problem(409, 'disputes_full', `${memo} has ${MOST} disputes; settle it as a whole instead`);
    await tx.creditMemoDispute.create({
      data: {
        ...{ legalEntity, number, dispute, commandId, rma, line, about, note, openedBy: caller.id },
        claimedQuantity: quantity ?? null,
        claimedGrade: grade ?? null,
      },
    });
    await tx.attention.create({
      data: {
        id: entryOf(legalEntity, number, dispute),
        reason: 'memo_disputed',
        subject: memo,
        codes: {
          dispute,
          rma,
          line,
          about,
          quantity: quantity ?? null,
          grade: grade ?? null,
        } satisfies Prisma.JsonObject,
        raisedAt: new Date(),
      },
    });
  });
}

type Answer =
  | { readonly answer: 'uphold' }
  | { readonly answer: 'correct'; readonly amount: z.infer<typeof MoneyBody> };

/** Credits besides what a dispute was right about, once however often it is answered; null where the memo stands. */
async function correct(
  api: Api,
  { commandId, caller }: Pick<RawCall, 'commandId' | 'caller'>,
  rma: string,
  name: string,
  given: Answer,
): Promise<number | null> {
  const id = `credit-memo-dispute:${name}`;
  const recorded = () => isRecorded(api, rma, id);
  if (given.answer === 'uphold') {
    if (!(await recorded())) return null;
    throw new Problem(409, 'dispute_answered', `dispute ${name} was corrected already; send that answer again`);
  }
  const amount = await minorUnits(api, rma, given.amount);
  const command = { type: 'adjust', direction: 'pay', amount, code: 'price_error', note: noteId(commandId) } as const;
  await send(api.processes, rma, { commandId: id, by: caller.id, command }, recorded);
  return await creditedBy(api, rma, id);
}

/**
 * What a correction came to: that of an earlier answer, where there was one that was not heard.
 * @throws {Problem} 503 where nobody has decided on it yet: it may still be refused
 */
async function creditedBy({ pool }: Api, rma: string, commandId: string): Promise<number> {
  const { rows } = await withClient(pool, (client) => readTail(client, processOf(rma), 0));
  const made = rows.filter((row) => row.commandId === commandId).flatMap(({ events }) => events);
  const due = made.find((event) => event.type === 'settlement_due');
  if (due !== undefined) return due.total.amount;
  const detail = 'the correction was taken, and is not decided yet; send the same answer again in a moment';
  throw new Problem(503, 'temporal_unavailable', detail, { headers: { 'retry-after': '5' } });
}
