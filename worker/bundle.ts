import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, type WorkflowBundleWithSourceMap } from '@temporalio/worker';

/** Bundles the workflow code; takes a few seconds, so it is done once a process and shared. */
export function bundleWorkflows(): Promise<WorkflowBundleWithSourceMap> {
  return bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../workflows/index.ts', import.meta.url)),
    logger: quiet,
  });
}

const nothing = () => undefined;
/** The bundler tells every step of its compiler; only what went wrong is of interest. */
const quiet = { log: nothing, trace: nothing, debug: nothing, info: nothing, warn: nothing, error: console.error };
