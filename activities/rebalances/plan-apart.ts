import { Worker } from 'node:worker_threads';
import type { Made } from '../../domain/rebalance/plan/make-plan.ts';
import type { Network } from '../../domain/rebalance/plan/network.ts';

/** Makes a plan in a thread of its own, as it takes a processor for up to a minute. Where it is called off, the thread ends. */
export async function planApart(network: Network, calledOff: AbortSignal): Promise<Made> {
  const thread = new Worker(new URL('./plan-thread.ts', import.meta.url), { workerData: network });
  const end = () => void thread.terminate();
  calledOff.addEventListener('abort', end);
  try {
    return await new Promise<Made>((resolve, reject) => {
      thread.once('message', (made: Made) => resolve(made));
      thread.once('error', reject);
      thread.once('exit', () => reject(new Error('the planning ended without a plan')));
    });
  } finally {
    calledOff.removeEventListener('abort', end);
  }
}
