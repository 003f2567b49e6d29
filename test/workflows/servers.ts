import { TestWorkflowEnvironment } from '@temporalio/testing';
import { inject } from 'vitest';
import { startTimeSkipping, timeSkippingEnvironment } from '../../local/time-skipping.ts';

/** A Temporal server for the tests of a file, and how it is let go of. */
export type Server = { readonly env: TestWorkflowEnvironment; readonly close: () => Promise<void> };

/**
 * A server whose time can be skipped, for tests of timers, for one file alone: a run that is left open, or a signal to one that has just
 * ended, holds such a server's clock for good.
 */
export async function skippingTime(): Promise<Server> {
  const server = await startTimeSkipping({ executable: inject('timeSkippingServer') });
  const env = await timeSkippingEnvironment(server.address);
  return {
    env,
    close: async () => {
      await env.teardown();
      await server.stop();
    },
  };
}

/** The real dev server, which all files share. */
export async function realTime(): Promise<Server> {
  const env = await TestWorkflowEnvironment.createFromExistingServer({ address: inject('temporalAddress') });
  return { env, close: () => env.teardown() };
}
