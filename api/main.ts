import { loadConfig } from '../config/config.ts';
import { openPool, openPrisma } from '../prisma/client.ts';
import { ensureFirstKey, firstKeyFile } from './keys/first-key.ts';
import { startApi } from './server.ts';

const HELP = `npm run api

Runs the API alone until SIGTERM or SIGINT, on a database that is migrated already. .env.example lists its variables.
"npm start" runs it with everything that it needs.
`;

/** Draining takes ten seconds at most, closing connections hardly any. */
const LATEST_END_MS = 14_000;

if (process.argv.includes('--help') || process.argv.includes('-h')) {
  process.stdout.write(HELP);
  process.exit(0);
}

/** The API's process. It ends by itself only on SIGTERM or SIGINT, after open requests. */
try {
  const config = loadConfig();
  const pool = openPool({ ...config.database, poolSize: 1 });
  const db = openPrisma(pool);
  const first = await ensureFirstKey(db, config.dataDir).catch(cannotBegin);
  await db.$disconnect();
  await pool.end();
  if (first !== null) {
    // Not the key itself: output ends in logs, which more people read, and which stay.
    process.stdout.write(`the first API key (admin) is in ${firstKeyFile(config.dataDir)}\n`);
  }
  const api = await startApi(config);
  process.stdout.write(`API ready on ${api.url}\n`);
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    // A database or a Temporal that is gone must not keep us: what waits for them would wait for ever.
    setTimeout(() => process.exit(1), LATEST_END_MS).unref();
    api.close().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
} catch (error) {
  fail(error);
}

function cannotBegin(error: unknown): never {
  // The database client tells the place in our code first, and the reason last.
  const reason = String(error instanceof Error ? error.message : error)
    .trim()
    .split('\n')
    .at(-1);
  throw new Error(
    `The API cannot look for its first key (${reason}): the database that DATABASE_URL names must run and be migrated ("npm run migrate"), and the folder that HOMEWARD_DATA names must be writable.`,
  );
}

function fail(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
