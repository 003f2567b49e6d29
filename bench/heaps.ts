import { Session } from 'node:inspector';

/** What a process holds after a collection: of its whole memory, and of the JavaScript heaps of all its threads. */
export type Memory = { readonly rssBytes: number; readonly heapBytes: number };

/**
 * Collects garbage in every thread, twice, as the first round only finds what finalizers keep. Workflows live in a
 * thread of their own, whose heap `global.gc` of the main thread never sees: the inspector reaches both.
 */
export async function memoryAfterCollection(): Promise<Memory> {
  for (let round = 0; round < 2; round += 1) await inEveryThread('HeapProfiler.collectGarbage');
  const heaps = await inEveryThread('Runtime.getHeapUsage');
  const heapBytes = heaps.reduce<number>((sum, answer) => sum + Number(Object(answer).usedSize ?? 0), 0);
  return { rssBytes: process.memoryUsage.rss(), heapBytes };
}

/** Asks the main thread and each worker thread; answers in no order. */
async function inEveryThread(method: 'HeapProfiler.collectGarbage' | 'Runtime.getHeapUsage'): Promise<unknown[]> {
  const session = new Session();
  session.connect();
  try {
    const main = new Promise<unknown>((resolve, reject) => {
      session.post(method, (error: Error | null, answer?: object) =>
        error === null ? resolve(answer) : reject(error),
      );
    });
    const threads: Promise<unknown>[] = [];
    session.on('NodeWorker.attachedToWorker', ({ params: { sessionId } }) => {
      threads.push(
        new Promise((resolve) => {
          session.on('NodeWorker.receivedMessageFromWorker', ({ params }) => {
            if (params.sessionId === sessionId) resolve(JSON.parse(params.message).result);
          });
        }),
      );
      session.post('NodeWorker.sendMessageToWorker', { sessionId, message: JSON.stringify({ id: 1, method }) });
    });
    await new Promise<void>((resolve) => {
      session.post('NodeWorker.enable', { waitForDebuggerOnStart: false }, () => resolve());
    });
    return [await main, ...(await Promise.all(threads))];
  } finally {
    session.disconnect();
  }
}
