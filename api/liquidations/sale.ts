import { z } from 'zod';
import { readTail } from '../../activities/journal/tail.ts';
import { grades } from '../../domain/goods/grading.ts';
import { liquidationDecider } from '../../domain/liquidation/decider.ts';
import { complaintKinds } from '../../domain/liquidation/events.ts';
import { agreed, balance, held } from '../../domain/liquidation/figures.ts';
import type { LiquidationKind } from '../../domain/liquidation/kind.ts';
import { bidStates, type Opened } from '../../domain/liquidation/state.ts';
import { withClient } from '../../prisma/client.ts';
import type { Api } from '../api.ts';
import { endpoint } from '../endpoint.ts';
import { numberField } from '../executions/desk.ts';
import { MoneyBody, moneyOut } from '../money.ts';
import { processNotFound } from '../process-desk.ts';
import { liquidations } from './desk.ts';

const Time = z.iso.datetime();

const SaleBody = z
  .object({
    number: z.string(),
    version: z.int(),
    status: z.string(),
    reserve: MoneyBody,
    round: z.int(),
    bids: z.array(
      z.object({
        bid: z.string(),
        liquidator: z.string(),
        amount: MoneyBody,
        validUntil: Time,
        round: z.int(),
        state: z.enum(bidStates),
      }),
    ),
    sale: z
      .object({
        bid: z.string(),
        liquidator: z.string(),
        invoice: z.string(),
        price: MoneyBody,
        agreed: MoneyBody.meta({ description: 'The price less what came off for complaints.' }),
        paid: MoneyBody,
        writtenOff: MoneyBody,
        open: MoneyBody.meta({ description: 'What the liquidator owes; below zero what it is to get back.' }),
      })
      .nullable(),
    fees: MoneyBody,
    complaintsUntil: Time.nullable(),
    complaints: z.array(
      z.object({
        complaint: z.string(),
        reference: z.string(),
        kind: z.enum(complaintKinds),
        sku: z.string(),
        grade: z.enum(grades).nullable(),
        quantity: z.int(),
        asked: MoneyBody,
        allowance: MoneyBody.nullable().meta({ description: 'Null while nobody has decided.' }),
      }),
    ),
  })
  .meta({ id: 'LiquidationSale' });

export const getLiquidationSale = endpoint({
  method: 'get',
  path: '/v1/liquidations/{number}/sale',
  id: 'getLiquidationSale',
  tag: liquidations.tag,
  summary: 'Bids, sale, payments and complaints of a liquidation',
  permission: 'executions:read',
  params: z.object({ number: numberField(liquidations) }),
  responses: { 200: { description: 'How its sale stands.', schema: SaleBody } },
  problems: [404],
  handle: async ({ params: { number } }, api) => {
    const { state, version } = await readLiquidation(api, number);
    return { status: 200, body: saleOut(state, version) };
  },
});

/**
 * A liquidation as its journal has it.
 * @throws {Problem} 404 where there is none
 */
async function readLiquidation(
  { pool }: Api,
  number: string,
): Promise<{ readonly state: Opened; readonly version: number }> {
  const process = liquidations.workflowId(number);
  const { rows } = await withClient(pool, (client) => readTail<LiquidationKind>(client, process, 0));
  const recorded = rows.flatMap(({ at, by, events }) => events.map((event) => ({ at, by, event })));
  const state = liquidationDecider.opened(liquidationDecider.fold(liquidationDecider.initial, recorded));
  if (state === null) throw processNotFound(liquidations, number);
  return { state, version: rows.at(-1)?.version ?? 0 };
}

function saleOut(state: Opened, version: number): z.infer<typeof SaleBody> {
  const { number, status, currency, round, sale, complaintsUntil } = state;
  const out = (amount: number) => moneyOut(amount, currency);
  return {
    number,
    version,
    status,
    reserve: out(state.reserve),
    round,
    bids: Object.values(state.bids).map((bid) => ({ ...bid, amount: out(bid.amount) })),
    sale:
      sale === null
        ? null
        : {
            bid: sale.bid,
            liquidator: sale.liquidator,
            invoice: sale.invoice,
            price: out(sale.price),
            agreed: out(agreed(state)),
            paid: out(held(state)),
            writtenOff: out(sale.writtenOff),
            open: out(balance(state)),
          },
    fees: out(state.fees),
    complaintsUntil,
    complaints: Object.values(state.complaints).map(({ asked, allowance, ...complaint }) => ({
      ...complaint,
      asked: out(asked),
      allowance: allowance === null ? null : out(allowance),
    })),
  };
}
