import { loadConfig } from '../config/config.ts';
import { migrate } from '../prisma/migrate.ts';
import { runCommand } from './command.ts';
import { prepareNamespace } from './temporal.ts';

const HELP = `npm run prepare:cluster

Before the first worker of a new version starts: applies the migrations to DATABASE_URL, and creates the namespace
TEMPORAL_NAMESPACE with its search attributes on TEMPORAL_ADDRESS. Safe to repeat, and to run several times at once.
`;

await runCommand(HELP, async () => {
  const { database, temporal } = loadConfig();
  const applied = await migrate(database.url);
  console.log(applied.length === 0 ? 'The database is up to date.' : `Applied ${applied.join(', ')}.`);
  await prepareNamespace(temporal);
  console.log(`Namespace "${temporal.namespace}" is ready.`);
});
