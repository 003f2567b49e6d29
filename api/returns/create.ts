import { createHash } from 'node:crypto';
import { z } from 'zod';
import { processOf } from '../../activities/journal/process.ts';
import { makeRma } from '../../domain/numbers/rma.ts';
import { decide } from '../../domain/return/decide.ts';
import { initialState } from '../../domain/return/state.ts';
import type { Api } from '../api.ts';
import { endpoint } from '../endpoint.ts';
import { authorize } from '../keys/authenticate.ts';
import { refusalProblem } from '../refusals.ts';
import { startReturn } from '../send.ts';
import { LineDecisionBody, PolicyReference, QuoteBody, ReturnBody, RoutingBody } from './bodies.ts';
import { AcceptedBody, accepted } from './carry-out.ts';
import { quoteOut, rulesOut, sentencesOf } from './decision.ts';
import { readReturn } from './one.ts';
import { checkedRequest, ReturnRequestBody } from './request.ts';

const PreviewBody = z
  .object({
    outcome: z.enum(['authorized', 'in_review', 'declined']),
    returnless: z.boolean().meta({ description: 'The goods may be kept.' }),
    expectedBy: z.iso.datetime().nullable(),
    policy: PolicyReference,
    facility: z.string(),
    routing: RoutingBody.nullable(),
    lines: z.array(LineDecisionBody),
    quote: QuoteBody.nullable(),
  })
  .meta({ id: 'ReturnPreview' });

export const previewReturn = endpoint({
  method: 'post',
  path: '/v1/returns/preview',
  id: 'previewReturn',
  tag: 'Returns',
  summary: 'What would be decided, without asking for it',
  description: 'Decisions and quote as of now, by the same rules as the return itself. Nothing is stored or reserved.',
  permission: 'returns:preview',
  body: ReturnRequestBody,
  responses: { 200: { description: 'Decisions and quote.', schema: PreviewBody } },
  handle: async ({ body, caller, commandId }, api) => {
    const { request, facts } = await checkedRequest(api, body);
    const command = { type: 'request', rma: 'PREVIEW', request, facts } as const;
    const decision = decide(initialState, { commandId, at: new Date().toISOString(), by: caller.id, command });
    if (decision.type === 'refused') throw refusalProblem(decision.refusal, request);
    const { events } = decision;
    const authorized = events.find((event) => event.type === 'authorized');
    const declined = events.some((event) => event.type === 'declined');
    const preview: z.infer<typeof PreviewBody> = {
      outcome: authorized !== undefined ? 'authorized' : declined ? 'declined' : 'in_review',
      returnless: authorized?.returnless ?? false,
      expectedBy: authorized?.returnless === false ? authorized.schedule.expiry : null,
      policy: { policy: facts.policy.id, version: facts.policy.version },
      facility: request.facility,
      routing: request.routing ?? null,
      lines: request.lines.flatMap(({ line, orderLine, quantity, reason }) => {
        const decided = events.find((event) => event.type === 'line_decided' && event.line === line);
        if (decided?.type !== 'line_decided') return [];
        const { verdict, codes, rules, floor = null } = decided;
        const sku = facts.order.lines.find((sold) => sold.orderLine === orderLine)?.sku ?? '';
        const said = {
          verdict,
          codes: [...codes],
          sentences: sentencesOf(codes),
          floor,
          rules: rulesOut(codes, rules),
        };
        return [{ line, orderLine, sku, quantity, reason, ...said }];
      }),
      quote: quoteOut(events),
    };
    return { status: 200, body: preview };
  },
});

export const createReturn = endpoint({
  method: 'post',
  path: '/v1/returns',
  id: 'createReturn',
  tag: 'Returns',
  summary: 'Ask for a return',
  description:
    'Answers with the decision on each line and the quote. An Idempotency-Key makes a repeated request find the same return. ' +
    'Over a store’s counter (`method: counter`, with what was `seen` of each line) the goods are received, graded and ' +
    'settled with the request.',
  permission: 'returns:create',
  body: ReturnRequestBody,
  responses: {
    201: { description: 'The return as it was decided.', schema: ReturnBody },
    202: { description: 'It was taken, and is decided as soon as a worker is there.', schema: AcceptedBody },
  },
  handle: async ({ body, caller, commandId }, api) => {
    // Who looks at goods at a counter handles them.
    if (body.lines.some(({ seen }) => seen !== undefined)) authorize(caller, 'returns:handle');
    const { rma, isNew } = await numberFor(api, commandId);
    if (!isNew) return { status: 201, body: await readReturn(api, rma), headers: { location: `/v1/returns/${rma}` } };
    const { request, facts } = await checkedRequest(api, body);
    const asked = new Set(request.lines.map((line) => line.orderLine));
    const skus = facts.order.lines.filter((line) => asked.has(line.orderLine)).map((line) => line.sku);
    const sent = await startReturn(api.processes, rma, { commandId, by: caller.id, request }, skus);
    if (sent.type === 'accepted') return accepted(rma, commandId);
    return { status: 201, body: await readReturn(api, rma), headers: { location: `/v1/returns/${rma}` } };
  },
});

/**
 * The number of the return that a command asks for: always the same for the same command, so that a request that is
 * repeated after a crash finds the return that it started. A number that another return has already is passed over.
 */
async function numberFor(api: Api, commandId: string): Promise<{ readonly rma: string; readonly isNew: boolean }> {
  for (let attempt = 0; ; attempt += 1) {
    const rma = makeRma(createHash('sha256').update(`${commandId}\n${attempt}`).digest());
    const first = await api.db.journalEntry.findFirst({
      where: { process: processOf(rma) },
      orderBy: { version: 'asc' },
      select: { commandId: true },
    });
    if (first === null) return { rma, isNew: true };
    if (first.commandId === commandId) return { rma, isNew: false };
  }
}
