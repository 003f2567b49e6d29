import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { makeRma } from '../../domain/numbers/rma.ts';
import { routeReturn } from '../../domain/policy/routing.ts';
import type { ReturnRequest } from '../../domain/return/request.ts';
import { withClient } from '../../prisma/client.ts';
import { readRequestFacts } from './facts.ts';
import { processOf } from './process.ts';

/**
 * A return that nobody asks for over the API: it goes where its policy routes it, and is paid as wished where the policy offers that,
 * else as it first names. Null where there is no such order, or nowhere to go.
 */
export async function routedRequest(
  pool: Pool,
  unrouted: Omit<ReturnRequest, 'facility' | 'routing'>,
): Promise<ReturnRequest | null> {
  const facts = await readRequestFacts(pool, unrouted);
  if (facts === null) return null;
  const { rows } = await withClient(pool, (client) =>
    client.query<{ facility: string; country: string; capabilities: string[] }>(
      'SELECT id AS facility, country, capabilities FROM facilities',
    ),
  );
  const { policy, order } = facts;
  const categories = order.lines.map(({ category }) => category);
  const routed = routeReturn(policy.routing, order, categories, rows);
  if (routed === null) return null;
  const { facility, ...routing } = routed;
  const { instruments } = policy.refund;
  const [offered = unrouted.instrument] = instruments;
  const instrument = instruments.includes(unrouted.instrument) ? unrouted.instrument : offered;
  return { ...unrouted, instrument, facility, routing };
}

/** The number of a return that a command starts: always the same for the same one. A number that another return has is passed over. */
export async function numberFor(pool: Pool, commandId: string): Promise<string> {
  for (let attempt = 0; ; attempt += 1) {
    const rma = makeRma(createHash('sha256').update(`${commandId}\n${attempt}`).digest());
    const { rows } = await withClient(pool, (client) =>
      client.query<{ command_id: string }>('SELECT command_id FROM journal WHERE process = $1 AND version = 1', [
        processOf(rma),
      ]),
    );
    if (rows[0] === undefined || rows[0].command_id === commandId) return rma;
  }
}
