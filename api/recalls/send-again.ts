import { z } from 'zod';
import type { PrismaClient } from '../../prisma/generated/client.ts';
import {
  lookSignal,
  type RecallWaveArguments,
  recallWaveWorkflowId,
  recallWaveWorkflowType,
} from '../../workflows/recall-wave/messages.ts';
import { endpoint } from '../endpoint.ts';
import { Problem } from '../problem.ts';
import { wakeProcess } from '../telling.ts';
import { RecallNumber } from './bodies.ts';
import { recallProblem } from './refusals.ts';
import { ConsigneeId } from './responses/bodies.ts';
import { notInRecall } from './responses/read.ts';

/** Writes to a consignee once more, to an address that somebody has found out. */
export const sendNoticeAgain = endpoint({
  method: 'post',
  path: '/v1/recalls/{number}/consignees/{consignee}/notices',
  id: 'sendNoticeAgain',
  tag: 'Recalls',
  summary: 'Write to a consignee again',
  description:
    'For whom a notice didn’t reach, or who hasn’t responded: the first notice anew, and reminders after it. A new address takes the ' +
    'place of the one that is known.',
  permission: 'recalls:run',
  params: z.object({ number: RecallNumber, consignee: ConsigneeId }),
  body: z.strictObject({ email: z.email().max(200).optional() }).meta({ id: 'NoticeAgain' }),
  responses: {
    202: {
      description: 'It leaves in a moment.',
      schema: z.object({ number: z.string(), consignee: z.string(), notice: z.string() }),
    },
  },
  problems: [404, 409, 422],
  handle: async ({ params: { number, consignee }, body: { email } }, api) => {
    const { wave, notice } = await api.db.$transaction(async (tx) => {
      const wave = await mustBeOpen(tx, number, consignee);
      await addressed(tx, consignee, email);
      return { wave, notice: await due(tx, number, consignee, wave) };
    });
    const args: RecallWaveArguments = { recall: number, wave, isNotified: true, hasEnded: true };
    const workflowId = recallWaveWorkflowId(number, wave);
    const summary = `Wave ${wave} of ${number}`;
    const target = { workflowType: recallWaveWorkflowType, workflowId, args, summary, refused: recallProblem };
    await wakeProcess(api.processes, target, lookSignal);
    return { status: 202, body: { number, consignee, notice } };
  },
});

type Tx = Pick<PrismaClient, '$queryRaw' | '$executeRaw' | 'consignee' | 'contact' | 'consigneeWebhook'>;

/** The wave that writes to a consignee, whose row is locked then. */
async function mustBeOpen(tx: Tx, recall: string, consignee: string): Promise<number> {
  const [row] = await tx.$queryRaw<{ wave: number; state: string; status: string; started: boolean }[]>`
    SELECT c.wave, c.state, r.status, w.started_at IS NOT NULL AS started
    FROM recall_consignees c JOIN recalls r ON r.number = c.recall JOIN recall_waves w ON w.recall = c.recall AND w.wave = c.wave
    WHERE c.recall = ${recall} AND c.consignee = ${consignee} FOR UPDATE OF c`;
  if (row === undefined) throw notInRecall(recall, consignee);
  if (row.status === 'completed' || row.status === 'closed') throw recallProblem({ code: `recall_${row.status}` });
  if (row.state === 'responded') {
    throw new Problem(409, 'consignee_responded', `${consignee} has responded; nobody reminds it any more`);
  }
  if (row.state === 'planned' || !row.started) {
    throw new Problem(409, 'notice_not_sent_yet', `the notice to ${consignee} is still to leave; wait until it has`);
  }
  return row.wave;
}

/** @throws {Problem} 422 where there is nothing to write to */
async function addressed(tx: Tx, consignee: string, email: string | undefined): Promise<void> {
  const known = await tx.consignee.findUniqueOrThrow({ where: { id: consignee }, include: { webhook: true } });
  if (email === undefined) {
    const contact = known.contactId === null ? null : await tx.contact.findUnique({ where: { id: known.contactId } });
    if (contact?.email != null || known.webhook !== null) return;
    throw new Problem(422, 'address_missing', `no address of ${consignee} is known; send one`, { field: 'email' });
  }
  const id = known.contactId ?? `consignee:${consignee}`;
  const nothing = { name: known.name ?? '', street1: '', city: '', zip: '', country: known.country ?? '' };
  await tx.contact.upsert({ where: { id }, create: { id, ...nothing, email }, update: { email } });
  if (known.contactId === null) await tx.consignee.update({ where: { id: consignee }, data: { contactId: id } });
}

/** Makes the first notice about the goods as they are now due again, under a number of its own: it is another letter. */
async function due(tx: Tx, recall: string, consignee: string, wave: number): Promise<string> {
  const [row] = await tx.$queryRaw<{ notice: string }[]>`
    UPDATE recall_consignees c SET state = 'planned', next_due = now(), first_sent_at = NULL, due_kind = n.kind, due_number = n.number
    FROM (
      SELECT CASE WHEN bool_or(kind = 'amended') THEN 'amended' ELSE 'initial' END AS kind,
        coalesce(max(n.number) FILTER (WHERE n.kind IN ('initial', 'amended')), 0) + 1 AS number
      FROM recall_consignees o LEFT JOIN notices n ON n.recall = o.recall AND n.consignee = o.consignee
        AND n.scope_version = o.scope_version
      WHERE o.recall = ${recall} AND o.consignee = ${consignee}) AS n
    WHERE c.recall = ${recall} AND c.consignee = ${consignee} RETURNING n.kind AS notice`;
  await tx.$executeRaw`UPDATE recall_waves SET ended_at = NULL WHERE recall = ${recall} AND wave = ${wave}`;
  return row?.notice ?? 'initial';
}
