import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { leaveForSections, type SectionDelivery, withBulkReturn } from '../../activities/journal/bulk.ts';
import { processOf } from '../../activities/journal/process.ts';
import { makeRma } from '../../domain/numbers/rma.ts';
import type { Api } from '../api.ts';
import { Problem } from '../problem.ts';
import type { Asked, Plan } from './plan.ts';

/** Who asks for what, by which a repeated request is known. */
export type Asking = { readonly commandId: string; readonly by: string; readonly sha256: string };

/**
 * The number of the bulk return that a command asks for: always the same for the same command. A number that another
 * return has already is passed over.
 *
 * @throws {Problem} 422 `idempotency_key_reused` where the command came before with another file
 */
export async function wholeFor(api: Api, { commandId, sha256 }: Asking): Promise<{ whole: string; isNew: boolean }> {
  const known = await api.db.bulkReturn.findUnique({ where: { commandId }, select: { rma: true, fileSha256: true } });
  if (known !== null) {
    if (known.fileSha256 === sha256) return { whole: known.rma, isNew: false };
    const detail = 'this Idempotency-Key came before with another file; use a fresh key for each different file';
    throw new Problem(422, 'idempotency_key_reused', detail);
  }
  for (let attempt = 0; ; attempt += 1) {
    const whole = makeRma(createHash('sha256').update(`${commandId}\n${attempt}`).digest());
    const bulk = await api.db.bulkReturn.findUnique({ where: { rma: whole }, select: { rma: true } });
    const single = await api.db.journalEntry.findFirst({
      where: { process: processOf(whole) },
      select: { version: true },
    });
    if (bulk === null && single === null) return { whole, isNew: true };
  }
}

/** Stores a bulk return with all of its sections, and leaves their starts in the inbox: all of it, once, or nothing. */
export async function storeBulkReturn(
  api: Api,
  whole: string,
  asked: z.infer<typeof Asked>,
  { commandId, by, sha256 }: Asking,
  { sections, ...plan }: Plan,
): Promise<void> {
  await withBulkReturn(api.pool, whole, async (client) => {
    const { rowCount } = await client.query(
      `INSERT INTO bulk_returns (rma, order_id, program, instrument, facility, lines, units, worth, currency, command_id, file_sha256, requested_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING`,
      [
        ...[whole, asked.order, asked.program, asked.instrument, plan.facility, plan.rows, plan.units, plan.worth],
        ...[plan.currency, commandId, sha256, by],
      ],
    );
    // The same request came twice at once, and the other was first.
    if (rowCount === 0) return;
    await client.query(
      `INSERT INTO bulk_sections (rma, whole, request)
       SELECT n.rma, $1, n.request FROM jsonb_to_recordset($2::jsonb) AS n(rma text, request jsonb)`,
      [whole, JSON.stringify(sections.map(({ section: { rma }, request }) => ({ rma, request })))],
    );
    await client.query(
      `INSERT INTO bulk_rows (whole, row, section, line, order_line_id, sku, lot, quantity, reason)
       SELECT $1, n.row, n.section, n.line, n."orderLine", n.sku, n.lot, n.quantity, n.reason
       FROM jsonb_to_recordset($2::jsonb) AS n(row int, section text, line text, "orderLine" text, sku text, lot text, quantity int, reason text)`,
      [
        whole,
        JSON.stringify(sections.flatMap(({ section: { rma, rows } }) => rows.map((row) => ({ ...row, section: rma })))),
      ],
    );
    await leaveForSections(
      client,
      startsOf(
        commandId,
        by,
        sections.map(({ section }) => section.rma),
      ),
    );
  });
}

/** The name of a section's start in the inbox. */
export const startOf = (section: string): string => `${section}:start`;

/** The starts of sections: the same for ever, so that each is started once. */
const startsOf = (commandId: string, by: string, sections: readonly string[]): SectionDelivery[] =>
  sections.map((rma) => ({
    provider: 'bulk',
    eventId: startOf(rma),
    rma,
    start: { commandId: `${commandId}:${rma.slice(rma.indexOf('.') + 1)}`, by },
  }));
