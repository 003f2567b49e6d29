import { setTimeout as sleep } from 'node:timers/promises';
import { type Books, sandboxHand } from '../local/sandbox/hand.ts';
import type { Leg } from './leg.ts';

/**
 * Nothing lost: every return is closed in the database and in Temporal, fully paid, with one label and one refund by the
 * sandbox's own books. No figure of a leg counts without it.
 *
 * @throws one sentence with the first return that is not so
 */
export async function checkNothingLost(leg: Leg, rmas: readonly string[]): Promise<void> {
  const found = await leg.pool.query<{ rma: string }>(
    `SELECT rma FROM unnest($1::text[]) AS asked(rma)
     WHERE NOT EXISTS (SELECT FROM returns r WHERE r.rma = asked.rma AND goods = 'closed' AND money = 'full')`,
    [rmas],
  );
  if (found.rows[0] !== undefined)
    throw new Error(`${found.rows.length} returns did not close, first ${found.rows[0].rma}.`);
  const books = await sandboxHand(leg.sandboxUrl).books();
  const wrong = rmas.filter((rma) => !isOnce(books, rma));
  if (wrong.length > 0)
    throw new Error(`${wrong.length} returns have no or several labels or refunds, first ${wrong[0]}.`);
  for (let wait = 0; (await leg.client.workflow.count(`ExecutionStatus != 'Completed'`)).count > 0; wait += 1) {
    if (wait === 60) throw new Error('Some workflows did not complete.');
    await sleep(500);
  }
}

function isOnce({ labels, refunds }: Books, rma: string): boolean {
  const label = labels[`${rma}:label:P1`];
  const refund = refunds[`${rma}:refund:S1-1`];
  return label?.bought === 1 && label.voided === 0 && refund?.count === 1 && refund.succeeded === 1;
}
