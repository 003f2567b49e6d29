import { z } from 'zod';
import type { JournalRow } from '../../activities/journal/port.ts';
import { processOf } from '../../activities/journal/process.ts';
import { readTail } from '../../activities/journal/tail.ts';
import { attentionResolutions } from '../../domain/return/attention.ts';
import { claimKinds, claimStates } from '../../domain/return/claims.ts';
import type { ReturnEvent } from '../../domain/return/events.ts';
import { creditOfRefund } from '../../domain/store-credit/credit.ts';
import { withClient } from '../../prisma/client.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { returnWorkflowId } from '../../workflows/return/messages.ts';
import type { Api } from '../api.ts';
import { attentionOut } from '../attention/out.ts';
import { isRunning } from '../carry-out.ts';
import { endpoint } from '../endpoint.ts';
import { Rma } from '../fields.ts';
import { moneyOut } from '../money.ts';
import { mayDo } from '../roles.ts';
import { ReturnBody, summaryOf } from './bodies.ts';
import { returnNotFound } from './carry-out.ts';
import { linesOut, quoteOut } from './decision.ts';
import { EvidenceBody } from './evidence.ts';
import { exchangeOut } from './exchange-out.ts';
import { holdOut } from './hold-out.ts';
import { rejectionOut } from './rejections.ts';
import { repairQuoteOut } from './repair-quotes.ts';
import { attentionSentences } from './sentences.ts';
import { sentenceOf } from './timeline.ts';

const all = {
  lines: { orderBy: { line: 'asc' } },
  items: { orderBy: { item: 'asc' } },
  parcels: { orderBy: { parcel: 'asc' } },
  pickups: { orderBy: { pickup: 'asc' } },
  claims: { orderBy: { claim: 'asc' } },
  settlements: { orderBy: { settlement: 'asc' } },
  refunds: { orderBy: { refund: 'asc' } },
  clawbacks: { orderBy: { clawback: 'asc' } },
  exchanges: true,
  holds: true,
  charges: true,
  attention: { where: { resolvedAt: null }, orderBy: { raisedAt: 'asc' } },
} as const satisfies Prisma.ReturnInclude;

export const getReturn = endpoint({
  method: 'get',
  path: '/v1/returns/{rma}',
  id: 'getReturn',
  tag: 'Returns',
  summary: 'One return with its timeline',
  description: 'Send If-None-Match with the ETag of the last answer to hear 304 while nothing has changed.',
  permission: 'returns:read',
  params: z.object({ rma: Rma }),
  responses: {
    200: { description: 'The return.', schema: ReturnBody },
    202: {
      description: 'It was requested, and is decided as soon as a worker is there.',
      schema: z.object({ rma: z.string(), status: z.literal('starting') }),
    },
    304: { description: 'Nothing has changed.' },
  },
  problems: [404],
  handle: async ({ params: { rma }, caller }, api) => {
    const found = await findReturn(api, rma);
    // A label shows the buyer's address: it is for those who may ask for one.
    const body = found === null || mayDo(caller.role, 'returns:create') ? found : withoutLabels(found);
    if (body !== null) return { status: 200, body, headers: { etag: `W/"${body.version}"` } };
    if (!(await isRunning(api, returnWorkflowId(rma)))) throw returnNotFound(rma);
    return { status: 202, body: { rma, status: 'starting' }, headers: { 'retry-after': '1' } };
  },
});

const withoutLabels = (body: z.infer<typeof ReturnBody>): z.infer<typeof ReturnBody> => ({
  ...body,
  parcels: body.parcels.map((parcel) => ({ ...parcel, labelUrl: null })),
});

/** A return that is known to exist. */
export async function readReturn(api: Api, rma: string): Promise<z.infer<typeof ReturnBody>> {
  const body = await findReturn(api, rma);
  if (body === null) throw new Error(`return ${rma} was decided but is not in the read model`);
  return body;
}

async function findReturn(api: Api, rma: string): Promise<z.infer<typeof ReturnBody> | null> {
  const row = await api.db.return.findUnique({ where: { rma }, include: all });
  if (row === null) return null;
  const { rows } = await withClient(api.pool, (client) => readTail(client, processOf(rma), 0));
  const labels = await api.db.parcelLabel.findMany({ where: { rma } });
  // The row and the journal are read one after the other: what came between is for the next request.
  return bodyOf(
    row,
    rows.filter(({ version }) => version <= row.version),
    new Map(labels.map(({ parcel, url }) => [parcel, url])),
    api,
  );
}

type Row = Prisma.ReturnGetPayload<{ include: typeof all }>;

