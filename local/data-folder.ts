import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** SQLite's own code for a database that somebody else has locked. */
const SQLITE_BUSY = 5;

/**
 * Takes the data folder, made when it is missing, for this stack alone: a second one would write into the same
 * databases. The lock is one of the system's on an empty file, so it goes with its process, however that ends.
 *
 * @returns what lets the folder go
 * @throws one sentence where another stack has the folder, or where it can't be written
 */
export async function takeDataFolder(dataDir: string): Promise<() => void> {
  let lock: DatabaseSync | undefined;
  try {
    await mkdir(dataDir, { recursive: true });
    lock = new DatabaseSync(join(dataDir, 'lock'));
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock?.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) {
      throw new Error(
        `Homeward already runs in ${dataDir}: use it, stop it where it was started, or choose another folder with --data.`,
      );
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `The data folder ${dataDir} cannot be written (${reason}): mend that, or choose another with HOMEWARD_DATA or --data.`,
    );
  }
  const held = lock;
  return () => {
    if (held.isOpen) held.close();
  };
}
