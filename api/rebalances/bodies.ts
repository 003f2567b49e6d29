import { z } from 'zod';
import { exits, whysMoved } from '../../domain/rebalance/plan/explain.ts';
import type { Attention, NetworkProcess, Rebalance, RebalanceLeftover } from '../../prisma/generated/client.ts';
import { MoneyBody, moneyOut } from '../money.ts';
import { networkSummary, networkSummaryShape, networkWholeShape } from '../network/bodies.ts';

const PlanBody = z
  .object({
    plan: z.int().meta({ description: 'Named when it is approved; each edit makes a new one.' }),
    positions: z.int().meta({ description: 'SKUs at facilities that were looked at.' }),
    lines: z.int(),
    units: z.int(),
    transfers: z.int(),
    cost: MoneyBody,
    saving: MoneyBody.meta({ description: 'Against doing nothing: what missing units would cost, less the cost.' }),
    mostSaving: MoneyBody.meta({ description: 'No plan saves more.' }),
    gap: z.number().meta({ description: 'What it leaves of that, as a share.' }),
    excess: z.int().meta({ description: 'Units that nobody needs, after the plan.' }),
    excessWorth: MoneyBody.meta({ description: 'What they bring at their best exits.' }),
  })
  .meta({ id: 'RebalancePlan' });

export const RebalanceSummaryBody = z
  .object({
    ...networkSummaryShape,
    currency: z.string(),
    horizonDays: z.int(),
    edits: z.int().meta({ description: 'Ways that people have fixed.' }),
    plan: PlanBody.nullable().meta({ description: 'Null while there is none.' }),
    transfers: z.object({ started: z.int(), ended: z.int(), late: z.int() }),
    units: z
      .object({ received: z.int(), lost: z.int() })
      .meta({ description: 'As of the last look, every six hours.' }),
  })
  .meta({ id: 'RebalanceSummary' });

export const RebalanceBody = RebalanceSummaryBody.extend(networkWholeShape).meta({ id: 'Rebalance' });

/** What is read of a rebalancing with its row. */
export const withRebalance = {
  attention: { where: { resolvedAt: null }, orderBy: { raisedAt: 'asc' } },
  rebalance: true,
} as const;

type RebalanceRow = NetworkProcess & {
  readonly attention: readonly Attention[];
  readonly rebalance: Rebalance | null;
};

/** A rebalancing as it leaves; null where its own row isn't there, which append writes with the others. */
export function rebalanceSummary(row: RebalanceRow): z.infer<typeof RebalanceSummaryBody> | null {
  if (row.rebalance === null) return null;
  const { currency, horizonDays, edits, started, ended, late, received, lost } = row.rebalance;
  return {
    ...networkSummary(row),
    ...{ currency, horizonDays, edits, plan: planOut(row.rebalance) },
    transfers: { started, ended, late },
    units: { received, lost },
  };
}

function planOut(row: Rebalance): z.infer<typeof PlanBody> | null {
  const { currency, plan, positions, lines, units, transfers, cost, saving, mostSaving, excess, excessWorth } = row;
  if (positions === null || lines === null || units === null || transfers === null || excess === null) return null;
  const money = (amount: bigint | null) => moneyOut(Number(amount ?? 0), currency);
  const [saved, most] = [Number(saving ?? 0), Number(mostSaving ?? 0)];
  return {
    ...{ plan, positions, lines, units, transfers, cost: money(cost), saving: money(saving) },
    mostSaving: money(mostSaving),
    gap: most === 0 ? 0 : Math.round(((most - saved) / most) * 1e6) / 1e6,
    ...{ excess, excessWorth: money(excessWorth) },
  };
}

export const LineBody = z
  .object({
    line: z.int(),
    sku: z.string(),
    origin: z.string(),
    destination: z.string(),
    trip: z.string().nullable().meta({ description: 'The trip that it rides on; null on a lane.' }),
    quantity: z.int(),
    why: z.enum(whysMoved),
    fromExcess: z.boolean().meta({ description: 'All of it is beyond the maximum of its origin.' }),
    days: z.int(),
    cost: MoneyBody,
    saving: MoneyBody,
    transfer: z.string().nullable().meta({ description: 'The transfer that moves it, once that was started.' }),
    refusal: z.string().nullable().meta({ description: 'Why its transfer could not be started.' }),
  })
  .meta({ id: 'RebalanceLine' });

export const LeftoverBody = z
  .object({
    sku: z.string(),
    facility: z.string(),
    quantity: z.int(),
    exit: z.enum(exits).nullable().meta({ description: 'Null where none has a price.' }),
    worth: MoneyBody,
  })
  .meta({ id: 'RebalanceExcess' });

export const leftoverOut = ({ sku, facility, quantity, exit, worth }: RebalanceLeftover, currency: string) => ({
  ...{ sku, facility, quantity, exit: LeftoverBody.shape.exit.parse(exit), worth: moneyOut(Number(worth), currency) },
});
