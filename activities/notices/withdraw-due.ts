import type { Pool } from 'pg';
import type { Instant } from '../../domain/time/duration.ts';
import { withClient } from '../../prisma/client.ts';
import type { WaveName } from '../recalls/port.ts';

/**
 * Makes that the recall was an error due to whom a wave has written to, or may have: a claimed notice may have left. Nothing more is due
 * to the others, nor in a drill, which has written to nobody. Asked again, whoever has been told isn't again.
 */
export async function withdrawDue(pool: Pool, { recall, wave }: WaveName, now: Instant): Promise<void> {
  await withClient(pool, (client) =>
    client.query({
      name: 'withdraw notices',
      text: `UPDATE recall_consignees c SET state = CASE WHEN t.told THEN 'notified' ELSE 'withdrawn' END,
          due_kind = CASE WHEN t.told THEN 'withdrawn' END, due_number = CASE WHEN t.told THEN 1 END,
          next_due = CASE WHEN t.told THEN $3::timestamptz END
        FROM (
          SELECT o.consignee, EXISTS (SELECT FROM notices n WHERE n.recall = o.recall AND n.consignee = o.consignee
              AND n.kind <> 'withdrawn' AND n.state IN ('claimed', 'sent')) AS told
          FROM recall_consignees o WHERE o.recall = $1 AND o.wave = $2 AND NOT EXISTS (
            SELECT FROM notices n WHERE n.recall = o.recall AND n.consignee = o.consignee AND n.kind = 'withdrawn')
        ) AS t
        WHERE c.recall = $1 AND c.wave = $2 AND c.consignee = t.consignee AND c.due_kind IS DISTINCT FROM 'withdrawn'
          AND (t.told OR c.state <> 'withdrawn')`,
      values: [recall, wave, now],
    }),
  );
}
