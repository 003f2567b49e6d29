import { z } from 'zod';
import type { PrismaClient } from '../../prisma/client.ts';

/** What a row of a document was matched to, written down before its return is asked for. */
export type Plan = z.infer<typeof Plan>;

const Plan = z.object({
  row: z.int(),
  order: z.string(),
  rule: z.string(),
  /** The return's Idempotency-Key: rows with the same one go into the same return. */
  key: z.string(),
  reason: z.string(),
  lines: z.array(z.object({ orderLine: z.string(), quantity: z.int() })),
});

/** A row that an earlier or this import has dealt with. `rma` is null while its return was planned and not yet made. */
export type Admitted =
  | { readonly id: string; readonly type: 'returned'; readonly rma: string | null; readonly plan: Plan }
  | { readonly id: string; readonly type: 'queued'; readonly reason: string };

const PLANNED = 'import:planned';
const BY = 'import';

/**
 * What is known of rows, by their ids. A matched row is a note on its return, so that whoever reads the return sees where
 * it came from; the note's id is the row's, so that no row is ever in two returns.
 */
export async function readAdmitted(db: PrismaClient, ids: readonly string[]): Promise<readonly Admitted[]> {
  const where = { id: { in: [...ids] } };
  const notes = await db.note.findMany({ where });
  const queued = await db.attention.findMany({ where, select: { id: true, reason: true } });
  return [
    ...notes.map(({ id, subject, text }): Admitted => {
      const rma = subject === PLANNED ? null : subject;
      return { id, type: 'returned', rma, plan: Plan.parse(JSON.parse(text)) };
    }),
    ...queued.map(({ id, reason }): Admitted => ({ id, type: 'queued', reason })),
  ];
}

/** Writes plans down; one that is there already stays. */
export async function writePlans(db: PrismaClient, plans: ReadonlyMap<string, Plan>): Promise<void> {
  const data = [...plans].map(([id, plan]) => ({ id, subject: PLANNED, by: BY, text: JSON.stringify(plan) }));
  await db.note.createMany({ data, skipDuplicates: true });
}

/** The return of planned rows is there. */
export async function settlePlans(db: PrismaClient, ids: readonly string[], rma: string): Promise<void> {
  await db.note.updateMany({ where: { id: { in: [...ids] } }, data: { subject: rma } });
}

/** The return of planned rows was refused; nothing came of them. */
export async function dropPlans(db: PrismaClient, ids: readonly string[]): Promise<void> {
  await db.note.deleteMany({ where: { id: { in: [...ids] }, subject: PLANNED } });
}
