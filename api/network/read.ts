import { z } from 'zod';
import type { JournalKind } from '../../activities/journal/port.ts';
import { readTail } from '../../activities/journal/tail.ts';
import { withClient } from '../../prisma/client.ts';
import type { Attention, NetworkProcess, Prisma } from '../../prisma/generated/client.ts';
import type { Api } from '../api.ts';
import { attentionOut } from '../attention/out.ts';
import { OutsideCode } from '../fields.ts';
import { cursorParameter, cursorText, cursorTime, limitParameter } from '../page.ts';
import { processLinks } from '../process-desk.ts';
import type { networkWholeShape } from './bodies.ts';
import type { NetworkDesk } from './desk.ts';

const open = { resolvedAt: null };

/** By what all lists of processes of the network are narrowed, and their pages; newest first. */
export const networkQuery = {
  facility: OutsideCode.optional(),
  needsPerson: z.enum(['true', 'false']).optional(),
  limit: limitParameter,
  cursor: cursorParameter(z.tuple([cursorTime, cursorText])),
};

type Query = z.infer<z.ZodObject<typeof networkQuery>> & { readonly status?: string | undefined };

export const newestFirst = [{ openedAt: 'desc' }, { number: 'desc' }] as const;

export function networkConditions(
  desk: NetworkDesk,
  { status, facility, needsPerson, cursor }: Omit<Query, 'limit'>,
): Prisma.NetworkProcessWhereInput {
  return {
    kind: desk.kind,
    ...(status === undefined ? {} : { status }),
    ...(facility === undefined ? {} : { facility }),
    ...(needsPerson === undefined ? {} : { attention: needsPerson === 'true' ? { some: open } : { none: open } }),
    ...(cursor === undefined
      ? {}
      : { OR: [{ openedAt: { lt: cursor[0] } }, { openedAt: cursor[0], number: { lt: cursor[1] } }] }),
  };
}

export const cursorOf = ({ openedAt, number }: NetworkProcess): [string, string] => [openedAt.toISOString(), number];

type Whole = z.infer<z.ZodObject<typeof networkWholeShape>>;

/** What is told of one beside its summary and its own rows: the queue, the timeline, the links. */
export async function networkWhole<K extends JournalKind>(
  api: Api,
  desk: NetworkDesk,
  { number, version, attention }: NetworkProcess & { readonly attention: readonly Attention[] },
  sentenceOf: (event: K['event']) => string,
  currency: string | null = null,
): Promise<Whole> {
  // A process's journal has its workflow id's name.
  const { rows } = await withClient(api.pool, (client) => readTail<K>(client, desk.workflowId(number), 0));
  return {
    attention: attention.map((each) => attentionOut(each, desk.sentences, desk.resolutions, currency)),
    // The row and the journal are read one after the other: what came between is for the next request.
    timeline: rows
      .filter((row) => row.version <= version)
      .flatMap(({ version: at, ...row }) =>
        row.events.map((event: K['event']) => ({
          version: at,
          at: row.at,
          by: row.by,
          type: event.type,
          sentence: sentenceOf(event),
        })),
      ),
    links: processLinks(api, desk, number),
  };
}
