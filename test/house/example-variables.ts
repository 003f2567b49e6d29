import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What only docker-compose.yml uses, for services that are not ours. */
export const composeVariables = ['POSTGRES_PASSWORD'];

/** The variables of `.env.example` with their values. */
export async function exampleVariables(): Promise<Record<string, string>> {
  const text = await readFile(join(import.meta.dirname, '..', '..', '.env.example'), 'utf8');
  return Object.fromEntries(
    [...text.matchAll(/^([A-Z0-9_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
  );
}
