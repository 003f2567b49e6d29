import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Api } from '../api.ts';
import { endpoint } from '../endpoint.ts';
import { RecallNumber } from './bodies.ts';
import { recallNotFound } from './carry-out.ts';
import { confirmationsOf } from './facilities/read.ts';

const LOOK_EVERY_MS = 1_000;
/** Proxies end what is silent for long, and nobody may be left to listen: clients come again by themselves. */
const LONGEST_MS = 10 * 60_000;

/** Where a recall is, as server-sent events. */
export const followRecall = endpoint({
  method: 'get',
  path: '/v1/recalls/{number}/progress',
  id: 'followRecall',
  tag: 'Recalls',
  summary: 'Follow a recall',
  description:
    'Server-sent events: `progress` whenever a count has changed, at most once a second, with status, consignees by state and facilities that confirm as JSON. ' +
    'It ends with the recall, and after ten minutes; who wants more asks again, as browsers do by themselves.',
  permission: 'recalls:read',
  params: z.object({ number: RecallNumber }),
  responses: {
    200: { description: 'Events, as they come.', schema: z.string(), contentType: 'text/event-stream' },
  },
  problems: [404],
  handle: async ({ params: { number } }, api) => {
    if ((await progressOf(api, number)) === null) throw recallNotFound(number);
    const content = Readable.from(follow(api, number));
    return { status: 200, stream: { type: 'text/event-stream', content }, headers: { 'cache-control': 'no-store' } };
  },
});

async function* follow(api: Api, number: string): AsyncGenerator<string> {
  const end = Date.now() + LONGEST_MS;
  let last = '';
  while (Date.now() < end) {
    const progress = await progressOf(api, number);
    const text = JSON.stringify(progress);
    // A comment keeps the connection, and finds out whether anybody listens.
    yield text === last ? ': still here\n\n' : `event: progress\ndata: ${text}\n\n`;
    last = text;
    if (progress === null || progress.status === 'closed') return;
    await sleep(LOOK_EVERY_MS);
  }
}

async function progressOf(api: Api, number: string) {
  const { db } = api;
  const recall = await db.recall.findUnique({ where: { number } });
  if (recall === null) return null;
  const counts = await db.recallConsignee.groupBy({ by: ['state'], where: { recall: number }, _count: true });
  const { status, paused, waves, wavesStarted, wavesEnded, consignees } = recall;
  const byState = Object.fromEntries(counts.map(({ state, _count }) => [state, _count]));
  const confirmations = await confirmationsOf(api, number);
  return { number, status, paused, consignees, byState, waves, wavesStarted, wavesEnded, confirmations };
}
