import { Client, Connection } from '@temporalio/client';

/** The door to the processes in Temporal. */
export type Processes = {
  readonly client: Client;
  readonly taskQueue: string;
  /** Throws where Temporal does not answer in time. */
  ping(): Promise<void>;
  close(): Promise<void>;
};

/** Connects at the first call, so that the API starts, and says so at /readyz, while Temporal is still away. */
export function openProcesses(temporal: {
  readonly address: string;
  readonly namespace: string;
  readonly taskQueue: string;
}): Processes {
  const connection = Connection.lazy({ address: temporal.address, connectTimeout: '3s' });
  const client = new Client({ connection, namespace: temporal.namespace });
  return {
    client,
    taskQueue: temporal.taskQueue,
    ping: async () => {
      await connection.withDeadline(Date.now() + 2_000, async () => {
        await connection.workflowService.describeNamespace({ namespace: temporal.namespace });
      });
    },
    close: async () => await connection.close(),
  };
}
