import type { PrismaClient } from '../../prisma/generated/client.ts';

/** What a person wrote. The journal names it by id only, so that it can be erased. */
export type Note = { readonly id: string; readonly text: string };

/** Writes notes down before the command that names them; a repeated command finds its own. */
export async function writeNotes(db: PrismaClient, rma: string, by: string, notes: readonly Note[]): Promise<void> {
  if (notes.length === 0) return;
  await db.note.createMany({
    data: notes.map(({ id, text }) => ({ id, text, subject: rma, by })),
    skipDuplicates: true,
  });
}

/** Takes back the notes of a command that was refused. */
export async function forgetNotes(db: PrismaClient, notes: readonly Note[]): Promise<void> {
  if (notes.length === 0) return;
  await db.note.deleteMany({ where: { id: { in: notes.map(({ id }) => id) } } });
}

/** Free text of a person. */
export const noteId = (commandId: string, part = 1): string => `note:${commandId}:${part}`;
