import { z } from 'zod';
import { spendableOf } from '../../activities/journal/store-credits.ts';
import type { Api } from '../api.ts';
import { endpoint } from '../endpoint.ts';
import { PartyId, Rma } from '../fields.ts';
import { moneyOut } from '../money.ts';
import { cursorParameter, cursorText, cursorTime, limitParameter, listBody, pageOf } from '../page.ts';
import { Problem } from '../problem.ts';
import { redemptionOut, StoreCreditBody, StoreCreditSummaryBody, summaryOf } from './bodies.ts';
import { codeHash } from './code.ts';

/** Long enough for the number of a bulk return’s section with its refund. */
export const StoreCreditPath = z.object({
  storeCredit: z
    .string()
    .regex(
      /^SC-[0-9A-Z-]{1,40}(\.\d{1,3}(-S\d+-\d+)?)?$/,
      'is not the number of a store credit, as in SC-73MN-Q9TX-0-S1-1',
    ),
});

export const creditNotFound = (credit: string): Problem =>
  new Problem(404, 'store_credit_not_found', `there is no store credit ${credit}`);

const readPermission = { tag: 'Store credit', permission: 'store-credits:read' } as const;

/** How store credit is found and looked at. */
export const storeCreditReading = [
  endpoint({
    ...readPermission,
    method: 'get',
    path: '/v1/store-credits',
    id: 'listStoreCredits',
    summary: 'Store credit, by buyer or return',
    description: 'The newest first.',
    query: z.strictObject({
      buyer: PartyId.optional(),
      rma: Rma.optional(),
      limit: limitParameter,
      cursor: cursorParameter(z.tuple([cursorTime, cursorText])),
    }),
    responses: { 200: { description: 'A page of credits.', schema: listBody(StoreCreditSummaryBody) } },
    handle: async ({ query: { buyer, rma, limit, cursor } }, { db }) => {
      const rows = await db.storeCredit.findMany({
        where: {
          ...(buyer === undefined ? {} : { buyerId: buyer }),
          ...(rma === undefined ? {} : { rma }),
          ...(cursor === undefined
            ? {}
            : { OR: [{ issuedAt: { lt: cursor[0] } }, { issuedAt: cursor[0], credit: { lt: cursor[1] } }] }),
        },
        orderBy: [{ issuedAt: 'desc' }, { credit: 'desc' }],
        take: limit + 1,
      });
      const page = pageOf(rows, limit, ({ issuedAt, credit }) => [issuedAt.toISOString(), credit]);
      return { status: 200, body: { data: page.rows.map(summaryOf), nextCursor: page.nextCursor } };
    },
  }),
  endpoint({
    ...readPermission,
    method: 'get',
    path: '/v1/store-credits/{storeCredit}',
    id: 'getStoreCredit',
    summary: 'One store credit, with what it paid for',
    params: StoreCreditPath,
    responses: { 200: { description: 'The credit.', schema: StoreCreditBody } },
    problems: [404],
    handle: async ({ params: { storeCredit } }, api) => ({ status: 200, body: await readCredit(api, storeCredit) }),
  }),
  endpoint({
    ...readPermission,
    method: 'post',
    path: '/v1/store-credits/lookups',
    id: 'findStoreCredit',
    summary: 'The store credit that a code is of',
    permission: 'store-credits:spend',
    body: z.strictObject({ code: z.string().min(1).max(60) }).meta({ id: 'StoreCreditLookup' }),
    responses: { 200: { description: 'The credit.', schema: StoreCreditBody } },
    problems: [404],
    handle: async ({ body: { code } }, api) => {
      const found = await api.db.storeCreditCode.findUnique({ where: { hash: codeHash(code) } });
      if (found === null) throw new Problem(404, 'store_credit_not_found', 'no store credit has this code');
      return { status: 200, body: await readCredit(api, found.credit) };
    },
  }),
];

/**
 * A credit as it is now.
 * @throws {Problem} 404 `store_credit_not_found`
 */
export async function readCredit(api: Api, credit: string): Promise<z.infer<typeof StoreCreditBody>> {
  const row = await api.db.storeCredit.findUnique({
    where: { credit },
    include: { redemptions: { orderBy: { redemption: 'asc' } }, code: { select: { credit: true } } },
  });
  if (row === null) throw creditNotFound(credit);
  const summary = summaryOf(row);
  const spendable = summary.state === 'open' ? await spendableOf(api.pool, credit) : 0;
  return {
    ...summary,
    spendable: moneyOut(spendable, row.currency),
    hasCode: row.code !== null,
    redemptions: row.redemptions.map((each) => redemptionOut(each, row.currency)),
  };
}
