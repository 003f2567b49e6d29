import type { z } from 'zod';
import type { JournalKind } from '../../activities/journal/port.ts';
import { readTail } from '../../activities/journal/tail.ts';
import { withClient } from '../../prisma/client.ts';
import type { Api } from '../api.ts';
import { attentionOut } from '../attention/out.ts';
import { getProcess } from '../get-process.ts';
import { processLinks } from '../process-desk.ts';
import { ExecutionBody, executionItemOut, executionSummary } from './bodies.ts';
import { type DeskOf, numberField } from './desk.ts';

/** The route that shows one execution of a kind. */
export const getExecution = <K extends JournalKind>(desk: DeskOf<K>) =>
  getProcess(desk, {
    summary: `One ${desk.noun} with its timeline`,
    permission: 'executions:read',
    number: numberField(desk),
    schema: ExecutionBody,
    find: (api, number) => findExecution(api, desk, number),
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
