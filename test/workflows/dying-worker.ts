import { readFile } from 'node:fs/promises';
import { NativeConnection } from '@temporalio/worker';
import { loadConfig } from '../../config/config.ts';
import { openPool } from '../../prisma/client.ts';
import { makeActivities } from '../../worker/activities.ts';
import { createWorker } from '../../worker/create.ts';

/**
 * A worker's process that is killed the moment an append has committed, before its workflow task can be completed: the
 * n-th of those that wrote something, as its first argument says. The second is the file of the workflows' bundle.
 */
const [appends = '1', bundle = ''] = process.argv.slice(2);
const config = loadConfig();
const activities = makeActivities(openPool(config.database), config);
let left = Number(appends);

const worker = await createWorker({
  connection: await NativeConnection.connect({ address: config.temporal.address }),
  config,
  bundle: { code: await readFile(bundle, 'utf8'), sourceMap: '' },
  activities: {
    ...activities,
    append: async (input) => {
      const result = await activities.append(input);
      if (!result.conflict) left -= 1;
      if (left === 0) process.kill(process.pid, 'SIGKILL');
      return result;
    },
  },
});
console.log('ready to die');
await worker.run();
