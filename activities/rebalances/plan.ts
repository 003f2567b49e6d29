import type { Pool, PoolClient } from 'pg';
import type { PlanFigures } from '../../domain/rebalance/events.ts';
import { flawsOf } from '../../domain/rebalance/plan/check.ts';
import { explain, type Leftover, leftoversOf, type PlanLine } from '../../domain/rebalance/plan/explain.ts';
import { mostTransferLines } from '../../domain/transfer/request.ts';
import { inTransaction, withClient } from '../../prisma/client.ts';
import { exitPrices, networkOf } from './network.ts';
import { planApart } from './plan-apart.ts';
import type { Rebalances } from './port.ts';
import { takePositions } from './positions.ts';

type Asked = Parameters<Rebalances['planRebalance']>[0];

/** A line with the transfer that it goes with: the lines from one place to another by one way, as many as a transfer may have. */
type Going = PlanLine & { readonly transfer: number };

/** Makes the plan of a rebalancing and stores it in the place of the one before. */
export async function planRebalance(
  pool: Pool,
  asked: Asked,
  calledOff: AbortSignal,
): ReturnType<Rebalances['planRebalance']> {
  const { number, plan, currency, terms } = asked;
  await inTransaction(pool, (client) => takePositions(client, { number, currency, horizonDays: terms.horizonDays }));
  const [network, prices] = await withClient(pool, async (client) => [
    await networkOf(client, asked),
    await exitPrices(client, number, currency),
  ]);
  if (network.positions.length === 0) return { type: 'not_planned', code: 'no_positions' };
  const { moves, cost, bound } = await planApart(network, calledOff);
  const [flaw] = flawsOf(network, moves);
  // A defect of ours, or an edit that lanes don't allow any more; a person sees the code, and can plan without it.
  if (flaw !== undefined) return { type: 'not_planned', code: flaw.code };
  const lines = goingTogether(explain(network, moves));
  const leftovers = leftoversOf(network, moves, prices);
  const saving = lines.reduce((sum, line) => sum + line.saving, 0);
  const figures: PlanFigures = {
    positions: network.positions.length,
    lines: lines.length,
    units: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    transfers: lines.at(-1)?.transfer ?? 0,
    cost: lines.reduce((sum, line) => sum + line.cost, 0),
    saving,
    // What people have fixed is in both: only what they left open could be better.
    mostSaving: saving + Math.max(0, Math.ceil(cost - bound - 0.001)),
    excess: leftovers.reduce((sum, { quantity }) => sum + quantity, 0),
    excessWorth: leftovers.reduce((sum, { worth }) => sum + worth, 0),
  };
  await inTransaction(pool, (client) => store(client, number, plan, lines, leftovers));
  return { type: 'planned', ...figures };
}

function goingTogether(lines: readonly PlanLine[]): readonly Going[] {
  const ways = Map.groupBy(lines, ({ origin, destination, trip }) => JSON.stringify([origin, destination, trip]));
  let transfer = 0;
  return [...ways.values()].flatMap((together) =>
    together.map((line, index) => {
      if (index % mostTransferLines === 0) transfer += 1;
      return { ...line, transfer };
    }),
  );
}

async function store(
  client: PoolClient,
  number: string,
  plan: number,
  lines: readonly Going[],
  leftovers: readonly Leftover[],
): Promise<void> {
  await client.query('DELETE FROM rebalance_lines WHERE number = $1', [number]);
  await client.query('DELETE FROM rebalance_leftovers WHERE number = $1', [number]);
  await client.query(
    `INSERT INTO rebalance_lines
      (number, plan, line, transfer, sku, origin, destination, trip, quantity, why, from_excess, days, cost, saving)
      SELECT $1, $2, row_number() OVER (), l.* FROM jsonb_to_recordset($3::jsonb) AS l(transfer int, sku text, origin text,
        destination text, trip text, quantity int, why text, "fromExcess" boolean, days int, cost bigint, saving bigint)`,
    [number, plan, JSON.stringify(lines)],
  );
  await client.query(
    `INSERT INTO rebalance_leftovers (number, sku, facility, quantity, exit, worth)
      SELECT $1, l.* FROM jsonb_to_recordset($2::jsonb) AS l(sku text, facility text, quantity int, exit text, worth bigint)`,
    [number, JSON.stringify(leftovers)],
  );
}
