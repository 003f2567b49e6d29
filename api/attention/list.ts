import { z } from 'zod';
import { deliveryAttention } from '../../domain/delivery/attention.ts';
import { recallAttention } from '../../domain/recall/attention.ts';
import { attentionResolutions } from '../../domain/return/attention.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import type { Api } from '../api.ts';
import { deliveryLinks } from '../deliveries/read.ts';
import { deliverySentences } from '../deliveries/sentences.ts';
import { endpoint } from '../endpoint.ts';
import { deskOf } from '../executions/desks.ts';
import { LocalId } from '../fields.ts';
import { networkDeskOf } from '../network/desks.ts';
import { cursorParameter, cursorText, cursorTime, limitParameter, listBody, pageOf } from '../page.ts';
import { processLinks } from '../process-desk.ts';
import { recallLinks } from '../recalls/read.ts';
import { recallSentences } from '../recalls/sentences.ts';
import { AttentionBody } from '../returns/bodies.ts';
import { temporalLink } from '../returns/one.ts';
import { attentionSentences } from '../returns/sentences.ts';
import { attentionOut } from './out.ts';
import { ofNoReturn } from './without-return.ts';

const Facts = z.record(z.string(), z.unknown());

const QueueEntry = AttentionBody.extend({
  id: z.string(),
  rma: z.string().nullable().meta({ description: 'Null for what belongs to no return, such as an unmatched webhook.' }),
  execution: z
    .string()
    .nullable()
    .meta({ description: 'The number of the execution that it belongs to, such as a vendor return.' }),
  delivery: z.string().nullable().meta({ description: 'The tracking number of the delivery that it belongs to.' }),
  recall: z.string().nullable().meta({ description: 'The number of the recall that it belongs to.' }),
  network: z
    .string()
    .nullable()
    .meta({ description: 'The number of the transfer, trip, loan or rebalancing that it belongs to.' }),
  order: z.string().nullable(),
  facility: z.string().nullable(),
  facts: Facts.nullable().meta({
    description: 'What is known of an entry that belongs to no return: codes and ids of the row or event.',
  }),
  deadline: z.iso.datetime().nullable().meta({ description: 'The return’s next deadline.' }),
  links: z
    .object({
      return: z.string().nullable(),
      execution: z.string().nullable(),
      delivery: z.string().nullable(),
      recall: z.string().nullable(),
      network: z.string().nullable(),
      temporal: z.string(),
    })
    .nullable(),
}).meta({ id: 'QueueEntry' });

type Row = {
  readonly id: string;
  readonly rma: string | null;
  readonly execution: string | null;
  readonly kind: string | null;
  readonly delivery: string | null;
  readonly recall: string | null;
  readonly network: string | null;
  readonly networkKind: string | null;
  readonly attention: string | null;
  readonly reason: string;
  readonly subject: string;
  readonly detail: string | null;
  readonly currency: string | null;
  readonly codes: unknown;
  readonly raisedAt: Date;
  readonly order: string | null;
  readonly facility: string | null;
  readonly deadline: Date | null;
};

