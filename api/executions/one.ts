import { z } from 'zod';
import type { JournalKind } from '../../activities/journal/port.ts';
import { readTail } from '../../activities/journal/tail.ts';
import { withClient } from '../../prisma/client.ts';
import type { Api } from '../api.ts';
import { attentionOut } from '../attention/out.ts';
import { isRunning } from '../carry-out.ts';
import { endpoint } from '../endpoint.ts';
import { processLinks, processNotFound } from '../process-desk.ts';
import { ExecutionBody, executionItemOut, executionSummary } from './bodies.ts';
import { type DeskOf, numberField } from './desk.ts';

/** The route that shows one execution of a kind. */
export const getExecution = <K extends JournalKind>(desk: DeskOf<K>) =>
  endpoint({
    method: 'get',
    path: `${desk.path}/{number}`,
    id: `get${desk.id}`,
    tag: desk.tag,
    summary: `One ${desk.noun} with its timeline`,
    permission: 'executions:read',
    params: z.object({ number: numberField(desk) }),
    responses: {
      200: { description: `The ${desk.noun}.`, schema: ExecutionBody },
      202: {
        description: 'It was requested, and begins as soon as a worker is there.',
        schema: z.object({ number: z.string(), status: z.literal('starting') }),
      },
      304: { description: 'Nothing has changed.' },
    },
    problems: [404],
    handle: async ({ params: { number } }, api) => {
      const body = await findExecution(api, desk, number);
      if (body !== null) return { status: 200, body, headers: { etag: `W/"${body.version}"` } };
      if (!(await isRunning(api, desk.workflowId(number)))) throw processNotFound(desk, number);
      return { status: 202, body: { number, status: 'starting' }, headers: { 'retry-after': '1' } };
    },
  });

/** An execution as it leaves; null where the read model has none. */
export async function findExecution<K extends JournalKind>(
  api: Api,
  desk: DeskOf<K>,
  number: string,
): Promise<z.infer<typeof ExecutionBody> | null> {
  const row = await api.db.execution.findUnique({
    where: { number },
    include: {
      items: { orderBy: [{ rma: 'asc' }, { item: 'asc' }] },
      attention: { where: { resolvedAt: null }, orderBy: { raisedAt: 'asc' } },
    },
  });
  if (row === null) return null;
  // A process's journal has its workflow id's name.
  const { rows } = await withClient(api.pool, (client) => readTail<K>(client, desk.workflowId(number), 0));
  return {
    ...executionSummary(row),
    items: row.items.map((item) => executionItemOut(item, row.currency)),
    attention: row.attention.map((open) => attentionOut(open, desk.sentences, desk.resolutions, row.currency)),
    // The row and the journal are read one after the other: what came between is for the next request.
    timeline: rows
      .filter(({ version }) => version <= row.version)
      .flatMap(({ version, at, by, events }) =>
        events.map((event: K['event']) => ({
          version,
          at,
          by,
          type: event.type,
          sentence: desk.sentenceOf(event, row.currency),
        })),
      ),
    links: processLinks(api, desk, number),
  };
}
