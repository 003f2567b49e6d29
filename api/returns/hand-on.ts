import { z } from 'zod';
import { type InboxRow, processEvent } from '../../activities/journal/inbox.ts';
import type { Api } from '../api.ts';
import { endpoint } from '../endpoint.ts';
import { LocalId, NoteText, Rma } from '../fields.ts';
import { ReceiptBody } from '../receipts/bodies.ts';
import { deliverShares, mustTakeGoods } from '../receipts/deliver.ts';
import { receiptNumberFor } from '../receipts/number-for.ts';
import { readReceipt } from '../receipts/one.ts';
import { AcceptedBody, accepted, carryOut } from './carry-out.ts';
import { noteId } from './notes.ts';

export const handOnItem = endpoint({
  method: 'post',
  path: '/v1/returns/{rma}/items/{item}/hand-ons',
  id: 'handOnItem',
  tag: 'Returns',
  summary: 'Hand on goods that are not of this return',
  description:
    'They become an unexpected parcel’s, of a number of its own: another return gets them, as of labels that were swapped, or they wait there to be matched or sent away. A line that had them waits for its own goods again.',
  permission: 'returns:handle',
  params: z.object({ rma: Rma, item: LocalId }),
  body: z
    .strictObject({
      to: Rma.exactOptional().meta({ description: 'The return that they belong to; absent: nobody knows yet.' }),
      partial: z
        .boolean()
        .default(false)
        .meta({ description: 'That return expects more: what is absent is not short.' }),
      note: NoteText,
    })
    .meta({ id: 'HandOn' }),
  responses: {
    201: { description: 'The receipt that they are in.', schema: ReceiptBody },
    202: { description: 'It was taken and will be done.', schema: AcceptedBody },
  },
  problems: [404, 409, 422],
  handle: async (call, api) => {
    const { rma, item } = call.params;
    const { to = null, partial, note: text } = call.body;
    const { receipt, isNew } = await receiptNumberFor(api, call.commandId);
    if (isNew && to !== null) await mustTakeGoods(api, to, 'to');
    const note = { id: noteId(call.commandId), text };
    const command = { type: 'hand_on', item, receipt, to, partial, note: note.id } as const;
    const answer = await carryOut(api, call, rma, command, [note]);
    if (answer.status !== 200 || !(await isBooked(api, receipt))) return accepted(rma, call.commandId);
    await deliverShares(api, receipt);
    return { status: 201, body: await readReceipt(api, receipt), headers: { location: `/v1/receipts/${receipt}` } };
  },
});

/** Books the receipt now; what can't be done now stays in the inbox, whose sweeper does it, so nothing is thrown. */
async function isBooked(api: Api, receipt: string): Promise<boolean> {
  const { rows } = await api.pool.query<InboxRow>(
    `SELECT id::text, payload, attempts FROM inbox WHERE provider = 'handed_on' AND event_id = $1 AND processed_at IS NULL`,
    [receipt],
  );
  try {
    for (const row of rows) await processEvent(api.pool, row, { toReturn: () => Promise.resolve() });
  } catch (error) {
    api.log.warn({ receipt, why: String(error) }, 'a receipt of goods that were handed on waits to be booked');
  }
  return (await api.db.receipt.findUnique({ where: { receipt }, select: { receipt: true } })) !== null;
}