/** The people's queue. */
export const listAttention = endpoint({
  method: 'get',
  path: '/v1/attention',
  id: 'listAttention',
  tag: 'Attention',
  summary: 'What needs a person',
  description: 'The earliest deadline first. What has none, such as a review, has been due since it was raised.',
  permission: 'attention:read',
  query: z.strictObject({
    facility: LocalId.optional(),
    reason: z
      .string()
      .regex(/^[a-z_]{1,60}$/, 'is not a reason')
      .optional(),
    limit: limitParameter,
    cursor: cursorParameter(z.tuple([cursorTime, cursorTime, cursorText])),
  }),
  responses: { 200: { description: 'A page of the queue.', schema: listBody(QueueEntry) } },
  handle: async ({ query }, api) => {
    const deadline = Prisma.sql`coalesce(r.next_deadline, e.next_deadline, d.next_deadline, n.next_deadline, a.due_at, a.raised_at)`;
    const after = query.cursor;
    const rows = await api.db.$queryRaw<Row[]>`
      select a.id, a.rma, a.attention, a.reason, a.subject, a.detail, coalesce(r.currency, e.currency) as currency, a.codes, a.raised_at as "raisedAt",
        coalesce(r.order_id, d.order_id) as "order", coalesce(r.facility, e.facility, n.facility, a.codes->>'facility') as facility,
        a.execution, e.kind, a.delivery, a.recall, a.network, n.kind as "networkKind",
        coalesce(r.next_deadline, e.next_deadline, d.next_deadline, n.next_deadline, a.due_at) as deadline
      from attention a left join returns r on r.rma = a.rma left join executions e on e.number = a.execution
        left join deliveries d on d.tracking = a.delivery left join network_processes n on n.number = a.network
      where a.resolved_at is null
        ${query.facility === undefined ? Prisma.empty : Prisma.sql`and coalesce(r.facility, e.facility, n.facility, a.codes->>'facility') = ${query.facility}`}
        ${query.reason === undefined ? Prisma.empty : Prisma.sql`and a.reason = ${query.reason}`}
        ${after === undefined ? Prisma.empty : Prisma.sql`and (${deadline}, a.raised_at, a.id) > (${after[0]}::timestamptz, ${after[1]}::timestamptz, ${after[2]})`}
      order by ${deadline}, a.raised_at, a.id limit ${query.limit + 1}`;
    const page = pageOf(rows, query.limit, (row) => [
      (row.deadline ?? row.raisedAt).toISOString(),
      row.raisedAt.toISOString(),
      row.id,
    ]);
    const data = page.rows.map(
      (row): z.infer<typeof QueueEntry> => ({
        ...entryOut(row),
        id: row.id,
        rma: row.rma,
        execution: row.execution,
        delivery: row.delivery,
        recall: row.recall,
        network: row.network,
        order: row.order,
        facility: row.facility,
        facts: row.attention === null ? Facts.parse(row.codes) : null,
        deadline: row.deadline?.toISOString() ?? null,
        links: linksOf(api, row),
      }),
    );
    return { status: 200, body: { data, nextCursor: page.nextCursor } };
  },
});

function entryOut(row: Row): z.infer<typeof AttentionBody> {
  if (row.kind !== null) {
    const desk = deskOf(row.kind);
    return attentionOut(row, desk?.sentences ?? {}, desk?.resolutions ?? {}, row.currency);
  }
  if (row.delivery !== null) return attentionOut(row, deliverySentences, deliveryAttention, null);
  if (row.recall !== null) return attentionOut(row, recallSentences, recallAttention, null);
  if (row.networkKind !== null) {
    const desk = networkDeskOf(row.networkKind);
    return attentionOut(row, desk?.sentences ?? {}, desk?.resolutions ?? {}, null);
  }
  if (row.rma === null) return ofNoReturn(row);
  return attentionOut(row, attentionSentences, attentionResolutions, row.currency);
}

const noLinks = { return: null, execution: null, delivery: null, recall: null, network: null } as const;

function linksOf(api: Api, row: Row): z.infer<typeof QueueEntry>['links'] {
  const { rma, execution, delivery, recall, network } = row;
  if (delivery !== null) {
    const { self, temporal } = deliveryLinks(api, delivery);
    return { ...noLinks, delivery: self, temporal };
  }
  if (recall !== null) {
    const { self, temporal } = recallLinks(api, recall);
    return { ...noLinks, recall: self, temporal };
  }
  if (execution !== null) {
    const desk = deskOf(row.kind ?? '');
    if (desk === undefined) return null;
    const { self, temporal } = processLinks(api, desk, execution);
    return { ...noLinks, execution: self, temporal };
  }
  if (network !== null) {
    const desk = networkDeskOf(row.networkKind ?? '');
    if (desk === undefined) return null;
    const { self, temporal } = processLinks(api, desk, network);
    return { ...noLinks, network: self, temporal };
  }
  if (rma === null) return null;
  return { ...noLinks, return: `${api.publicUrl}/v1/returns/${rma}`, temporal: temporalLink(api, rma) };
}
