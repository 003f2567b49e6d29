import { defineConfig } from 'vitest/config';

/** Tests that need no server; the rest find PostgreSQL and Temporal by `inject`. */
const ALONE = ['domain', 'return', 'sandbox', 'activities', 'house'].map((room) => `test/${room}/**/*.test.ts`);
/** Tests on time-skipping servers, one a file. */
const TIME = 'test/**/*.time.test.ts';
/** Each starts a whole stack of its own. */
const COMMANDS = 'test/commands/**/*.test.ts';

export default defineConfig({
  test: {
    // Worker threads and the native bridge of Temporal's SDK do not mix.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    reporters: ['default', './test/setup/closing-line.ts'],
    projects: [
      { extends: true, test: { name: 'alone', include: ALONE } },
      {
        extends: true,
        test: {
          name: 'stack',
          include: ['test/**/*.test.ts'],
          exclude: [...ALONE, TIME, COMMANDS],
          globalSetup: ['test/setup/postgres.ts', 'test/setup/temporal.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'time',
          include: [TIME],
          globalSetup: ['test/setup/postgres.ts', 'test/setup/time-skipping.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'commands',
          include: [COMMANDS],
          testTimeout: 600_000,
        },
      },
    ],
  },
});
