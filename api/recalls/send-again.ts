import type { PoolClient } from 'pg';
import { z } from 'zod';
import { inTransaction, untangled } from '../../prisma/client.ts';
import { endpoint } from '../endpoint.ts';
import { Problem } from '../problem.ts';
import { RecallNumber } from './bodies.ts';
import { recallProblem } from './refusals.ts';
import { ConsigneeId } from './responses/bodies.ts';
import { notInRecall } from './responses/read.ts';
import { IS_ADDRESSED, makeDueAgain } from './write-again.ts';

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
    const write = () =>
      inTransaction(api.pool, async (client) => {
        const wave = await mustBeOpen(client, number, consignee);
        await addressed(client, consignee, email);
        return await makeDueAgain(client, { recall: number, consignee, wave });
      });
    const notice = await untangled(write);
    return { status: 202, body: { number, consignee, notice } };
  },
});

/** The wave that writes to a consignee, whose row is locked then. */
async function mustBeOpen(client: PoolClient, recall: string, consignee: string): Promise<number> {
  const { rows } = await client.query<{ wave: number; state: string; status: string; started: boolean }>(
    `SELECT c.wave, c.state, r.status, w.started_at IS NOT NULL AS started
      FROM recall_consignees c JOIN recalls r ON r.number = c.recall JOIN recall_waves w ON w.recall = c.recall AND w.wave = c.wave
      WHERE c.recall = $1 AND c.consignee = $2 FOR UPDATE OF c`,
    [recall, consignee],
  );
  const [row] = rows;
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
async function addressed(client: PoolClient, consignee: string, email: string | undefined): Promise<void> {
  if (email === undefined) {
    const { rowCount } = await client.query(`SELECT FROM consignees k WHERE k.id = $1 AND ${IS_ADDRESSED}`, [
      consignee,
    ]);
    if (rowCount !== 0) return;
    throw new Problem(422, 'address_missing', `no address of ${consignee} is known; send one`, { field: 'email' });
  }
  await client.query(
    `INSERT INTO contacts (id, name, street1, city, zip, country, email)
      SELECT coalesce(contact_id, 'consignee:' || id), coalesce(name, ''), '', '', '', coalesce(country, ''), $2
      FROM consignees WHERE id = $1
      ON CONFLICT (id) DO UPDATE SET email = EXCLUDED.email`,
    [consignee, email],
  );
  await client.query(`UPDATE consignees SET contact_id = 'consignee:' || id WHERE id = $1 AND contact_id IS NULL`, [
    consignee,
  ]);
}
