import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PrismaClient } from '../../prisma/generated/client.ts';
import { createKey } from './keys.ts';

/** Where the first key lies for the demo and the commands; readable by its owner only. */
export const firstKeyFile = (dataDir: string): string => join(dataDir, 'api-key');

/** Makes an admin key where the database has none at all; two processes that start together make one. */
export async function ensureFirstKey(db: PrismaClient, dataDir: string): Promise<string | null> {
  return await db.$transaction(async (tx) => {
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('homeward:first-key'))`;
    if ((await tx.apiKey.count()) > 0) return null;
    const { secret } = await createKey(tx, { name: 'first key', role: 'admin' });
    // Before the commit: a key that is stored but was never written down would be lost for good.
    await writeDown(firstKeyFile(dataDir), secret);
    return secret;
  });
}

async function writeDown(file: string, secret: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${secret}\n`, { mode: 0o600 });
  // The mode above only counts for a new file.
  await chmod(file, 0o600);
}
