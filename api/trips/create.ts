import { z } from 'zod';
import type { Api } from '../api.ts';
import { type Answer, endpoint, type RawCall } from '../endpoint.ts';
import { NetworkAcceptedBody } from '../network/bodies.ts';
import { startNetwork } from '../network/start.ts';
import { UnreadableRow } from '../orders/import.ts';
import type { SourceRow } from '../orders/row.ts';
import { Problem } from '../problem.ts';
import { ofUploads, resultLines, rowResultBody, uploadedRows } from '../upload.ts';
import { TripBody } from './bodies.ts';
import { trips } from './desk.ts';
import { findTrip } from './read.ts';
import { TripRequestBody, tripRequest } from './request.ts';

export const createTrip = endpoint({
  method: 'post',
  path: trips.path,
  id: 'createTrip',
  tag: trips.tag,
  summary: 'Schedule a run of a vehicle',
  description:
    'Its stops in order, with the windows in which it may begin there, and what goes out between them. What it has room for besides is ' +
    'collected on the way, where that is cheaper than a carrier (a consolidation).',
  permission: 'network:handle',
  body: TripRequestBody,
  responses: {
    201: { description: 'It was scheduled.', schema: TripBody },
    202: { description: 'It was taken, and begins as soon as a worker is there.', schema: NetworkAcceptedBody },
  },
  problems: [422],
  handle: async (call, api) => await start(api, call, call.body),
});

const start = (
  api: Api,
  call: Pick<RawCall, 'commandId' | 'caller'>,
  body: z.infer<typeof TripRequestBody>,
): Promise<Answer> =>
  startNetwork(
    api,
    trips,
    call,
    async () => ({ request: await tripRequest(api, body), facility: body.depot, skus: [] }),
    (number) => findTrip(api, number),
  );

const statuses = ['created', 'rejected'] as const;
const TripRowResultBody = rowResultBody('TripRowResult', statuses, { location: z.string().optional() });
type TripRowResult = z.infer<typeof TripRowResultBody>;

export const importTrips = endpoint({
  method: 'post',
  path: `${trips.path}/import`,
  id: 'importTrips',
  tag: trips.tag,
  summary: 'Schedule many runs',
  description: `A trip a row, as it is scheduled alone. ${ofUploads}`,
  permission: 'network:handle',
  streams: ['application/x-ndjson'],
  responses: {
    200: { description: 'A result per row.', schema: TripRowResultBody, contentType: 'application/x-ndjson' },
  },
  handle: async (call, api) => ({
    status: 200,
    lines: resultLines(startRows(api, call, uploadedRows(call.request, { whole: true })), statuses),
  }),
});

async function* startRows(
  api: Api,
  { commandId, caller }: Pick<RawCall, 'commandId' | 'caller'>,
  rows: AsyncIterable<SourceRow | UnreadableRow>,
): AsyncIterable<TripRowResult> {
  let row = 0;
  for await (const source of rows) {
    row += 1;
    yield { row, ...(await startRow(api, { commandId: `${commandId}:${row}`, caller }, source)) };
  }
}

async function startRow(
  api: Api,
  call: Pick<RawCall, 'commandId' | 'caller'>,
  source: SourceRow | UnreadableRow,
): Promise<Omit<TripRowResult, 'row'>> {
  if (source instanceof UnreadableRow) return { status: 'rejected', errors: [...source.errors] };
  const body = TripRequestBody.safeParse(source);
  if (!body.success) {
    const errors = body.error.issues.map(({ path, code, message }) => ({
      column: path.join('.'),
      code,
      detail: message,
    }));
    return { status: 'rejected', errors };
  }
  try {
    const { headers } = await start(api, call, body.data);
    return { status: 'created', ...(headers?.['location'] === undefined ? {} : { location: headers['location'] }) };
  } catch (error) {
    if (!(error instanceof Problem) || error.status >= 500) throw error;
    return {
      status: 'rejected',
      errors: [{ column: error.more.field ?? '', code: error.code, detail: error.message }],
    };
  }
}
