import { z } from 'zod';
import { readTail } from '../../activities/journal/tail.ts';
import { recallAttention } from '../../domain/recall/attention.ts';
import type { RecallProcess } from '../../domain/recall/kind.ts';
import { consigneeStates } from '../../domain/recall/notices.ts';
import { recallStatuses } from '../../domain/recall/state.ts';
import { withClient } from '../../prisma/client.ts';
import { recallWorkflowId } from '../../workflows/recall/messages.ts';
import type { Api } from '../api.ts';
import { attentionOut } from '../attention/out.ts';
import { endpoint } from '../endpoint.ts';
import { cursorParameter, cursorText, cursorTime, limitParameter, listBody, pageOf } from '../page.ts';
import { RecallBody, RecallConsigneeBody, RecallNumber, RecallSummaryBody, recallSummary } from './bodies.ts';
import { knownRecall, recallNotFound } from './carry-out.ts';
import { confirmationsOf } from './facilities/read.ts';
import { recallSentence, recallSentences } from './sentences.ts';

const open = { resolvedAt: null };

export const listRecalls = endpoint({
  method: 'get',
  path: '/v1/recalls',
  id: 'listRecalls',
  tag: 'Recalls',
  summary: 'List recalls',
  description: 'Newest first.',
  permission: 'recalls:read',
  query: z.strictObject({
    status: z.enum(recallStatuses).optional(),
    limit: limitParameter,
    cursor: cursorParameter(z.tuple([cursorTime, cursorText])),
  }),
  responses: { 200: { description: 'A page of recalls.', schema: listBody(RecallSummaryBody) } },
  handle: async ({ query: { status, limit, cursor } }, { db }) => {
    const rows = await db.recall.findMany({
      where: {
        ...(status === undefined ? {} : { status }),
        ...(cursor === undefined
          ? {}
          : { OR: [{ draftedAt: { lt: cursor[0] } }, { draftedAt: cursor[0], number: { lt: cursor[1] } }] }),
      },
      include: { attention: { where: open, select: { reason: true } } },
      orderBy: [{ draftedAt: 'desc' }, { number: 'desc' }],
      take: limit + 1,
    });
    const page = pageOf(rows, limit, (row) => [row.draftedAt.toISOString(), row.number]);
    return { status: 200, body: { data: page.rows.map(recallSummary), nextCursor: page.nextCursor } };
  },
});

export const getRecall = endpoint({
  method: 'get',
  path: '/v1/recalls/{number}',
  id: 'getRecall',
  tag: 'Recalls',
  summary: 'One recall, with its timeline',
  permission: 'recalls:read',
  params: z.object({ number: RecallNumber }),
  responses: {
    200: { description: 'The recall.', schema: RecallBody },
    304: { description: 'Nothing has changed.' },
  },
  problems: [404],
  handle: async ({ params: { number } }, api) => {
    const body = await findRecall(api, number);
    if (body === null) throw recallNotFound(number);
    const { asked, confirmed, late, unasked, differing } = body.confirmations;
    // What facilities confirm isn't in its journal.
    const etag = `W/"${[body.version, asked, confirmed, late, unasked, differing].join('-')}"`;
    return { status: 200, body, headers: { etag } };
  },
});

/** A recall as it leaves; null where there is none. */
export async function findRecall(api: Api, number: string): Promise<z.infer<typeof RecallBody> | null> {
  const row = await api.db.recall.findUnique({
    where: { number },
    include: { attention: { where: open, orderBy: { raisedAt: 'asc' } } },
  });
  if (row === null) return null;
  const { rows } = await withClient(api.pool, (client) => readTail<RecallProcess>(client, recallWorkflowId(number), 0));
  const openQuestions = await api.db.recallQuestion.count({ where: { recall: number, state: 'open' } });
  return {
    ...recallSummary(row),
    openQuestions,
    confirmations: await confirmationsOf(api, number),
    attention: row.attention.map((one) => attentionOut(one, recallSentences, recallAttention, null)),
    // The row and the journal are read one after the other: what came between is for the next request.
    timeline: rows
      .filter(({ version }) => version <= row.version)
      .flatMap(({ version, at, by, events }) =>
        events.map((event) => ({ version, at, by, type: event.type, sentence: recallSentence(event) })),
      ),
    links: recallLinks(api, number),
  };
}

/** Where a recall is read, by people and by engineers. */
export function recallLinks({ publicUrl, temporalUi }: Api, number: string) {
  const run = encodeURIComponent(recallWorkflowId(number));
  return {
    self: `${publicUrl}/v1/recalls/${number}`,
    temporal: `${temporalUi.url}/namespaces/${temporalUi.namespace}/workflows/${run}`,
  };
}

export const listRecallConsignees = endpoint({
  method: 'get',
  path: '/v1/recalls/{number}/consignees',
  id: 'listRecallConsignees',
  tag: 'Recalls',
  summary: 'Who is written to, and what became of it',
  permission: 'recalls:read',
  params: z.object({ number: RecallNumber }),
  query: z.strictObject({
    state: z.enum(consigneeStates).optional(),
    limit: limitParameter,
    cursor: cursorParameter(z.tuple([cursorText])),
  }),
  responses: { 200: { description: 'A page of consignees.', schema: listBody(RecallConsigneeBody) } },
  problems: [404],
  handle: async ({ params: { number }, query: { state, limit, cursor } }, api) => {
    await knownRecall(api, number);
    const rows = await api.db.recallConsignee.findMany({
      where: {
        recall: number,
        ...(state === undefined ? {} : { state }),
        ...(cursor === undefined ? {} : { consignee: { gt: cursor[0] } }),
      },
      include: { who: { select: { kind: true } }, notices: { orderBy: { claimedAt: 'asc' } } },
      orderBy: { consignee: 'asc' },
      take: limit + 1,
    });
    const page = pageOf(rows, limit, (row) => [row.consignee]);
    const data = page.rows.map((row) => ({
      consignee: row.consignee,
      kind: row.who.kind,
      wave: row.wave,
      state: row.state,
      lastSentAt: row.lastSentAt?.toISOString() ?? null,
      nextDue: row.nextDue?.toISOString() ?? null,
      nextNotice: row.dueKind,
      notices: row.notices.map(
        ({ kind, number: count, scopeVersion, round, channel, state: became, code, attempts, sentAt }) => ({
          ...{ kind, number: count, scopeVersion, round, channel, state: became, code, attempts },
          sentAt: sentAt?.toISOString() ?? null,
        }),
      ),
    }));
    return { status: 200, body: { data, nextCursor: page.nextCursor } };
  },
});
