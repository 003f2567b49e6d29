import { TestWorkflowEnvironment } from '@temporalio/testing';
import { inject } from 'vitest';
import { timeSkippingEnvironment } from '../../local/time-skipping.ts';

/** The server whose time can be skipped, for tests of timers. */
export const skippingTime = (): Promise<TestWorkflowEnvironment> =>
  timeSkippingEnvironment(inject('timeSkippingAddress'));

/** The real dev server. */
export const realTime = (): Promise<TestWorkflowEnvironment> =>
  TestWorkflowEnvironment.createFromExistingServer({ address: inject('temporalAddress') });
