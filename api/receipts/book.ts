import { z } from 'zod';
import { takeReceiptCommand } from '../../activities/journal/receipts.ts';
import { bookReceipt } from '../../domain/receipt/decide.ts';
import { endpoint } from '../endpoint.ts';
import { LocalId, NoteText, OutsideCode, PartyId, Rma } from '../fields.ts';
import { Problem } from '../problem.ts';
import { Content } from '../returns/goods.ts';
import { forgetNotes, noteId, writeNotes } from '../returns/notes.ts';
import { ReceiptBody } from './bodies.ts';
import { deliverShares, mustTakeGoods } from './deliver.ts';
import { receiptNumberFor } from './number-for.ts';
import { readReceipt } from './one.ts';
import { receiptProblem } from './refusals.ts';

const Booking = z
  .strictObject({
    facility: LocalId,
    contents: z
      .array(
        Content.extend({
          rma: Rma.exactOptional().meta({
            description: 'Whose it is, where a parcel holds goods of several returns; the rest stays unmatched.',
          }),
        }).meta({ id: 'UnexpectedContent' }),
      )
      .min(1)
      .max(1000),
    tracking: OutsideCode.exactOptional(),
    rma: Rma.exactOptional().meta({ description: 'As it was read on the parcel: a clue, not yet a match.' }),
    order: OutsideCode.exactOptional(),
    buyer: PartyId.exactOptional().meta({ description: 'The buyer’s id in the shop.' }),
    serials: z.array(OutsideCode).max(1000).default([]),
    weightGrams: z.int().min(0).max(100_000_000).exactOptional(),
    partial: z.boolean().default(false).meta({
      description: 'The returns named in contents expect more: what is absent is not short.',
    }),
    note: NoteText.exactOptional(),
  })
  .meta({ id: 'UnexpectedParcel' });

export const bookBlindReceipt = endpoint({
  method: 'post',
  path: '/v1/receipts',
  id: 'bookReceipt',
  tag: 'Receipts',
  summary: 'Book in a parcel that nobody expected',
  description:
    'Its goods go into quarantine under a number to be written on the box, and wait for a person, with the returns that ' +
    'they may belong to. Where they are of an order without a return, ask for that return and match then.',
  permission: 'receipts:handle',
  body: Booking,
  responses: { 201: { description: 'The receipt with its candidates.', schema: ReceiptBody } },
  problems: [409, 422],
  handle: async ({ body, caller, commandId }, api) => {
    const { contents, facility, partial, weightGrams, note: text, ...read } = body;
    const known = await api.db.facility.findUnique({ where: { id: facility }, select: { id: true } });
    if (known === null) {
      throw new Problem(422, 'unknown_facility', `facility: there is no facility ${facility}`, { field: 'facility' });
    }
    const { receipt, isNew } = await receiptNumberFor(api, commandId);
    if (isNew) {
      for (const [index, { rma }] of contents.entries()) {
        if (rma !== undefined) await mustTakeGoods(api, rma, `contents[${index}].rma`);
      }
      const note = text === undefined ? null : { id: noteId(commandId), text };
      const notes = note === null ? [] : [note];
      await writeNotes(api.db, receipt, caller.id, notes);
      const taken = await takeReceiptCommand(api.pool, {
        receipt,
        commandId,
        at: new Date().toISOString(),
        by: caller.id,
        name: 'book',
        decide: () =>
          bookReceipt({
            receipt,
            facility,
            clues: {
              rma: read.rma ?? null,
              order: read.order ?? null,
              tracking: read.tracking ?? null,
              buyer: read.buyer ?? null,
              serials: read.serials,
            },
            weightGrams: weightGrams ?? null,
            contents,
            partial,
            note: note?.id ?? null,
          }),
      });
      if (taken.type === 'refused') {
        await forgetNotes(api.db, notes);
        throw receiptProblem(taken);
      }
    }
    await deliverShares(api, receipt);
    return { status: 201, body: await readReceipt(api, receipt), headers: { location: `/v1/receipts/${receipt}` } };
  },
});
