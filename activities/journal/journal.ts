import type { Pool } from 'pg';
import { withClient } from '../../prisma/client.ts';
import type { Intents } from '../intents.ts';
import { append } from './append.ts';
import { makeIntents } from './intents.ts';
import type { Journal, JournalKind } from './port.ts';
import { openReturn, reserveUnits } from './reserve.ts';
import { readTail } from './tail.ts';

/** The journal on PostgreSQL. Lost connections and time-outs throw: whoever calls tries again. */
export function makeJournal(pool: Pool): Journal & Intents {
  return {
    append: (input) => append(pool, input),
    readJournal: <K extends JournalKind>({ process }: { readonly process: string }) =>
      withClient(pool, async (client) => (await readTail<K>(client, process, 0)).rows),
    openReturn: (input) => openReturn(pool, input),
    reserveUnits: (input) => reserveUnits(pool, input),
    ...makeIntents(pool),
  };
}
