import type { Api } from '../api.ts';
import { noteId, writeNotes } from '../returns/notes.ts';
import { WholePath } from './one.ts';
import { toldResponses } from './tell.ts';

/** What work on a bulk return as a whole has in common in the description. */
export const onWhole = {
  method: 'post',
  tag: 'Bulk returns',
  params: WholePath,
  problems: [404, 409],
  responses: toldResponses,
} as const;

/** Something of a section that waits: the name by which the section knows it. */
export type Found = { readonly rma: string; readonly name: string; readonly quantity: number };

/** What of a bulk return waits for something, by section; `$1` is the whole. */
export async function waiting({ pool }: Api, sql: string, values: readonly unknown[]): Promise<Map<string, Found[]>> {
  const { rows } = await pool.query<Found>(sql, [...values]);
  return Map.groupBy(rows, ({ rma }) => rma);
}

/** Keeps what a person wrote, under the whole's number, and answers with its id. */
export async function noted(
  { db }: Api,
  call: {
    readonly commandId: string;
    readonly caller: { readonly id: string };
    readonly params: { readonly rma: string };
  },
  text: string,
): Promise<string> {
  const id = noteId(call.commandId);
  await writeNotes(db, call.params.rma, call.caller.id, [{ id, text }]);
  return id;
}
