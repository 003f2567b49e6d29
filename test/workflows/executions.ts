import { randomUUID } from 'node:crypto';
import type { WantedItem } from '../../domain/execution/item.ts';
import type { ProcessTold } from '../../domain/process/told.ts';
import { decisionUpdate, type Message, stateQuery } from '../../workflows/process/messages.ts';
import type { OpenReturn, Processes } from './returns.ts';

/** The one item of a return, as an execution wants it. */
export const wanted = ({ rma }: OpenReturn): WantedItem => ({
  rma,
  item: 'P1-1',
  sku: 'KETTLE',
  quantity: 1,
  lot: null,
  serials: [],
  grade: 'C',
  cost: 2000,
});

/** Starts an execution and hands it over, to be told things and looked at. */
export async function anExecution<State extends object, Command extends { readonly type: string }>(
  { client, taskQueue, runs }: Processes,
  { workflowType, workflowId, number }: { workflowType: string; workflowId: string; number: string },
  request: object,
) {
  const args = [{ number, request: { commandId: 'R1', by: 'test', request } }];
  const handle = await client.workflow.start(workflowType, { workflowId, taskQueue, args });
  runs.set(handle.firstExecutionRunId, workflowId);
  await handle.executeUpdate<ProcessTold, []>(decisionUpdate);
  const state = () => handle.query<State>(stateQuery);
  return {
    number,
    handle,
    state,
    tell: (command: Command) =>
      handle.executeUpdate<ProcessTold, [Message<Command>]>(command.type, {
        args: [{ commandId: randomUUID(), by: 'test', command }],
      }),
    until: async (is: (state: State) => boolean) => {
      for (let attempt = 0; attempt < 400; attempt += 1) {
        const now = await state();
        if (is(now)) return now;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      throw new Error(JSON.stringify(await state(), null, 1));
    },
  };
}

/** Whether an execution has got so many items. */
export const holds =
  (count: number) =>
  ({ items }: { readonly items: Readonly<Record<string, { readonly state: string }>> }): boolean =>
    Object.values(items).filter((item) => item.state === 'held').length === count;
