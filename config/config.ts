import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { publicSecrets, publicSecretsInUse } from './public-secrets.ts';

/** Everything that the environment decides, checked and typed. Each variable is explained in `.env.example`. */
export type Config = {
  /** Absolute path of the folder where the one-machine stack keeps its data. */
  readonly dataDir: string;
  readonly logLevel: LogLevel;
  readonly database: {
    readonly url: string;
    /** DATABASE_URL was given: `npm start` uses that database instead of its own. */
    readonly external: boolean;
    readonly poolSize: number;
    readonly connectTimeoutMs: number;
    readonly statementTimeoutMs: number;
  };
  readonly temporal: {
    readonly address: string;
    /** TEMPORAL_ADDRESS was given: `npm start` uses that server instead of its own. */
    readonly external: boolean;
    readonly namespace: string;
    readonly taskQueue: string;
    readonly uiUrl: string;
  };
  readonly worker: {
    readonly workflowTaskSlots: number;
    readonly activitySlots: number;
    readonly localActivitySlots: number;
    readonly maxCachedWorkflows: number;
    readonly workflowPollers: number;
    readonly activityPollers: number;
    readonly shutdownGraceMs: number;
    /** 0 switches the Prometheus endpoint off. */
    readonly metricsPort: number;
    /** Names this build in Temporal's worker deployment; unset means that the worker runs unversioned. */
    readonly buildId: string | undefined;
  };
  readonly api: {
    readonly host: string;
    /** 0 takes any free port. */
    readonly port: number;
    /** How others reach the API: links in answers and in the Temporal UI start with it. */
    readonly publicUrl: string;
    /** By one API key in one API process. */
    readonly requestsPerMinute: number;
    /** How many lines one run of a bulk return carries. */
    readonly sectionLines: number;
  };
  readonly easypost: Vendor;
  readonly stripe: Vendor;
  /** How consignees of a recall are written to. */
  readonly notices: {
    /** `smtp://user:password@host:587`, or `smtps://…`. */
    readonly smtpUrl: string;
    /** NOTICES_SMTP_URL was given: `npm start` leaves its own mail server out of it. */
    readonly external: boolean;
    readonly from: string;
    /** How many connections a worker keeps to the mail server. */
    readonly connections: number;
    /** Signs what is told of notices that came back: `whsec_` and base64. */
    readonly webhookSecret: string;
    /** Secrets of the links that consignees answer by: the first signs, all are taken. */
    readonly linkKeys: readonly [string, ...string[]];
    /** How long such a link works. */
    readonly linkDays: number;
    /** Whether consignees' webhooks may lead to this machine and into networks that aren't public. */
    readonly reach: 'outside' | 'anywhere';
    /** What such a link begins with; its token follows. */
    readonly responseUrl: string;
  };
  readonly local: {
    /** Used instead of looking for a Temporal CLI. */
    readonly temporalCliPath: string | undefined;
    /** Used instead of looking for a time-skipping test server. */
    readonly testServerPath: string | undefined;
    /** Where downloaded binaries are kept. */
    readonly cacheDir: string;
    readonly postgresPort: number;
    readonly temporalPort: number;
    readonly temporalUiPort: number;
    readonly sandboxPort: number;
    readonly mailPort: number;
    readonly sqliteSynchronous: 'FULL' | 'NORMAL';
  };
};

type Vendor = {
  readonly apiKey: string;
  readonly baseUrl: string;
  /** A base URL was given: `npm start` leaves the sandbox out of it. */
  readonly external: boolean;
  readonly webhookSecret: string;
};
type LogLevel = (typeof LOG_LEVELS)[number];

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** A wrong value in the environment. The message is one sentence meant for the person who starts the program. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const port = (preset: number) =>
  z.coerce.number('use a port number from 0 to 65535').int().min(0).max(65_535).default(preset);
const count = (preset: number, min = 1) =>
  z.coerce.number(`use a whole number from ${min} up`).int().min(min).default(preset);
const httpUrl = z.url({ protocol: /^https?$/, error: 'use a URL that starts with http:// or https://' });
const smtpUrl = z.url({ protocol: /^smtps?$/, error: 'use a URL such as smtp://user:password@host:587' });
const postgresUrl = z.url({
  protocol: /^postgres(ql)?$/,
  error: 'use a URL such as postgresql://user:password@host:5432/database',
});
const hostAndPort = z.string().regex(/^[^\s/:]+:\d{1,5}$/, 'use host:port, for instance 127.0.0.1:7233');
const secret = (preset: string) => z.string().min(1).default(preset);
const webhookSecret = (preset: string) =>
  z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/, 'use whsec_ and at least 24 random bytes as base64')
    .default(preset);
