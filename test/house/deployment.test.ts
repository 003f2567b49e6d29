import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { VARIABLES } from '../../config/config.ts';
import { exampleVariables } from './example-variables.ts';

// No Docker engine runs these files here; this reads them and follows every name in them.

const ROOT = join(import.meta.dirname, '..', '..');
const read = (file: string) => readFile(join(ROOT, file), 'utf8');

const Condition = z.enum(['service_started', 'service_healthy', 'service_completed_successfully']);
/** The part of the compose format that the file uses; an unknown key is a mistake. */
const Service = z.strictObject({
  image: z.string(),
  build: z.literal('.').optional(),
  restart: z.enum(['no', 'always', 'on-failure', 'unless-stopped']),
  environment: z.record(z.string(), z.string()).optional(),
  entrypoint: z.array(z.string()).optional(),
  command: z.array(z.string()).optional(),
  depends_on: z.record(z.string(), z.strictObject({ condition: Condition })).optional(),
  healthcheck: z
    .strictObject({ test: z.array(z.string()), interval: z.string(), timeout: z.string(), retries: z.int() })
    .optional(),
  ports: z.array(z.string().regex(/^127\.0\.0\.1:\d+:\d+$/, 'published on this machine only')).optional(),
  volumes: z.array(z.string()).optional(),
  stop_grace_period: z.string().optional(),
  deploy: z.strictObject({ replicas: z.int().min(2) }).optional(),
});
const Compose = z.strictObject({
  name: z.string(),
  'x-homeward': z.unknown(),
  'x-temporal': z.unknown(),
  services: z.record(z.string(), Service),
  volumes: z.record(z.string(), z.null()),
});

const compose = async () => Compose.parse(parse(await read('docker-compose.yml'), { merge: true }));

test('the services are those of a cluster', async () => {
  const { services } = await compose();
  expect(Object.keys(services)).toEqual(
    expect.arrayContaining(['postgres', 'temporal-schema', 'temporal', 'temporal-ui', 'prepare', 'worker', 'api']),
  );
});

test('every service waits only for services that exist, and as they can be waited for', async () => {
  const { services } = await compose();
  for (const [name, { depends_on = {} }] of Object.entries(services)) {
    for (const [other, { condition }] of Object.entries(depends_on)) {
      const target = services[other];
      expect(target, `${name} waits for ${other}`).toBeDefined();
      if (condition === 'service_healthy') expect(target?.healthcheck, `${other} tells its health`).toBeDefined();
      if (condition === 'service_completed_successfully') expect(target?.restart).toBe('on-failure');
    }
  }
});

test('every volume is declared', async () => {
  const { services, volumes } = await compose();
  const used = Object.values(services).flatMap((service) => service.volumes ?? []);
  expect(used.map((volume) => volume.split(':')[0]).sort()).toEqual(Object.keys(volumes).sort());
});

test('our processes get variables that the configuration knows, and commands that exist', async () => {
  const { services } = await compose();
  const ours = Object.values(services).filter(({ image }) => image === 'homeward');
  expect(ours).toHaveLength(3);
  for (const { environment = {}, command = [] } of ours) {
    for (const name of Object.keys(environment)) expect(VARIABLES).toContain(name);
    expect(existsSync(join(ROOT, command[0] ?? '')), command[0]).toBe(true);
  }
});

test('every variable that the compose file asks for is in .env.example', async () => {
  const example = await exampleVariables();
  const asked = [...(await read('docker-compose.yml')).matchAll(/(?<!\$)\$\{([A-Z0-9_]+)/g)].map(([, name]) => name);
  expect(asked.length).toBeGreaterThan(5);
  for (const name of asked) expect(Object.keys(example)).toContain(name);
});

test('every image outside is pinned', async () => {
  const { services } = await compose();
  const outside = Object.values(services).filter(({ image }) => image !== 'homeward');
  for (const { image } of outside) expect(image).toMatch(/:\d[\w.-]*$/);
});

test('everything that the Dockerfile copies is there, and every room that runs is copied', async () => {
  const lines = (await read('Dockerfile')).split('\n');
  const copied = lines.flatMap((line) => {
    const [, sources] =
      /^COPY (?!--from)(.+) \S+$/.exec(line) ?? /^COPY --from=build \/app\/(\S+) \S+$/.exec(line) ?? [];
    return sources?.split(' ') ?? [];
  });
  for (const path of copied) expect(existsSync(join(ROOT, path)), path).toBe(true);
  expect(copied).toEqual(
    expect.arrayContaining(['config', 'domain', 'workflows', 'activities', 'prisma', 'worker', 'api', 'local']),
  );
  expect(lines.filter((line) => line.startsWith('FROM ')).every((line) => line.startsWith('FROM node:24-'))).toBe(true);
});
