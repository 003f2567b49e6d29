import { z } from 'zod';
import type { TransferEvent } from '../../domain/transfer/events.ts';
import type { TransferKind } from '../../domain/transfer/kind.ts';
import { transferStatuses } from '../../domain/transfer/state.ts';
import type { Api } from '../api.ts';
import { endpoint } from '../endpoint.ts';
import { LocalId, OutsideCode } from '../fields.ts';
import { getProcess } from '../get-process.ts';
import { numberField } from '../network/desk.ts';
import { cursorOf, networkConditions, networkQuery, networkWhole, newestFirst } from '../network/read.ts';
import { listBody, pageOf } from '../page.ts';
import { TransferBody, TransferSummaryBody, transferParts, transferSummary, withTransfer } from './bodies.ts';
import { transfers } from './desk.ts';
import { transferSentence } from './sentences.ts';

export const listTransfers = endpoint({
  method: 'get',
  path: transfers.path,
  id: 'listTransfers',
  tag: transfers.tag,
  summary: 'List transfers',
  description: 'Newest first.',
  permission: 'network:read',
  query: z.strictObject({
    ...networkQuery,
    status: z.enum(transferStatuses).optional(),
    from: LocalId.optional().meta({ description: 'The facility that they leave.' }),
    to: LocalId.optional().meta({ description: 'The facility that they are for.' }),
    sku: OutsideCode.optional(),
    plan: OutsideCode.optional(),
    trip: OutsideCode.optional(),
  }),
  responses: { 200: { description: 'A page of transfers.', schema: listBody(TransferSummaryBody) } },
  handle: async ({ query: { from, to, sku, plan, trip, ...query } }, { db }) => {
    const rows = await db.networkProcess.findMany({
      where: {
        ...networkConditions(transfers, query),
        transfer: {
          ...(from === undefined ? {} : { origin: from }),
          ...(to === undefined ? {} : { destination: to }),
          ...(plan === undefined ? {} : { plan }),
          ...(trip === undefined ? {} : { trip }),
          ...(sku === undefined ? {} : { lines: { some: { sku } } }),
        },
      },
      include: withTransfer,
      orderBy: [...newestFirst],
      take: query.limit + 1,
    });
    const page = pageOf(rows, query.limit, cursorOf);
    return {
      status: 200,
      body: { data: page.rows.flatMap((row) => transferSummary(row) ?? []), nextCursor: page.nextCursor },
    };
  },
});

export const getTransfer = getProcess(transfers, {
  summary: 'One transfer with its timeline',
  permission: 'network:read',
  number: numberField(transfers),
  schema: TransferBody,
  find: findTransfer,
});

/** A transfer as it leaves; null where the read model has none. */
export async function findTransfer(api: Api, number: string): Promise<z.infer<typeof TransferBody> | null> {
  const row = await api.db.networkProcess.findUnique({ where: { number }, include: withTransfer });
  const summary = row === null ? null : transferSummary(row);
  if (row === null || summary === null || row.transfer === null) return null;
  const { currency } = row.transfer;
  const sentenceOf = (event: TransferEvent) => transferSentence(event, currency);
  const whole = await networkWhole<TransferKind>(api, transfers, row, sentenceOf, currency);
  return { ...summary, ...transferParts(row.transfer), ...whole };
}
