import type { Pool } from 'pg';
import { confirmationTimes } from '../../../domain/recall/confirmation.ts';
import type { ConfirmWithin, HazardClass } from '../../../domain/recall/terms.ts';
import { inTransaction } from '../../../prisma/client.ts';

/** The recall, `r`, of a facility, `f`, is under way: later nobody is waited for. */
export const IS_UNDER_WAY = `r.number = f.recall AND r.status IN ('launched', 'notifying', 'notified')`;
const WAITS = `f.state = 'asked' AND ${IS_UNDER_WAY}`;

type Misdated = {
  readonly recall: string;
  readonly askedAt: Date;
  readonly hazardClass: HazardClass | null;
  readonly within: ConfirmWithin;
};

/**
 * Has facilities' times follow the class that their recall has now, and gives those whose time is over to a person. A drill's are late in
 * its score alone.
 */
export const passTime = (pool: Pool): Promise<void> =>
  inTransaction(pool, async (client) => {
    const { rows } = await client.query<Misdated>({
      name: 'facilities of another class',
      text: `SELECT DISTINCT f.recall, f.asked_at AS "askedAt", r.hazard_class AS "hazardClass", r.confirm_within AS within
        FROM recall_facilities f, recalls r WHERE ${WAITS} AND f.hazard_class IS DISTINCT FROM r.hazard_class AND r.confirm_within IS NOT NULL
        ORDER BY 1, 2`,
    });
    for (const { recall, askedAt, hazardClass, within } of rows) {
      const { remindAt, dueAt } = confirmationTimes(within, hazardClass, askedAt.toISOString());
      await client.query({
        name: 'times of another class',
        text: `UPDATE recall_facilities SET hazard_class = $3, due_at = $4, letter_at = CASE WHEN letter = 'reminder' THEN $5 ELSE letter_at END
          WHERE recall = $1 AND asked_at = $2 AND state = 'asked' AND hazard_class IS DISTINCT FROM $3`,
        values: [recall, askedAt, hazardClass, dueAt, remindAt],
      });
    }
    await client.query({
      name: 'facilities that are late',
      text: `WITH late AS (
          UPDATE recall_facilities f SET state = 'late', letter = NULL, letter_at = NULL FROM recalls r WHERE ${WAITS} AND f.due_at <= now()
          RETURNING f.recall, f.facility, f.due_at, r.mock)
        INSERT INTO attention (id, reason, subject, codes, raised_at, due_at)
        SELECT 'confirmation/' || recall || '/' || facility, 'stop_unconfirmed', facility,
          jsonb_build_object('recall', recall, 'facility', facility), now(), due_at FROM late WHERE NOT mock
        ON CONFLICT (id) DO UPDATE SET resolved_at = NULL, resolution = NULL, resolved_by = NULL, raised_at = now(), due_at = EXCLUDED.due_at`,
    });
  });
