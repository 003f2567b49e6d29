import { NativeConnection, Runtime } from '@temporalio/worker';
import { pino } from 'pino';
import { loadConfig } from '../config/config.ts';
import { openJournalPool } from '../prisma/client.ts';
import { makeActivities } from './activities.ts';
import { bundleWorkflows } from './bundle.ts';
import { startConfirmations } from './confirmations.ts';
import { createWorker } from './create.ts';
import { startExpiry } from './expiry.ts';
import { startInbox } from './inbox.ts';
import { startOutbox } from './outbox.ts';
import { runtimeOptions } from './runtime.ts';

/** How long everything but the running activities may take to end. */
const LATEST_END_MS = 10_000;

/** The worker's process: workflows and activities, and the loops that empty the inbox and the outbox. */
const config = loadConfig();
const log = pino({ level: config.logLevel, name: 'worker' });
Runtime.install(runtimeOptions(config, log));

const pool = openJournalPool(config.database, (error) =>
  log.warn({ code: error.name }, 'a database connection was lost'),
);
const connection = await NativeConnection.connect({ address: config.temporal.address });
const worker = await createWorker({
  connection,
  config,
  bundle: await bundleWorkflows(),
  activities: makeActivities(pool, config),
});
const loops = [
  await startOutbox({ pool, log }),
  await startInbox({ pool, config, log }),
  startConfirmations({ pool, config, log }),
  startExpiry({ pool, log }),
];
const stop = () => {
  // A database or a Temporal that is gone must not keep us: what was under way is done again by the next worker.
  setTimeout(() => process.exit(1), config.worker.shutdownGraceMs + LATEST_END_MS).unref();
  if (worker.getState() === 'RUNNING') worker.shutdown();
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);

const running = worker.run();
console.log('worker ready');
try {
  await running;
} finally {
  await Promise.all(loops.map((loop) => loop.stop()));
  await connection.close();
  await pool.end();
}
