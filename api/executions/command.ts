import { z } from 'zod';
import type { Api } from '../api.ts';
import { LocalId, NoteText } from '../fields.ts';
import { moneyIn } from '../money.ts';
import { Problem } from '../problem.ts';
import { processNotFound } from '../process-desk.ts';
import { type Note, noteId } from '../returns/notes.ts';
import { commandResponses } from './carry-out.ts';
import { type Desk, numberField } from './desk.ts';

/** What all routes that tell an execution something have in common. */
export const onExecution = (desk: Desk) =>
  ({
    method: 'post',
    tag: desk.tag,
    problems: [404, 409, 422],
    responses: commandResponses,
    params: z.object({ number: numberField(desk) }),
  }) as const;

export const onAttentionOf = (desk: Desk) =>
  ({
    ...onExecution(desk),
    path: `${desk.path}/{number}/attention/{attention}/resolutions`,
    id: `resolve${desk.id}Attention`,
    summary: 'Settle what waits for a person',
    params: z.object({ number: numberField(desk), attention: LocalId }),
  }) as const;

export const Amount = z.string().max(40).meta({ description: 'A decimal amount in its currency.', example: '12.34' });

export const OptionalNote = z.strictObject({ note: NoteText.exactOptional() });

/** A person's words, kept beside the journal, and the id by which a command names them. */
export function noted(commandId: string, text: string): { note: string; notes: readonly Note[] };
export function noted(commandId: string, text?: string): { note: string | null; notes: readonly Note[] };
export function noted(commandId: string, text?: string): { note: string | null; notes: readonly Note[] } {
  if (text === undefined) return { note: null, notes: [] };
  const note = { id: noteId(commandId), text };
  return { note: note.id, notes: [note] };
}

/** @throws {Problem} 404 where there is no such execution */
export async function currencyOf({ db }: Api, desk: Desk, number: string): Promise<string> {
  const row = await db.execution.findUnique({ where: { number }, select: { currency: true } });
  if (row === null) throw processNotFound(desk, number);
  return row.currency;
}

/** @throws {Problem} 400 where the text is no amount in the currency */
export function minorUnits(amount: string, currency: string, field: string): number {
  const read = moneyIn(amount, currency);
  if (typeof read !== 'string') return read.amount;
  const why = read.replaceAll('_', ' ');
  throw new Problem(400, 'amount_invalid', `${amount} is not an amount in ${currency} (${why})`, { field });
}
