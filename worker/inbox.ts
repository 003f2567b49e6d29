import { Client, Connection, type WorkflowOptions } from '@temporalio/client';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { type InboxRow, processEvent, type Ways } from '../activities/journal/inbox.ts';
import type { Config } from '../config/config.ts';
import { withClient } from '../prisma/client.ts';
import { type DeliveryArguments, deliveryWorkflowId, deliveryWorkflowType } from '../workflows/delivery/messages.ts';
import { loanWorkflowId, loanWorkflowType } from '../workflows/loan/messages.ts';
import type { NumberedArguments } from '../workflows/process/messages.ts';
import { lastingAttributes as ofRecall } from '../workflows/recall/attributes.ts';
import {
  type RecallArguments,
  type RecallMessage,
  recallWorkflowId,
  recallWorkflowType,
} from '../workflows/recall/messages.ts';
import { lastingAttributes } from '../workflows/return/attributes.ts';
import { type ReturnArguments, returnWorkflowId, returnWorkflowType } from '../workflows/return/messages.ts';
import { type Loop, startLoop } from './loop.ts';
import { wakeWave } from './wake-wave.ts';

const PAUSE_MS = 1_000;
const BATCH = 50;
/** After 1 s, 2 s, 4 s … up to 10 minutes. What fits nothing is tried for some two hours, then a person gets it. */
const ATTEMPTS_TO_MATCH = 21;
/** What has its return and can't be brought to it, for a day: Temporal may be away for longer than two hours. */
const ATTEMPTS_TO_DELIVER = 154;

/** Resends stored webhook events that no process has taken yet. */
export async function startInbox(options: { pool: Pool; config: Config; log: Logger }): Promise<Loop> {
  const { pool, config, log } = options;
  const connection = Connection.lazy({ address: config.temporal.address, connectTimeout: '3s' });
  const client = new Client({ connection, namespace: config.temporal.namespace });
  const { taskQueue } = config.temporal;
  const leave = async (
    workflowType: string,
    workflowId: string,
    start: object,
    message: { command: { type: string } },
    named: Pick<WorkflowOptions, 'typedSearchAttributes' | 'staticSummary'> = {},
  ) => {
    const args: [object] = [start];
    const signal = { signal: message.command.type, signalArgs: [message] };
    await client.workflow.signalWithStart(workflowType, { workflowId, taskQueue, args, ...signal, ...named });
  };
  const ways: Ways = {
    toReturn: async ({ rma, message, start = null, skus = [] }) => {
      const args: ReturnArguments = { rma, request: start };
      const named = start === null ? {} : namesOf(rma, start, skus);
      await leave(returnWorkflowType, returnWorkflowId(rma), args, message, named);
    },
    toDelivery: async ({ delivery: tracking, message }) => {
      const start: DeliveryArguments = { tracking };
      await leave(deliveryWorkflowType, deliveryWorkflowId(tracking), start, message);
    },
    toWave: (name) => wakeWave(client, taskQueue, name),
    toLoan: async ({ loan, message }) => {
      const start: NumberedArguments<object, object> = { number: loan, request: null };
      await leave(loanWorkflowType, loanWorkflowId(loan), start, message);
    },
    toRecall: async ({ recall, commandId }) => {
      const start: RecallArguments = { number: recall, request: null };
      const message: RecallMessage = { commandId, by: 'inbox', command: { type: 'draw_checks' } };
      const named = { typedSearchAttributes: ofRecall(recall), staticSummary: `Recall ${recall}` };
      await leave(recallWorkflowType, recallWorkflowId(recall), start, message, named);
    },
  };
  const sweepers = [false, true].map((slow) =>
    startLoop(slow ? 'slow inbox' : 'inbox', log, PAUSE_MS, () => sweepInbox(pool, ways, log, { slow })),
  );
  return {
    stop: async () => {
      await Promise.all(sweepers.map((loop) => loop.stop()));
      await connection.close();
    },
  };
}

/** By what engineers find the run of a return that is started here; one that runs already keeps its own. */
const namesOf = (rma: string, { request }: NonNullable<ReturnArguments['request']>, skus: readonly string[]) => ({
  typedSearchAttributes: lastingAttributes(request, skus),
  staticSummary: `Return ${rma} of order ${request.order}`,
});

/**
 * Takes the events that are due, once each however many workers there are, and brings each to its process. What touches all consignees
 * of a recall is `slow`: it is swept by itself, so that nothing waits behind it.
 */
export async function sweepInbox(
  pool: Pool,
  ways: Ways,
  log: Logger,
  { slow = false }: { readonly slow?: boolean } = {},
): Promise<'more' | 'idle'> {
  const rows = await claim(pool, slow);
  await Promise.all(
    rows.map(async (row) => {
      const result = await processEvent(pool, row, ways).catch((error: unknown) => {
        log.warn(
          { inbox: row.id, error: error instanceof Error ? error.message : String(error) },
          'event not delivered',
        );
        return 'failed' as const;
      });
      if (result === 'unmatched' && row.attempts >= ATTEMPTS_TO_MATCH)
        await giveToPerson(pool, row, 'webhook_unmatched');
      if (result === 'failed' && row.attempts >= ATTEMPTS_TO_DELIVER) await giveToPerson(pool, row, 'webhook_failed');
      if (result === 'pending' && row.attempts >= ATTEMPTS_TO_DELIVER) await giveToPerson(pool, row, 'goods_not_taken');
    }),
  );
  return rows.length === BATCH ? 'more' : 'idle';
}

/** The claim is the next attempt's time: if we die, the event is due again then. What is slow isn't taken up twice meanwhile. */
function claim(pool: Pool, slow: boolean): Promise<readonly InboxRow[]> {
  return withClient(pool, async (client) => {
    const { rows } = await client.query<InboxRow>({
      name: 'claim inbox',
      text: `UPDATE inbox SET attempts = attempts + 1,
          next_attempt_at = now() + least(interval '10 minutes', interval '1 second' * 2 ^ least(attempts + CASE WHEN $1 THEN 6 ELSE 0 END, 20))
        WHERE id IN (
          SELECT id FROM inbox WHERE processed_at IS NULL AND dead_at IS NULL AND next_attempt_at <= now() AND (provider = 'passed_on') = $1
          ORDER BY id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
        RETURNING id::text, payload, attempts`,
      values: [slow],
    });
    return rows;
  });
}

type GivenUp = 'webhook_unmatched' | 'webhook_failed' | 'goods_not_taken';

/** An event that is given up is kept, and waits in the people's queue until somebody lets it be tried again. */
async function giveToPerson(pool: Pool, row: InboxRow, reason: GivenUp): Promise<void> {
  await withClient(pool, (client) =>
    client.query(
      `WITH dead AS (UPDATE inbox SET dead_at = now() WHERE id = $1 AND dead_at IS NULL RETURNING id, provider, event_id, payload)
       INSERT INTO attention (id, reason, subject, codes, raised_at)
       SELECT 'inbox/' || id, $2, provider || ':' || event_id, payload, now() FROM dead
       ON CONFLICT (id) DO UPDATE SET reason = $2, raised_at = now(), resolved_at = NULL, resolution = NULL, resolved_by = NULL`,
      [row.id, reason],
    ),
  );
}