/** Several, separated by commas: one that is replaced is still taken for a while. */
const secrets = (preset: string) =>
  z
    .string()
    .default(preset)
    .transform((text) => text.split(',').map((each) => each.trim()))
    .refine(
      (each): each is [string, ...string[]] => each.every(({ length }) => length >= 32),
      'use one or more secrets of at least 32 characters each, separated by commas',
    );

const Environment = z.object({
  HOMEWARD_DATA: z.string().default('.homeward'),
  LOG_LEVEL: z.enum(LOG_LEVELS, `use one of ${LOG_LEVELS.join(', ')}`).default('info'),

  DATABASE_URL: postgresUrl.optional(),
  DATABASE_POOL_SIZE: count(10),
  DATABASE_CONNECT_TIMEOUT_MS: count(3_000),
  DATABASE_STATEMENT_TIMEOUT_MS: count(5_000),

  TEMPORAL_ADDRESS: hostAndPort.optional(),
  TEMPORAL_NAMESPACE: z.string().default('default'),
  TEMPORAL_TASK_QUEUE: z.string().default('homeward'),
  TEMPORAL_UI_URL: httpUrl.optional(),

  WORKER_WORKFLOW_TASK_SLOTS: count(40, 2),
  WORKER_ACTIVITY_SLOTS: count(100),
  WORKER_LOCAL_ACTIVITY_SLOTS: count(100),
  WORKER_MAX_CACHED_WORKFLOWS: count(500, 0),
  WORKER_WORKFLOW_POLLERS: count(10, 2),
  WORKER_ACTIVITY_POLLERS: count(10),
  WORKER_SHUTDOWN_GRACE_MS: count(10_000, 0),
  WORKER_METRICS_PORT: port(0),
  WORKER_BUILD_ID: z.string().optional(),

  API_HOST: z.string().default('127.0.0.1'),
  API_PORT: port(3000),
  API_PUBLIC_URL: httpUrl.optional(),
  API_REQUESTS_PER_MINUTE: count(6_000),
  BULK_SECTION_LINES: z.coerce.number('use a whole number from 1 to 250').int().min(1).max(250).default(200),

  EASYPOST_API_KEY: secret(publicSecrets.EASYPOST_API_KEY),
  EASYPOST_BASE_URL: httpUrl.optional(),
  EASYPOST_WEBHOOK_SECRET: secret(publicSecrets.EASYPOST_WEBHOOK_SECRET),
  STRIPE_API_KEY: secret(publicSecrets.STRIPE_API_KEY),
  STRIPE_BASE_URL: httpUrl.optional(),
  STRIPE_WEBHOOK_SECRET: secret(publicSecrets.STRIPE_WEBHOOK_SECRET),

  NOTICES_SMTP_URL: smtpUrl.optional(),
  NOTICES_FROM: z.string().min(1).default('recalls@homeward.invalid'),
  NOTICES_CONNECTIONS: count(8),
  NOTICES_WEBHOOK_SECRET: webhookSecret(publicSecrets.NOTICES_WEBHOOK_SECRET),
  NOTICES_LINK_KEYS: secrets(publicSecrets.NOTICES_LINK_KEYS),
  NOTICES_WEBHOOKS: z.enum(['outside', 'anywhere'], 'use outside or anywhere').default('outside'),
  NOTICES_LINK_DAYS: z.coerce.number('use a whole number from 1 to 3650').int().min(1).max(3650).default(180),

  LOCAL_POSTGRES_PORT: port(5544),
  LOCAL_TEMPORAL_PORT: port(7233),
  LOCAL_TEMPORAL_UI_PORT: port(8233),
  LOCAL_SANDBOX_PORT: port(3100),
  LOCAL_MAIL_PORT: port(3125),
  LOCAL_SQLITE_SYNCHRONOUS: z.enum(['FULL', 'NORMAL'], 'use FULL or NORMAL').default('FULL'),
  TEMPORAL_CLI_PATH: z.string().optional(),
  TEMPORAL_TEST_SERVER_PATH: z.string().optional(),
  HOMEWARD_CACHE: z.string().optional(),
  XDG_CACHE_HOME: z.string().optional(),
});

/** The names of the program's own variables; XDG_CACHE_HOME is the system's. */
export const VARIABLES: readonly string[] = Object.keys(Environment.shape).filter((name) => name !== 'XDG_CACHE_HOME');

