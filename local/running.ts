import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { loadConfig } from '../config/config.ts';

/** What differs with free ports or a terminal's own variables, and what other commands need to find the stack. */
const FOUND_BY = [
  'DATABASE_URL',
  'TEMPORAL_ADDRESS',
  'TEMPORAL_UI_URL',
  'API_PORT',
  'API_PUBLIC_URL',
  'EASYPOST_BASE_URL',
  'STRIPE_BASE_URL',
  'NOTICES_SMTP_URL',
] as const;

const Addresses = z.partialRecord(z.enum(FOUND_BY), z.string());

const fileIn = (dataDir: string) => join(dataDir, 'running.json');

/** Leaves the addresses of a stack in its data folder, for the commands of another terminal. */
export async function leaveAddresses(dataDir: string, env: NodeJS.ProcessEnv): Promise<void> {
  const addresses = Object.fromEntries(FOUND_BY.map((name) => [name, env[name]]));
  // The database's password is among them.
  await writeFile(fileIn(dataDir), `${JSON.stringify(addresses, null, 2)}\n`, { mode: 0o600 });
}

/** Takes the addresses away again, as nobody listens there any more. */
export async function removeAddresses(dataDir: string): Promise<void> {
  await rm(fileIn(dataDir), { force: true });
}

/**
 * The environment with the addresses of the stack that runs in its data folder; a variable that is set comes first.
 * After a kill -9 they may be of a stack that has gone.
 */
export async function environmentOfRunning(env: NodeJS.ProcessEnv = process.env): Promise<NodeJS.ProcessEnv> {
  const text = await readFile(fileIn(loadConfig(env).dataDir), 'utf8').catch(() => '{}');
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  return { ...Addresses.parse(JSON.parse(text)), ...given };
}
