import type { Client } from '@temporalio/client';
import type { WaveName } from '../activities/recalls/port.ts';
import { lastingAttributes } from '../workflows/recall/attributes.ts';
import {
  lookSignal,
  type RecallWaveArguments,
  recallWaveSummary,
  recallWaveWorkflowId,
  recallWaveWorkflowType,
  wokenWave,
} from '../workflows/recall-wave/messages.ts';

/** The shape of the workflow function, for the client's types. */
export declare function RecallWave(start: RecallWaveArguments): Promise<void>;

/** How a wave is started, by whomever. */
export const waveOptions = (taskQueue: string, { recall, wave }: WaveName) => ({
  taskQueue,
  workflowId: recallWaveWorkflowId(recall, wave),
  staticSummary: recallWaveSummary(recall, wave),
  typedSearchAttributes: lastingAttributes(recall),
});

/** Has a wave look at what is due; one that has ended runs once more. */
export async function wakeWave(client: Client, taskQueue: string, name: WaveName): Promise<void> {
  const args: [RecallWaveArguments] = [wokenWave(name.recall, name.wave)];
  await client.workflow.signalWithStart<typeof RecallWave, []>(recallWaveWorkflowType, {
    ...waveOptions(taskQueue, name),
    args,
    signal: lookSignal,
    signalArgs: [],
  });
}
