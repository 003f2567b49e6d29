import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { Amount, currencyOf, minorUnits } from '../executions/command.ts';
import { LocalId, OutsideCode, Quantity, Rma } from '../fields.ts';
import { readSeen, seenFields } from '../returns/seen.ts';
import { onRefurbishment, tell } from './commands.ts';
import { refurbishments } from './desk.ts';
import { factsSeen } from './seen.ts';

const Units = z.strictObject({
  rma: Rma,
  item: LocalId,
  quantity: Quantity,
  serials: z
    .array(OutsideCode)
    .max(250)
    .default([])
    .meta({ description: 'Which ones these are, where they have serials and others are left.' }),
});

/** What happens to the goods at the bench. */
export const workOnUnits = [
  endpoint({
    ...onRefurbishment,
    path: '/v1/refurbishments/{number}/tests',
    id: 'testUnits',
    summary: 'Record a test',
    description:
      'Units that pass are mended and graded anew by what was seen; those that fail stay in work. The questions are those of GET /v1/returns/{rma}/items/{item}/questions.',
    permission: 'executions:handle',
    body: z
      .strictObject({ ...Units.shape, passed: z.boolean(), ...seenFields })
      .transform(({ facts, answers, ...body }, context) => ({ ...body, seen: readSeen(facts, answers, context) }))
      .meta({ id: 'WorkTest' }),
    handle: async (call, api) => {
      const { passed, seen, ...units } = call.body;
      return await tell(api, call, { type: 'test', units, passed, ...(await factsSeen(api, seen, units)) });
    },
  }),
  endpoint({
    ...onRefurbishment,
    path: '/v1/refurbishments/{number}/abandonments',
    id: 'abandonUnits',
    summary: 'Give units up',
    description:
      'Scrap, or not worth mending: their return chooses another way for them. Without facts they are as they were, and defective where they are beyond repair.',
    permission: 'executions:handle',
    body: z
      .strictObject({ ...Units.shape, outcome: z.enum(['beyond_repair', 'given_up']), ...seenFields })
      .transform(({ facts, answers, ...body }, context) => ({
        ...body,
        seen: facts === undefined && answers === undefined ? null : readSeen(facts, answers, context),
      }))
      .meta({ id: 'WorkAbandoned' }),
    handle: async (call, api) => {
      const { outcome, seen, ...units } = call.body;
      const facts = seen === null ? null : (await factsSeen(api, seen, units)).facts;
      return await tell(api, call, { type: 'abandon', units, outcome, facts });
    },
  }),
  endpoint({
    ...onRefurbishment,
    path: '/v1/refurbishments/{number}/harvests',
    id: 'takeApart',
    summary: 'Record the parts of an item that was taken apart',
    description:
      'They become stock, each at its share of what the item cost by what it would bring, and never at more than that.',
    permission: 'executions:handle',
    body: z
      .strictObject({
        rma: Rma,
        item: LocalId,
        parts: z
          .array(z.strictObject({ sku: OutsideCode, quantity: Quantity, unitValue: Amount }))
          .min(1)
          .max(100),
      })
      .meta({ id: 'Harvest' }),
    handle: async (call, api) => {
      const { rma, item } = call.body;
      const currency = await currencyOf(api, refurbishments, call.params.number);
      const parts = call.body.parts.map(({ sku, quantity, unitValue }, index) => ({
        ...{ sku, quantity },
        unitValue: minorUnits(unitValue, currency, `parts[${index}].unitValue`),
      }));
      return await tell(api, call, { type: 'take_apart', rma, item, parts });
    },
  }),
];
