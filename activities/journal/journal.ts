import type { Pool } from 'pg';
import { withClient } from '../../prisma/client.ts';
import type { Intents } from '../intents.ts';
import { append } from './append.ts';
import { makeIntents } from './intents.ts';
import type { Journal, JournalKind, ReadInput } from './port.ts';
import { openReturn, reserveUnits } from './reserve.ts';
import { readPage } from './tail.ts';

/** The journal on PostgreSQL. Lost connections and time-outs throw: whoever calls tries again. */
export function makeJournal(pool: Pool): Journal & Intents {
  return {
    append: (input) => append(pool, input),
    readJournal: <K extends JournalKind>({ process, above = 0 }: ReadInput) =>
      withClient(pool, async (client) => (await readPage<K>(client, process, above)).rows),
    openReturn: (input) => openReturn(pool, input),
    reserveUnits: (input) => reserveUnits(pool, input),
    ...makeIntents(pool),
  };
}