/**
 * Reads the environment. An empty variable counts as unset, as in a copied `.env.example`.
 *
 * @throws {ConfigError} one sentence that names each wrong variable and says what to do.
 */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map(({ path: [name], message }) => `${String(name)} is wrong: ${message}`);
    throw new ConfigError(`${wrong.join('; ')} (.env.example explains each variable).`);
  }
  const e = parsed.data;
  const unsafe = publicSecretsInUse(e);
  if (unsafe.length > 0) {
    const wrong = unsafe.map((name) => `${name} is wrong: use one of your own, as everybody knows the sandbox's`);
    throw new ConfigError(`${wrong.join('; ')} (.env.example explains each variable).`);
  }
  const sandbox = `http://127.0.0.1:${e.LOCAL_SANDBOX_PORT}`;
  const publicUrl = withoutSlash(e.API_PUBLIC_URL ?? `http://127.0.0.1:${e.API_PORT}`);
  return {
    dataDir: resolve(e.HOMEWARD_DATA),
    logLevel: e.LOG_LEVEL,
    database: {
      url: e.DATABASE_URL ?? `postgresql://homeward:homeward@127.0.0.1:${e.LOCAL_POSTGRES_PORT}/homeward`,
      external: e.DATABASE_URL !== undefined,
      poolSize: e.DATABASE_POOL_SIZE,
      connectTimeoutMs: e.DATABASE_CONNECT_TIMEOUT_MS,
      statementTimeoutMs: e.DATABASE_STATEMENT_TIMEOUT_MS,
    },
    temporal: {
      address: e.TEMPORAL_ADDRESS ?? `127.0.0.1:${e.LOCAL_TEMPORAL_PORT}`,
      external: e.TEMPORAL_ADDRESS !== undefined,
      namespace: e.TEMPORAL_NAMESPACE,
      taskQueue: e.TEMPORAL_TASK_QUEUE,
      uiUrl: withoutSlash(e.TEMPORAL_UI_URL ?? `http://127.0.0.1:${e.LOCAL_TEMPORAL_UI_PORT}`),
    },
    worker: {
      workflowTaskSlots: e.WORKER_WORKFLOW_TASK_SLOTS,
      activitySlots: e.WORKER_ACTIVITY_SLOTS,
      localActivitySlots: e.WORKER_LOCAL_ACTIVITY_SLOTS,
      maxCachedWorkflows: e.WORKER_MAX_CACHED_WORKFLOWS,
      workflowPollers: e.WORKER_WORKFLOW_POLLERS,
      activityPollers: e.WORKER_ACTIVITY_POLLERS,
      shutdownGraceMs: e.WORKER_SHUTDOWN_GRACE_MS,
      metricsPort: e.WORKER_METRICS_PORT,
      buildId: e.WORKER_BUILD_ID,
    },
    api: {
      host: e.API_HOST,
      port: e.API_PORT,
      publicUrl,
      requestsPerMinute: e.API_REQUESTS_PER_MINUTE,
      sectionLines: e.BULK_SECTION_LINES,
    },
    easypost: {
      apiKey: e.EASYPOST_API_KEY,
      // The vendor's client appends paths to it, so it ends in a slash.
      baseUrl: `${withoutSlash(e.EASYPOST_BASE_URL ?? `${sandbox}/v2`)}/`,
      external: e.EASYPOST_BASE_URL !== undefined,
      webhookSecret: e.EASYPOST_WEBHOOK_SECRET,
    },
    stripe: {
      apiKey: e.STRIPE_API_KEY,
      baseUrl: withoutSlash(e.STRIPE_BASE_URL ?? sandbox),
      external: e.STRIPE_BASE_URL !== undefined,
      webhookSecret: e.STRIPE_WEBHOOK_SECRET,
    },
    notices: {
      smtpUrl: e.NOTICES_SMTP_URL ?? `smtp://127.0.0.1:${e.LOCAL_MAIL_PORT}`,
      external: e.NOTICES_SMTP_URL !== undefined,
      from: e.NOTICES_FROM,
      connections: e.NOTICES_CONNECTIONS,
      webhookSecret: e.NOTICES_WEBHOOK_SECRET,
      linkKeys: e.NOTICES_LINK_KEYS,
      linkDays: e.NOTICES_LINK_DAYS,
      reach: e.NOTICES_WEBHOOKS,
      responseUrl: `${publicUrl}/respond/`,
    },
    local: {
      temporalCliPath: e.TEMPORAL_CLI_PATH,
      testServerPath: e.TEMPORAL_TEST_SERVER_PATH,
      cacheDir: resolve(e.HOMEWARD_CACHE ?? join(e.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'homeward')),
      postgresPort: e.LOCAL_POSTGRES_PORT,
      temporalPort: e.LOCAL_TEMPORAL_PORT,
      temporalUiPort: e.LOCAL_TEMPORAL_UI_PORT,
      sandboxPort: e.LOCAL_SANDBOX_PORT,
      mailPort: e.LOCAL_MAIL_PORT,
      sqliteSynchronous: e.LOCAL_SQLITE_SYNCHRONOUS,
    },
  };
}

const withoutSlash = (url: string) => url.replace(/\/+$/, '');
