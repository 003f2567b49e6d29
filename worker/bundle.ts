import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type BundleOptions, bundleWorkflowCode, type WorkflowBundleWithSourceMap } from '@temporalio/worker';

/**
 * Bundles workflow code, ours unless another entry is named; takes a few seconds, so it is done once a process and
 * shared.
 */
export function bundleWorkflows(
  workflowsPath: string = fileURLToPath(new URL('../workflows/index.ts', import.meta.url)),
): Promise<WorkflowBundleWithSourceMap> {
  return bundleWorkflowCode({
    workflowsPath,
    logger: quiet,
    webpackConfigHook: forThisNode,
    preloadModules: deciders(),
  });
}

/**
 * The domain is the same for every run and keeps nothing between two calls (`test/house/shared-domain.test.ts`), so all
 * runs share one instance of it, deeply frozen by the SDK. Else each loads all of it anew and holds it in the cache.
 */
const deciders = (): string[] => globSync(fileURLToPath(new URL('../domain/*/decider.ts', import.meta.url)));

type Hook = NonNullable<BundleOptions['webpackConfigHook']>;

/**
 * The SDK compiles for ES2017, where each `{ ...state }` of the domain becomes a helper that copies key by key: about a
 * fifth of what a return costs in the sandbox. Node 24 spreads natively.
 */
const forThisNode: Hook = (config) => {
  for (const rule of config.module?.rules ?? []) {
    const { use } = Object(rule);
    if (use?.options?.jsc !== undefined) use.options.jsc.target = 'es2024';
  }
  return config;
};

const nothing = () => undefined;
/** The bundler tells every step of its compiler; its errors are thrown anyway. */
const quiet = { log: nothing, trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };
