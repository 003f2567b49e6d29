import { createServer } from 'node:http';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { makeJournal } from '../activities/journal/journal.ts';
import { smtpChannel } from '../activities/notices/smtp.ts';
import { loadConfig } from '../config/config.ts';
import { openJournalPool } from '../prisma/client.ts';
import { makeActivities } from '../worker/activities.ts';
import { bundleWorkflows } from '../worker/bundle.ts';
import { createWorker } from '../worker/create.ts';
import { memoryAfterCollection } from './heaps.ts';
import { makeTwinNotices } from './recall/twin/activities.ts';
import { makeTwinRecords } from './twin/activities.ts';

/**
 * The worker under measurement, in a process of its own: the engine's worker as it is composed in worker/, or the same
 * worker with the workflows and activities of the subject's twin. Both have the same pool, slots, pollers and cache. The loops of outbox
 * and inbox are left out on both sides. A small door tells what the process has used.
 */
const { values } = parseArgs({
  options: { subject: { type: 'string' }, side: { type: 'string' }, door: { type: 'string' } },
});
const config = loadConfig();
Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });

const pool = openJournalPool(config.database);
const outside = makeActivities(pool, config);
const connection = await NativeConnection.connect({ address: config.temporal.address });
const twin =
  values.subject === 'recall'
    ? {
        workflows: 'recall/twin/workflow.ts',
        activities: makeTwinNotices(
          pool,
          smtpChannel({
            url: config.notices.smtpUrl,
            from: config.notices.from,
            connections: config.notices.connections,
          }),
        ),
      }
    : { workflows: 'twin/workflow.ts', activities: makeTwinRecords(makeJournal(pool)) };
const isTwin = values.side === 'twin';
const worker = await createWorker({
  connection,
  config,
  bundle: await bundleWorkflows(isTwin ? join(import.meta.dirname, twin.workflows) : undefined),
  activities: isTwin ? { ...outside, ...twin.activities } : outside,
});

function processorTime() {
  const { user, system } = process.cpuUsage();
  return { cpuSeconds: (user + system) / 1e6 };
}

const door = createServer(async (request, response) => {
  response.end(JSON.stringify(request.url === '/memory' ? await memoryAfterCollection() : processorTime()));
});
door.listen(Number(values.door), '127.0.0.1');

process.once('SIGTERM', () => worker.shutdown());
const running = worker.run();
console.log('worker ready');
await running;
door.close();
door.closeAllConnections();
await connection.close();
await pool.end();
