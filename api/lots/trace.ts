import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { MoneyBody, moneyOut } from '../money.ts';
import { cursorParameter, cursorText, pageOf } from '../page.ts';
import { findGoods, holders, keyOf, traceKey } from './find.ts';
import { RecallScopeBody, soundScope } from './scope.ts';

const TracedBody = z
  .object({
    holder: z.enum(holders).meta({
      description:
        'consignee: has got them and not sent them back; stock: on hand at a facility; in_return: came back to it and has no ' +
        'end yet; shortfall: nobody has them, but more of the lot left than ever came in, so the records have a gap.',
    }),
    consignee: z.string().nullable(),
    kind: z.string().nullable().meta({ description: 'Of a consignee: store, business, distributor or shopper.' }),
    facility: z.string().nullable(),
    sku: z.string(),
    lot: z.string().nullable().meta({ description: 'Null where nobody told it.' }),
    descended: z.boolean().meta({ description: 'Not of the scope itself, but made of it.' }),
    possible: z
      .boolean()
      .meta({ description: 'May be of the scope; nobody can tell, as the lot isn’t known. Counted apart.' }),
    quantity: z.int(),
    value: MoneyBody.nullable().meta({
      description: 'What they were sold or bought for, without tax; null where nobody told.',
    }),
  })
  .meta({ id: 'TracedGoods' });

const TraceBody = z
  .object({
    summary: z.object({
      units: z.int().meta({ description: 'All that is affected, wherever it is; without what only may be.' }),
      byHolder: z.record(z.enum(holders), z.int()),
      possibleUnits: z.int(),
      value: z.array(MoneyBody).meta({ description: 'Of the units whose value is known, by currency.' }),
      lots: z.int().meta({ description: 'Of which there are goods; with those that were made of others.' }),
      descendedLots: z.int(),
      consignees: z.record(z.string(), z.int()).meta({ description: 'How many have some, by their kind.' }),
      possibleConsignees: z.int().meta({ description: 'Who has none for certain, but may have some.' }),
      facilities: z.array(
        z.object({ facility: z.string(), stock: z.int(), inReturn: z.int(), shortfall: z.int(), possible: z.int() }),
      ),
      unknownLots: z
        .array(z.object({ sku: z.string(), lot: z.string() }))
        .meta({ description: 'Named by the scope, and known to nobody here.' }),
      tookMs: z.int().meta({ description: 'How long the trace took.' }),
    }),
    data: z.array(TracedBody),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'Trace' });

export const traceLots = endpoint({
  method: 'post',
  path: '/v1/traces',
  id: 'traceLots',
  tag: 'Lots',
  summary: 'Where goods of a scope are now',
  description:
    'Forward from lots, serials and date codes, through all that was made of them, to who holds the goods. Nothing is stored. ' +
    'The summary is of all rows, whatever page is asked for.',
  permission: 'lots:read',
  body: z
    .strictObject({
      scope: RecallScopeBody,
      limit: z.int().min(1).max(1_000).default(100),
      cursor: cursorParameter(z.array(cursorText).length(traceKey.length)),
    })
    .meta({ id: 'TraceRequest' }),
  responses: { 200: { description: 'Counts, and a page of holders.', schema: TraceBody } },
  problems: [422],
  handle: async ({ body: { scope, limit, cursor } }, { pool }) => {
    const start = performance.now();
    const { summary, rows } = await findGoods(pool, soundScope(scope), limit + 1, cursor);
    const page = pageOf(rows, limit, keyOf);
    const value = summary.value.map(({ amount, currency }) => moneyOut(amount, currency));
    return {
      status: 200,
      body: {
        summary: { ...summary, value, tookMs: Math.round(performance.now() - start) },
        data: page.rows.map(({ currency, value, ...row }) => ({
          ...row,
          value: value === null || currency === null ? null : moneyOut(value, currency),
        })),
        nextCursor: page.nextCursor,
      },
    };
  },
});
