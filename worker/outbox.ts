import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { type Endpoint, isTaken, post } from '../activities/webhooks/out.ts';
import { withClient } from '../prisma/client.ts';
import { type Loop, startLoop } from './loop.ts';

const PAUSE_MS = 1_000;
const BATCH = 50;
const CLEAR_EVERY_MS = 60_000;
/** Seconds until the next attempt, as Standard Webhooks suggests; after the last an event is dead. */
const BACKOFF = [5, 300, 1_800, 7_200, 18_000, 36_000, 36_000];
/** A worker that dies with an event in hand lets go of it after this. */
const LEASE = '30 seconds';
/** So many due events are looked at in a round, however many wait. */
const WINDOW = 500;

/** Tells the configured endpoints what happened, in order within each process. */
export async function startOutbox({ pool, log }: { pool: Pool; log: Logger }): Promise<Loop> {
  let clearedAt = 0;
  return startLoop('outbox', log, PAUSE_MS, async (signal) => {
    const endpoints = await readEndpoints(pool);
    if (endpoints.length > 0) return emptyOutbox(pool, endpoints, signal);
    if (Date.now() - clearedAt > CLEAR_EVERY_MS) {
      await clear(pool);
      clearedAt = Date.now();
    }
    return 'idle';
  });
}

type Due = {
  readonly process: string;
  readonly version: number;
  readonly seq: number;
  readonly event_type: string;
  readonly payload: { readonly at: string };
  readonly attempts: number;
  readonly delivered_to: readonly string[];
};
type Registered = Endpoint & { readonly event_types: readonly string[] };

/** One round: the first undelivered event of each process that is due. */
async function emptyOutbox(
  pool: Pool,
  endpoints: readonly Registered[],
  signal: AbortSignal,
): Promise<'more' | 'idle'> {
  const due = await claim(pool);
  await Promise.all(due.map((event) => deliver(pool, endpoints, event, signal)));
  if (due.length > 0) return 'more';
  return (await putOff(pool)) > 0 ? 'more' : 'idle';
}

async function deliver(pool: Pool, endpoints: readonly Registered[], due: Due, signal: AbortSignal): Promise<void> {
  const { process, version, seq, event_type: type, payload } = due;
  const wanting = endpoints.filter(
    ({ id, event_types }) => !due.delivered_to.includes(id) && (event_types.length === 0 || event_types.includes(type)),
  );
  const event = { id: `${process}:${version}:${seq}`, type, at: payload.at, data: payload };
  const answers = (await Promise.all(wanting.map((endpoint) => post(endpoint, event, { signal })))).map(isTaken);
  // Stopped in the middle: the lease runs out and it is sent again, under the same id.
  if (signal.aborted && answers.includes(false)) return;
  const said = wanting.filter((_, index) => answers[index]).map(({ id }) => id);
  await settle(pool, due, said, answers.every(Boolean));
}

/** Writes down how an attempt went; the last failed one hands the event to a person and lets the next ones pass. */
async function settle(pool: Pool, due: Due, said: readonly string[], done: boolean): Promise<void> {
  const wait = BACKOFF[due.attempts - 1];
  const dead = !done && wait === undefined;
  await withClient(pool, (client) =>
    client.query({
      name: 'settle outbox',
      text: `WITH settled AS (
          UPDATE outbox SET delivered_to = delivered_to || $4::text[],
            delivered_at = CASE WHEN $5 THEN now() END, dead_at = CASE WHEN $6 THEN now() END,
            next_attempt_at = now() + make_interval(secs => $7)
          WHERE process = $1 AND version = $2 AND seq = $3 RETURNING event_type)
        INSERT INTO attention (id, reason, subject, codes, raised_at)
        SELECT 'outbox/' || $1 || ':' || $2 || ':' || $3, 'webhook_undelivered', $1, jsonb_build_object('event', event_type), now()
        FROM settled WHERE $6
        ON CONFLICT (id) DO UPDATE SET raised_at = now(), resolved_at = NULL, resolution = NULL, resolved_by = NULL`,
      values: [due.process, due.version, due.seq, said, done, dead, wait ?? 0],
    }),
  );
}

/** The first undelivered event of each process that has one among the first due ones; itself it may have to wait. */
const HEADS = `(
    SELECT DISTINCT process FROM (
      SELECT process FROM outbox WHERE delivered_at IS NULL AND dead_at IS NULL AND next_attempt_at <= now()
      ORDER BY next_attempt_at LIMIT ${WINDOW}) AS due) AS looked_at,
  LATERAL (
    SELECT process, version, seq, next_attempt_at FROM outbox
    WHERE process = looked_at.process AND delivered_at IS NULL AND dead_at IS NULL
    ORDER BY version, seq LIMIT 1) AS head`;

function claim(pool: Pool): Promise<readonly Due[]> {
  return withClient(pool, async (client) => {
    const { rows } = await client.query<Due>({
      name: 'claim outbox',
      text: `UPDATE outbox o SET attempts = o.attempts + 1, next_attempt_at = now() + interval '${LEASE}'
        FROM (
          SELECT head.* FROM ${HEADS} WHERE head.next_attempt_at <= now()
          ORDER BY head.next_attempt_at LIMIT ${BATCH}) AS head
        WHERE (o.process, o.version, o.seq) = (head.process, head.version, head.seq)
          AND o.next_attempt_at <= now() AND o.delivered_at IS NULL
        RETURNING o.process, o.version, o.seq, o.event_type, o.payload, o.attempts, o.delivered_to`,
    });
    return rows;
  });
}

/**
 * What is due behind an event that waits is put off until that one is due, so that a receiver who is down for hours
 * costs each round no more than one who answers. Behind one that is under way it is looked at again in a moment.
 */
function putOff(pool: Pool): Promise<number> {
  return withClient(pool, async (client) => {
    const { rowCount } = await client.query({
      name: 'put off outbox',
      text: `UPDATE outbox o SET next_attempt_at = CASE
          WHEN head.next_attempt_at <= now() + interval '${LEASE}' THEN now() + interval '1 second'
          ELSE head.next_attempt_at END
        FROM ${HEADS}
        WHERE head.next_attempt_at > now() AND o.process = head.process
          AND o.delivered_at IS NULL AND o.dead_at IS NULL AND o.next_attempt_at <= now()`,
    });
    return rowCount ?? 0;
  });
}

function readEndpoints(pool: Pool): Promise<readonly Registered[]> {
  return withClient(pool, async (client) => {
    const { rows } = await client.query<Registered>({
      name: 'endpoints',
      text: 'SELECT id, url, secret, event_types FROM webhook_endpoints WHERE disabled_at IS NULL',
    });
    return rows;
  });
}

/** Nobody to tell: an endpoint hears of what happens from its first minute on, and one without any pays next to nothing. */
async function clear(pool: Pool): Promise<void> {
  await withClient(pool, (client) => client.query('DELETE FROM outbox WHERE delivered_at IS NULL AND dead_at IS NULL'));
}
