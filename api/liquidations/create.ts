import { z } from 'zod';
import type { LiquidationRequest } from '../../domain/liquidation/events.ts';
import { defaultLiquidationTerms } from '../../domain/liquidation/terms.ts';
import { endpoint } from '../endpoint.ts';
import { Amount, minorUnits } from '../executions/command.ts';
import { Duration, gathering, startExecution, startResponses } from '../executions/start.ts';
import { waitingItems } from '../executions/waiting.ts';
import { liquidations } from './desk.ts';

const Terms = z
  .strictObject({
    bidsWithin: Duration.default(defaultLiquidationTerms.bidsWithin),
    paymentWithin: Duration.default(defaultLiquidationTerms.paymentWithin),
    shipmentWithin: Duration.default(defaultLiquidationTerms.shipmentWithin),
    complaintsWithin: Duration.default(defaultLiquidationTerms.complaintsWithin),
    prepaid: z
      .boolean()
      .default(defaultLiquidationTerms.prepaid)
      .meta({ description: 'Whether the goods leave only once they are paid.' }),
  })
  .prefault({})
  .meta({
    description: 'How long each step may take before a person hears of it, and until when the liquidator may complain.',
  });

const LiquidationRequestBody = z
  .strictObject({
    ...gathering,
    reserve: Amount.meta({ description: 'The least price for the whole, in the items’ currency.', example: '120.00' }),
    terms: Terms,
  })
  .meta({ id: 'LiquidationRequest' });

export const createLiquidation = endpoint({
  method: 'post',
  path: liquidations.path,
  id: 'createLiquidation',
  tag: liquidations.tag,
  summary: 'Offer goods for sale in one lot',
  description:
    'Gathers items of returns that wait to be liquidated. Each return is asked for its items, which from then on belong to this liquidation until it ends or lets go of them. Own equipment is not among them: it is sold by itself.',
  permission: 'executions:settle',
  body: LiquidationRequestBody,
  responses: startResponses,
  problems: [422],
  handle: async (call, api) =>
    await startExecution(api, liquidations, call, async (): Promise<LiquidationRequest> => {
      const { facility, terms } = call.body;
      const { currency, items } = await waitingItems(api.db, 'liquidate', call.body);
      return { facility, currency, items, reserve: minorUnits(call.body.reserve, currency, 'reserve'), terms };
    }),
});
