import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { expect } from 'vitest';
import { withClient } from '../../prisma/client.ts';
import { searchAttributes } from '../../workflows/process/attributes.ts';
import type { AskedReturn, Processes } from './returns.ts';

/** Takes the latest run back to its first or its last workflow task; what was signalled after that is sent again. */
export async function reset({ client, runs }: Processes, workflowId: string, point: 'first' | 'last'): Promise<void> {
  const { runId } = await client.workflow.getHandle(workflowId).describe();
  const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
  const done = (events ?? []).filter((event) => event.workflowTaskCompletedEventAttributes);
  const event = point === 'first' ? done[0] : done.at(-1);
  const answer = await client.workflowService.resetWorkflowExecution({
    namespace: 'default',
    workflowExecution: { workflowId, runId },
    reason: 'a test',
    workflowTaskFinishEventId: event?.eventId ?? null,
    requestId: randomUUID(),
  });
  runs.set(answer.runId, workflowId);
}

/** Why the return needs a person, as an engineer finds it in Temporal. */
export const needsPerson = async (its: AskedReturn): Promise<string | undefined> =>
  (await its.handle().describe()).typedSearchAttributes.get(searchAttributes.NeedsPerson);

/** Until something is true that no query of the process tells. */
export async function until(is: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 200 && !(await is()); attempt += 1) await sleep(50);
  expect(await is()).toBe(true);
}

/** Changes tables as a restore of the database does, past their triggers. */
export async function pastTheRules(
  pool: Pool,
  work: (query: (sql: string, values?: unknown[]) => Promise<unknown>) => Promise<unknown>,
): Promise<void> {
  await withClient(pool, async (client) => {
    await client.query('SET session_replication_role = replica');
    try {
      await work((sql, values) => client.query(sql, values));
    } finally {
      await client.query('RESET session_replication_role');
    }
  });
}
