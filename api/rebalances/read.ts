import { z } from 'zod';
import type { RebalanceKind } from '../../domain/rebalance/kind.ts';
import { rebalanceStatuses } from '../../domain/rebalance/state.ts';
import type { Api } from '../api.ts';
import { endpoint } from '../endpoint.ts';
import { getProcess } from '../get-process.ts';
import { numberField } from '../network/desk.ts';
import { cursorOf, networkConditions, networkQuery, networkWhole, newestFirst } from '../network/read.ts';
import { listBody, pageOf } from '../page.ts';
import { RebalanceBody, RebalanceSummaryBody, rebalanceSummary, withRebalance } from './bodies.ts';
import { rebalances } from './desk.ts';
import { rebalanceSentence } from './sentences.ts';

const { facility: _, ...query } = networkQuery;

export const listRebalances = endpoint({
  method: 'get',
  path: rebalances.path,
  id: 'listRebalances',
  tag: rebalances.tag,
  summary: 'List rebalancings',
  description: 'Newest first.',
  permission: 'network:read',
  query: z.strictObject({ ...query, status: z.enum(rebalanceStatuses).optional() }),
  responses: { 200: { description: 'A page of rebalancings.', schema: listBody(RebalanceSummaryBody) } },
  handle: async ({ query }, { db }) => {
    const rows = await db.networkProcess.findMany({
      where: networkConditions(rebalances, query),
      include: withRebalance,
      orderBy: [...newestFirst],
      take: query.limit + 1,
    });
    const page = pageOf(rows, query.limit, cursorOf);
    return {
      status: 200,
      body: { data: page.rows.flatMap((row) => rebalanceSummary(row) ?? []), nextCursor: page.nextCursor },
    };
  },
});

export const getRebalance = getProcess(rebalances, {
  summary: 'One rebalancing with the figures of its plan and its timeline',
  permission: 'network:read',
  number: numberField(rebalances),
  schema: RebalanceBody,
  find: findRebalance,
});

/** A rebalancing as it leaves; null where the read model has none. */
export async function findRebalance(api: Api, number: string): Promise<z.infer<typeof RebalanceBody> | null> {
  const row = await api.db.networkProcess.findUnique({ where: { number }, include: withRebalance });
  const summary = row === null ? null : rebalanceSummary(row);
  if (row === null || summary === null) return null;
  return { ...summary, ...(await networkWhole<RebalanceKind>(api, rebalances, row, rebalanceSentence)) };
}
