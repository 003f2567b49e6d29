import { type Deliver, type InboxRow, processEvent } from '../../activities/journal/inbox.ts';
import type { Api } from '../api.ts';
import { isRecorded } from '../bulk-returns/deliver.ts';
import { Problem } from '../problem.ts';
import { send } from '../send.ts';

/**
 * Brings what a receipt gave to its returns, and waits for them. What one can't take now stays in the inbox, whose sweeper
 * brings it again; so nothing is thrown.
 */
export async function deliverShares(api: Api, receipt: string): Promise<void> {
  const { rows } = await api.pool.query<InboxRow>(
    `SELECT id::text, payload, attempts FROM inbox WHERE provider = 'receipt' AND processed_at IS NULL AND dead_at IS NULL
       AND event_id IN (SELECT substr(command_id, length('receipt:') + 1) FROM receipt_shares WHERE receipt = $1)`,
    [receipt],
  );
  await Promise.all(
    rows.map(async (row) => {
      try {
        const toReturn: Deliver = async ({ rma, message }) => {
          await send(api.processes, rma, message, () => isRecorded(api, rma, message.commandId));
        };
        await processEvent(api.pool, row, { toReturn });
      } catch (error) {
        const why = error instanceof Problem ? error.code : String(error);
        api.log.warn({ receipt, inbox: row.id, why }, 'goods of a receipt wait for their return');
      }
    }),
  );
}

/**
 * Goods can go to a return that is there and has been decided.
 * @throws {Problem} 422 `unknown_return`, 409 `not_authorized`
 */
export async function mustTakeGoods(api: Api, rma: string, field: string): Promise<void> {
  const row = await api.db.return.findUnique({ where: { rma }, select: { goods: true } });
  if (row === null) throw new Problem(422, 'unknown_return', `${field}: there is no return ${rma}`, { field });
  if (row.goods !== 'in_review') return;
  const detail = `return ${rma} waits for its review: decide its lines first, then match the goods`;
  throw new Problem(409, 'not_authorized', `${field}: ${detail}`, { field });
}
