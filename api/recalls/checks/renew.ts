import type { PoolClient } from 'pg';
import { after, type Instant } from '../../../domain/time/duration.ts';
import { IS_ADDRESSED, makeDueAgain, type Written } from '../write-again.ts';

/** A consignee whom the notice of a recall didn't reach, as a check of it says. Its row is locked. */
export type Missed = Written & {
  readonly state: string;
  /** Whether its wave has begun: a wider scope may have put it into one that is still to come. */
  readonly isStarted: boolean;
  readonly lastSentAt: Date | null;
  /** Whether there is an address, or a machine, to write to. */
  readonly isAddressed: boolean;
};

/** The consignee of a check; null where there is no such check. */
export async function readMissed(
  client: PoolClient,
  { recall, number }: { readonly recall: string; readonly number: number },
): Promise<Missed | null> {
  const { rows } = await client.query<Missed>(
    `SELECT c.recall, c.consignee, c.wave, c.state, c.last_sent_at AS "lastSentAt", w.started_at IS NOT NULL AS "isStarted",
        EXISTS (SELECT FROM consignees k WHERE k.id = c.consignee AND ${IS_ADDRESSED}) AS "isAddressed"
      FROM recall_consignees c JOIN recall_waves w ON w.recall = c.recall AND w.wave = c.wave
      WHERE c.recall = $1 AND c.consignee = (SELECT consignee FROM recall_checks WHERE recall = $1 AND number = $2)
      FOR UPDATE OF c`,
    [recall, number],
  );
  return rows[0] ?? null;
}

/** Who was asked may be known to the day only: a notice that left within one from then is not yet another one. */
const SAME_DAY = 'P1D';

/**
 * Has the first notice leave anew to who says that it didn't come. Not where one is still to leave or another has left since, where the
 * consignee has responded all the same, and where no address is known or the known one fails: then a person is with it already.
 */
export async function renewNotice(client: PoolClient, missed: Missed, checkedAt: Instant): Promise<void> {
  const { state, lastSentAt, isAddressed, isStarted } = missed;
  const isReachable = isAddressed && (state === 'notified' || state === 'silent');
  if (!isStarted || !isReachable) return;
  if (lastSentAt !== null && lastSentAt.getTime() > Date.parse(after(checkedAt, SAME_DAY))) return;
  await makeDueAgain(client, missed);
}
