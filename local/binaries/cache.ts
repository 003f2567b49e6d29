import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** SHA-256 of a file, in hexadecimal. */
export async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/**
 * Runs `fill` in a temporary folder and moves what it made to `target` in one step, so that a broken download, or
 * another start at the same time, never leaves half a program behind.
 */
export async function fillCache(target: string, fill: (folder: string) => Promise<string>): Promise<void> {
  const parent = join(target, '..');
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(tmpdir(), 'homeward-download-'));
  try {
    const made = await fill(folder);
    const beside = await mkdtemp(join(parent, '.new-'));
    try {
      await cp(made, join(beside, 'content'), { recursive: true, preserveTimestamps: true });
      await rename(join(beside, 'content'), target).catch((error: NodeJS.ErrnoException) => {
        // Somebody else was faster; theirs passed the same check.
        if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
      });
    } finally {
      await rm(beside, { recursive: true, force: true });
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
