import { type NativeConnection, Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import type { Config } from '../config/config.ts';
import type { Activities } from './activities.ts';

export type WorkerParts = {
  readonly connection: NativeConnection;
  readonly bundle: WorkflowBundleWithSourceMap;
  readonly activities: Activities;
  readonly config: Pick<Config, 'temporal' | 'worker'>;
};

/** A worker for all of Homeward's workflows and activities, tuned by the configuration. */
export function createWorker({ connection, bundle, activities, config }: WorkerParts): Promise<Worker> {
  const { temporal, worker } = config;
  return Worker.create({
    connection,
    namespace: temporal.namespace,
    taskQueue: temporal.taskQueue,
    workflowBundle: bundle,
    activities,
    maxConcurrentWorkflowTaskExecutions: worker.workflowTaskSlots,
    maxConcurrentActivityTaskExecutions: worker.activitySlots,
    maxConcurrentLocalActivityExecutions: worker.localActivitySlots,
    maxConcurrentWorkflowTaskPolls: worker.workflowPollers,
    maxConcurrentActivityTaskPolls: worker.activityPollers,
    maxCachedWorkflows: worker.maxCachedWorkflows,
    shutdownGraceTime: worker.shutdownGraceMs,
    ...(worker.buildId === undefined
      ? {}
      : {
          workerDeploymentOptions: {
            useWorkerVersioning: true,
            version: { deploymentName: 'homeward', buildId: worker.buildId },
            defaultVersioningBehavior: 'AUTO_UPGRADE',
          },
        }),
  });
}