function bodyOf(
  row: Row,
  journal: readonly JournalRow[],
  labels: ReadonlyMap<string, string>,
  api: Api,
): z.infer<typeof ReturnBody> {
  const { currency } = row;
  const events = journal.flatMap((entry) => entry.events);
  return {
    ...summaryOf(row),
    lines: linesOut(row.lines, events),
    items: row.items.map(({ rma: _rma, cost: _cost, recovered, added, gain: _gain, evidence, ...item }) => ({
      ...item,
      evidence: z.array(EvidenceBody).parse(evidence),
      rejection: rejectionOut(item.item, events, currency),
      repairQuote: repairQuoteOut(item.item, events, currency),
      recovered: moneyOut(Number(recovered), currency),
      added: moneyOut(Number(added), currency),
    })),
    parcels: row.parcels.map(({ rma: _rma, labelState, providerId: _id, ...parcel }) => ({
      ...parcel,
      label: labelState,
      labelUrl: labelState === 'bought' ? (labels.get(parcel.parcel) ?? null) : null,
    })),
    pickups: row.pickups.map(({ pickup, parcel, state, windowStart, windowEnd }) => ({
      pickup,
      parcel,
      state,
      windowStart: windowStart.toISOString(),
      windowEnd: windowEnd.toISOString(),
    })),
    claims: row.claims.map(({ claim, parcel, kind, state, amount, paid }) => ({
      claim,
      parcel,
      kind: z.enum(claimKinds).parse(kind),
      state: z.enum(claimStates).parse(state),
      amount: moneyOut(Number(amount), currency),
      paid: paid === null ? null : moneyOut(Number(paid), currency),
    })),
    settlements: row.settlements.map(({ settlement, total, shippingFee, instrument }) => ({
      settlement,
      total: moneyOut(Number(total), currency),
      shippingFee: moneyOut(Number(shippingFee), currency),
      outboundShipping: moneyOut(outboundIn(events, settlement), currency),
      instrument,
    })),
    refunds: row.refunds.map(({ refund, settlement, payment, to, providerId, amount, state, code }) => ({
      refund,
      settlement,
      // What a gift was paid with is the giver's.
      payment: row.gift ? null : payment,
      storeCredit: creditOf(row.rma, { refund, to, providerId }),
      creditMemo: to === 'credit_memo' && state === 'succeeded' ? providerId : null,
      amount: moneyOut(Number(amount), currency),
      state,
      code,
    })),
    clawbacks: row.clawbacks.map(({ clawback, cause, total, outstanding, paid, state }) => ({
      clawback,
      cause,
      total: moneyOut(Number(total), currency),
      outstanding: moneyOut(Number(outstanding), currency),
      paid: moneyOut(Number(paid), currency),
      state,
      charge: row.charges.find((charge) => charge.clawback === clawback)?.state ?? null,
    })),
    exchange: row.exchanges.map((exchange) => exchangeOut(exchange, currency))[0] ?? null,
    hold: row.holds.map((hold) => holdOut(hold, currency))[0] ?? null,
    attention: row.attention.map((open) => attentionOut(open, attentionSentences, attentionResolutions, currency)),
    routing: requestIn(events)?.routing ?? null,
    quote: quoteOut(events),
    expectedBy: expiryOf(events),
    timeline: journal.flatMap(({ version, at, by, events: decided }) =>
      decided.map((event) => ({ version, at, by, type: event.type, sentence: sentenceOf(event, currency) })),
    ),
    links: { self: `${api.publicUrl}/v1/returns/${row.rma}`, temporal: temporalLink(api, row.rma) },
  };
}

/** The credit that a refund is, or that got it as it had paid. */
function creditOf(
  rma: string,
  { refund, to, providerId }: { readonly refund: string; readonly to: string; readonly providerId: string | null },
): string | null {
  if (to === 'store_credit') return creditOfRefund({ rma, refund });
  return providerId?.startsWith('SC-') === true ? providerId : null;
}

function outboundIn(events: readonly ReturnEvent[], settlement: string): number {
  const due = events.find((event) => event.type === 'settlement_due' && event.settlement === settlement);
  return due?.type === 'settlement_due' ? (due.outboundShipping ?? 0) : 0;
}

const requestIn = (events: readonly ReturnEvent[]) => events.find((event) => event.type === 'requested')?.request;

function expiryOf(events: readonly ReturnEvent[]): string | null {
  const last = events.findLast((event) => event.type === 'authorized' || event.type === 'receipt_extended');
  return last?.schedule.expiry ?? null;
}

/** Where an engineer reads the story of its run. */
export function temporalLink({ temporalUi }: Api, rma: string): string {
  return `${temporalUi.url}/namespaces/${temporalUi.namespace}/workflows/${encodeURIComponent(returnWorkflowId(rma))}`;
}
