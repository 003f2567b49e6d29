import { Connection } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { launch } from './owned-process.ts';
import { type Part, startPart } from './part.ts';
import { freePort } from './ports.ts';
import { createSearchAttributes } from './search-attributes.ts';

/** A running time-skipping test server, for tests of timers. Its clock is one for all who use it, so they take turns. */
export type TimeSkippingServer = Part & { readonly address: string };

/** Starts Temporal's time-skipping test server (as `testServer` resolves it) on a free port. */
export async function startTimeSkipping(options: { readonly executable: string }): Promise<TimeSkippingServer> {
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const part = await startPart(() =>
    launch({
      name: 'The time-skipping test server',
      command: options.executable,
      args: [String(port)],
      ready: () => prepared(address),
    }),
  );
  return { ...part, address };
}

/** A test environment on a running time-skipping server; `teardown` leaves the server as it is. */
export async function timeSkippingEnvironment(address: string): Promise<TestWorkflowEnvironment> {
  // The SDK's public doors either start a server of their own or do not skip time.
  return TestWorkflowEnvironment['create']({
    server: { type: 'existing' },
    address,
    namespace: 'default',
    supportsTimeSkipping: true,
  });
}

async function prepared(address: string): Promise<boolean> {
  const connection = Connection.lazy({ address });
  try {
    await connection.withDeadline(Date.now() + 2_000, () => createSearchAttributes(connection, 'default'));
    return true;
  } catch {
    return false;
  } finally {
    await connection.close();
  }
}
