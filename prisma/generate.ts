import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const FOLDER = import.meta.dirname;
const MADE_FROM = join(FOLDER, 'generated', 'made-from');

/** Makes the database client when the schema or Prisma has changed since; npm runs it before whatever needs the client. */
function generate(): void {
  const prisma = createRequire(import.meta.url).resolve('prisma/package.json');
  const now = createHash('sha256')
    .update(readFileSync(join(FOLDER, 'schema.prisma')))
    .update(readFileSync(prisma))
    .digest('hex');
  if (existsSync(MADE_FROM) && readFileSync(MADE_FROM, 'utf8') === now) return;
  const run = spawnSync(process.execPath, [join(dirname(prisma), 'build', 'index.js'), 'generate'], {
    cwd: join(FOLDER, '..'),
    // Generating needs no engine, but Prisma would download one unless it is told of some executable.
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1' },
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(`prisma generate failed:\n${run.stdout}${run.stderr}`);
  writeFileSync(MADE_FROM, now);
}

generate();
