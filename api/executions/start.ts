import { z } from 'zod';
import type { JournalKind } from '../../activities/journal/port.ts';
import type { WantedItem } from '../../domain/execution/item.ts';
import { grades } from '../../domain/goods/grading.ts';
import { isWait, milliseconds } from '../../domain/time/duration.ts';
import { lastingPairs } from '../../workflows/process/attributes.ts';
import type { Api } from '../api.ts';
import type { Answer, RawCall } from '../endpoint.ts';
import { LocalId, OutsideCode, Rma } from '../fields.ts';
import { isCurrency } from '../money.ts';
import { startProcess } from '../telling.ts';
import { ExecutionAcceptedBody, ExecutionBody } from './bodies.ts';
import { accepted } from './carry-out.ts';
import { type DeskOf, executionTarget, numberFor } from './desk.ts';
import { findExecution } from './one.ts';
import { MOST_ITEMS } from './waiting.ts';

/** Which items go along: the same question for every kind. */
export const gathering = {
  facility: OutsideCode.meta({ description: 'Where the goods wait.' }),
  items: z
    .array(z.strictObject({ rma: Rma, item: LocalId }))
    .min(1)
    .max(MOST_ITEMS)
    .exactOptional()
    .meta({ description: 'Left out: all that wait at the facility to go this way, as far as the filters let them.' }),
  category: OutsideCode.exactOptional(),
  sku: OutsideCode.exactOptional(),
  grade: z.enum(grades).exactOptional(),
  currency: z.string().refine(isCurrency, 'is in no ISO 4217 currency').exactOptional(),
};

/** How long something may take: `P14D`. */
export const Duration = z
  .string()
  .max(40)
  .refine(
    (text) => isWait(text) && milliseconds(text) > 0,
    'is not a duration such as P14D, of a hundred years at most',
  )
  .meta({ example: 'P14D' });

export const startResponses = {
  201: { description: 'It was requested.', schema: ExecutionBody },
  202: { description: 'It was taken, and begins as soon as a worker is there.', schema: ExecutionAcceptedBody },
};

/**
 * Starts an execution and answers with it; a repeated command finds the one that it started.
 * @param requestOf what it starts with, read only where it is new
 */
export async function startExecution<K extends JournalKind>(
  api: Api,
  desk: DeskOf<K>,
  { commandId, caller }: Pick<RawCall, 'commandId' | 'caller'>,
  requestOf: () => Promise<{ readonly facility: string; readonly items: readonly WantedItem[] }>,
): Promise<Answer> {
  const number = numberFor(desk, commandId);
  const process = desk.workflowId(number);
  if ((await api.db.journalEntry.findFirst({ where: { process } })) !== null) {
    return await created(api, desk, number, commandId);
  }
  const request = await requestOf();
  const skus = request.items.map(({ sku }) => sku);
  const sent = await startProcess(
    api.processes,
    executionTarget(desk, number, { commandId, by: caller.id, request }),
    request,
    lastingPairs(desk.kind, request.facility, [], skus),
  );
  return sent.type === 'accepted' ? accepted(desk, number, commandId) : await created(api, desk, number, commandId);
}

async function created<K extends JournalKind>(
  api: Api,
  desk: DeskOf<K>,
  number: string,
  commandId: string,
): Promise<Answer> {
  const body = await findExecution(api, desk, number);
  if (body === null) return accepted(desk, number, commandId);
  return { status: 201, body, headers: { location: `${desk.path}/${number}` } };
}
