import type { Pool } from 'pg';
import type { Intents } from '../intents.ts';
import { append } from './append.ts';
import { makeIntents } from './intents.ts';
import type { Journal } from './port.ts';
import { openReturn, reserveUnits } from './reserve.ts';

/** The journal on PostgreSQL. Lost connections and time-outs throw: whoever calls tries again. */
export function makeJournal(pool: Pool): Journal & Intents {
  return {
    append: (input) => append(pool, input),
    openReturn: (input) => openReturn(pool, input),
    reserveUnits: (input) => reserveUnits(pool, input),
    ...makeIntents(pool),
  };
}
