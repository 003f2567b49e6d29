import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ConfigError, loadConfig, VARIABLES } from '../../config/config.ts';
import { publicSecrets } from '../../config/public-secrets.ts';
import { composeVariables, exampleVariables } from './example-variables.ts';

test('.env.example explains every variable, and no other', async () => {
  const example = await exampleVariables();
  expect(Object.keys(example).sort()).toEqual([...VARIABLES, ...composeVariables].sort());
});

test('.env.example shows the defaults', async () => {
  expect(loadConfig(await exampleVariables())).toEqual(loadConfig({}));
});

test('nothing but config/ reads the environment', async () => {
  const biome: unknown = JSON.parse(await readFile(join(import.meta.dirname, '..', '..', 'biome.json'), 'utf8'));
  expect(biome).toMatchObject({ linter: { rules: { style: { noProcessEnv: 'error' } } } });
});

test.for([
  ['API_PORT', '70000'],
  ['API_PORT', 'http'],
  ['DATABASE_URL', 'mysql://localhost/homeward'],
  ['TEMPORAL_ADDRESS', 'http://localhost:7233'],
  ['LOG_LEVEL', 'loud'],
  ['STRIPE_BASE_URL', 'api.stripe.com'],
  ['WORKER_ACTIVITY_SLOTS', '0'],
  ['WORKER_MAX_CACHED_WORKFLOWS', '1.5'],
  ['LOCAL_SQLITE_SYNCHRONOUS', 'OFF'],
  ['NOTICES_LINK_KEYS', 'short'],
  ['NOTICES_LINK_KEYS', 'a secret that nobody but us knows of,'],
] as const)('a wrong %s (%s) stops the start with one sentence that names it', ([name, value]) => {
  const load = () => loadConfig({ [name]: value });
  expect(load).toThrow(ConfigError);
  expect(load).toThrow(new RegExp(`^${name} is wrong: use [^\\n]+$`));
});

test.for([
  [
    'API_HOST',
    '0.0.0.0',
    ['EASYPOST_WEBHOOK_SECRET', 'STRIPE_WEBHOOK_SECRET', 'NOTICES_WEBHOOK_SECRET', 'NOTICES_LINK_KEYS'],
  ],
  ['API_PUBLIC_URL', 'https://returns.example.com', ['NOTICES_LINK_KEYS']],
  ['EASYPOST_BASE_URL', 'https://api.easypost.com/v2', ['EASYPOST_API_KEY', 'EASYPOST_WEBHOOK_SECRET']],
  ['STRIPE_BASE_URL', 'https://api.stripe.com', ['STRIPE_API_KEY', 'STRIPE_WEBHOOK_SECRET']],
] as const)('%s=%s does not start with secrets that everybody knows', ([name, value, needed]) => {
  const wrong = needed.map((one) => `${one} is wrong: use one of your own`).join('.*; ');
  expect(() => loadConfig({ [name]: value })).toThrow(new RegExp(`^${wrong}`));
  const own = Object.fromEntries(needed.map((one) => [one, `whsec_${'OwnSecret'.repeat(4)}`]));
  expect(() => loadConfig({ [name]: value, ...own })).not.toThrow();
});

test('a public secret is not let in as the second of two either', () => {
  const both = `a secret that nobody but us knows of,${publicSecrets.NOTICES_LINK_KEYS}`;
  expect(() => loadConfig({ API_PUBLIC_URL: 'https://returns.example.com', NOTICES_LINK_KEYS: both })).toThrow(
    /^NOTICES_LINK_KEYS is wrong: use one of your own/,
  );
});

test('this machine may play the vendors with the secrets of the sandbox', () => {
  for (const host of ['127.0.0.1', 'localhost', '[::1]']) {
    expect(() => loadConfig({ STRIPE_BASE_URL: `http://${host}:3100`, API_HOST: host })).not.toThrow();
  }
});
