import { z } from 'zod';
import { takeReceiptCommand } from '../../activities/journal/receipts.ts';
import { disposeReceipt, matchReceipt, type ReceiptDecision } from '../../domain/receipt/decide.ts';
import { type Receipt, unclaimedDispositions } from '../../domain/receipt/receipt.ts';
import type { Api } from '../api.ts';
import { type Answer, endpoint, type RawCall } from '../endpoint.ts';
import { LocalId, NoteText, OutsideCode, Quantity, Rma } from '../fields.ts';
import { forgetNotes, type Note, noteId, writeNotes } from '../returns/notes.ts';
import { ReceiptBody } from './bodies.ts';
import { deliverShares, mustTakeGoods } from './deliver.ts';
import { ReceiptPath, readReceipt } from './one.ts';
import { receiptNotFound, receiptProblem } from './refusals.ts';

const SomeLines = z
  .array(
    z
      .strictObject({
        line: LocalId,
        quantity: Quantity.exactOptional().meta({ description: 'All that is left of the line where absent.' }),
        serials: z.array(OutsideCode).max(1000).exactOptional(),
      })
      .meta({ id: 'ReceiptShare' }),
  )
  .min(1)
  .max(1000);
/** What is forgotten never stands for all: a box may hold goods of several returns. */
const Lines = z
  .union([z.literal('all'), SomeLines])
  .meta({ description: 'The lines that are meant, or `all` for all that is left.' });

const wanted = (lines: z.infer<typeof Lines>) => (lines === 'all' ? null : lines);

const onReceipt = {
  method: 'post',
  tag: 'Receipts',
  params: ReceiptPath,
  responses: { 200: { description: 'The receipt as it is then.', schema: ReceiptBody } },
  problems: [404, 409, 422],
} as const;

/** What people do with a parcel that nobody expected. */
export const settleReceiptEndpoints = [
  endpoint({
    ...onReceipt,
    path: '/v1/receipts/{receipt}/match',
    id: 'matchReceipt',
    summary: 'Give its goods to the return that they belong to',
    description:
      'The return receives them as if they had come for it, once, also where a process dies meanwhile; a closed one is ' +
      'reopened. One that waits for its review can take none before that.',
    permission: 'receipts:handle',
    body: z
      .strictObject({
        rma: Rma,
        lines: Lines,
        partial: z.boolean().default(false).meta({ description: 'More is on its way: what is absent is not short.' }),
      })
      .meta({ id: 'Match' }),
    handle: async (call, api) => {
      const { rma, partial } = call.body;
      const lines = wanted(call.body.lines);
      await mustTakeGoods(api, rma, 'rma');
      return await settle(api, call, call.params.receipt, 'match', (receipt) =>
        matchReceipt(receipt, { rma, lines, partial }),
      );
    },
  }),
  endpoint({
    ...onReceipt,
    path: '/v1/receipts/{receipt}/disposals',
    id: 'disposeReceipt',
    summary: 'Send goods away that nobody claims',
    description: 'Back to who sent them, or to another end. Never to sellable stock.',
    permission: 'receipts:dispose',
    body: z
      .strictObject({
        disposition: z.enum(unclaimedDispositions),
        evidence: OutsideCode.meta({ description: 'A location, certificate or document code; no prose.' }),
        lines: Lines,
        note: NoteText,
      })
      .meta({ id: 'ReceiptDisposal' }),
    handle: async (call, api) => {
      const { disposition, evidence, note: text } = call.body;
      const lines = wanted(call.body.lines);
      const note = { id: noteId(call.commandId), text };
      const decide = (receipt: Receipt) => disposeReceipt(receipt, { disposition, evidence, lines, note: note.id });
      return await settle(api, call, call.params.receipt, 'dispose', decide, [note]);
    },
  }),
];

async function settle(
  api: Api,
  { commandId, caller }: Pick<RawCall, 'commandId' | 'caller'>,
  receipt: string,
  name: 'match' | 'dispose',
  decide: (receipt: Receipt) => ReceiptDecision,
  notes: readonly Note[] = [],
): Promise<Answer> {
  const known = await api.db.receipt.findUnique({ where: { receipt }, select: { receipt: true } });
  if (known === null) throw receiptNotFound(receipt);
  await writeNotes(api.db, receipt, caller.id, notes);
  const taken = await takeReceiptCommand(api.pool, {
    receipt,
    commandId,
    at: new Date().toISOString(),
    by: caller.id,
    name,
    decide: (held) => {
      if (held === null) throw receiptNotFound(receipt);
      return decide(held);
    },
  });
  if (taken.type === 'refused') {
    await forgetNotes(api.db, notes);
    throw receiptProblem(taken);
  }
  await deliverShares(api, receipt);
  return { status: 200, body: await readReceipt(api, receipt) };
}
