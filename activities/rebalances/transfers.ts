import { ApplicationFailure } from '@temporalio/common';
import type { Pool } from 'pg';
import type { TransfersSeen } from '../../domain/rebalance/events.ts';
import { defaultTransferTerms, type TransferRequest } from '../../domain/transfer/request.ts';
import { withClient } from '../../prisma/client.ts';
import type { Transfers } from '../transfers/port.ts';
import type { Rebalances } from './port.ts';

type Line = {
  readonly transfer: number;
  readonly sku: string;
  readonly origin: string;
  readonly destination: string;
  readonly trip: string | null;
  readonly quantity: number;
  readonly days: number;
};

const DAY_MS = 86_400_000;
/** Who gets a plan has so long to pick and ship. */
const SHIP_WITHIN_DAYS = 2;

/**
 * Starts transfers of a plan, each once: what was started is noted, and a transfer's number follows from its place in the plan. One that
 * is refused is noted with its code, and doesn't keep the others back.
 *
 * @param beat says that the attempt lives
 */
export async function startTransfers(
  pool: Pool,
  { number, plan, currency, first, last }: Parameters<Rebalances['startTransfers']>[0],
  { startTransfer }: Transfers,
  beat: () => void,
): ReturnType<Rebalances['startTransfers']> {
  const lines = await withClient(pool, (client) =>
    client.query<Line>(
      `SELECT transfer, sku, origin, destination, trip, quantity, days FROM rebalance_lines
        WHERE number = $1 AND transfer BETWEEN $2 AND $3
          AND NOT EXISTS (SELECT FROM rebalance_transfers t WHERE t.number = $1 AND t.transfer = rebalance_lines.transfer AND started IS NOT NULL)
        ORDER BY line`,
      [number, first, last],
    ),
  );
  for (const [transfer, together] of Map.groupBy(lines.rows, (line) => line.transfer)) {
    beat();
    const request = requestOf(number, currency, together);
    if (request === null) continue;
    const outcome = await started(startTransfer, {
      commandId: `${number}:plan:${plan}:${transfer}`,
      by: number,
      request,
    });
    await withClient(pool, (client) =>
      client.query(
        `INSERT INTO rebalance_transfers (number, transfer, started, refusal) VALUES ($1, $2, $3, $4)
          ON CONFLICT (number, transfer) DO UPDATE SET started = EXCLUDED.started, refusal = EXCLUDED.refusal`,
        [number, transfer, outcome.number, outcome.refusal],
      ),
    );
  }
  return await counted(pool, { number, first, last });
}

type Started =
  | { readonly number: string; readonly refusal: null }
  | { readonly number: null; readonly refusal: string };

async function started(
  startTransfer: Transfers['startTransfer'],
  start: Parameters<Transfers['startTransfer']>[0],
): Promise<Started> {
  try {
    return { ...(await startTransfer(start)), refusal: null };
  } catch (error) {
    if (!(error instanceof ApplicationFailure) || error.type !== 'transfer.refused') throw error;
    const [details] = error.details ?? [];
    return { number: null, refusal: String(Object(details).code ?? error.message) };
  }
}

/** What a transfer is asked for with; null where it has no lines. */
function requestOf(plan: string, currency: string, lines: readonly Line[]): TransferRequest | null {
  const [first] = lines;
  if (first === undefined) return null;
  const { origin: from, destination: to, trip, days } = first;
  const shipBy = new Date(Date.now() + SHIP_WITHIN_DAYS * DAY_MS);
  return {
    ...{ from, to, plan, currency, reason: 'rebalance', terms: defaultTransferTerms },
    lines: lines.map(({ sku, quantity }, index) => ({
      ...{ line: `L${index + 1}`, sku, quantity, lot: null, serials: [] },
    })),
    by: trip === null ? { type: 'parcel', carrier: null } : { type: 'trip', trip },
    shipBy: shipBy.toISOString(),
    arriveBy: new Date(shipBy.getTime() + Math.max(1, days) * DAY_MS).toISOString(),
  };
}

async function counted(
  pool: Pool,
  { number, first, last }: { readonly number: string; readonly first: number; readonly last: number },
): ReturnType<Rebalances['startTransfers']> {
  const { rows } = await withClient(pool, (client) =>
    client.query<{ started: number; refused: number }>(
      `SELECT count(started)::int AS started, count(refusal)::int AS refused FROM rebalance_transfers
        WHERE number = $1 AND transfer BETWEEN $2 AND $3`,
      [number, first, last],
    ),
  );
  const { started, refused } = rows[0] ?? { started: 0, refused: 0 };
  return { type: 'transfers_started', started, refused };
}

/** What has become of the transfers of a plan: their ends, and what was late, came and was lost. */
export async function lookAtTransfers(
  pool: Pool,
  { number }: Parameters<Rebalances['lookAtTransfers']>[0],
): ReturnType<Rebalances['lookAtTransfers']> {
  const { rows } = await withClient(pool, (client) =>
    client.query<TransfersSeen>(
      `SELECT count(*) FILTER (WHERE closed_at IS NOT NULL)::int AS ended,
          count(*) FILTER (WHERE closed_at IS NULL AND arrive_by < now())::int AS late,
          coalesce(sum(line.received), 0)::int AS received, coalesce(sum(line.lost), 0)::int AS lost
        FROM rebalance_transfers t JOIN transfers ON transfers.number = t.started
          JOIN network_processes p ON p.number = t.started
          CROSS JOIN LATERAL (SELECT sum(received) AS received, sum(lost) AS lost FROM transfer_lines l WHERE l.number = t.started) AS line
        WHERE t.number = $1`,
      [number],
    ),
  );
  return { type: 'transfers_seen', ...(rows[0] ?? { ended: 0, late: 0, received: 0, lost: 0 }) };
}
