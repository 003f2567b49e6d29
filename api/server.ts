import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Logger, pino } from 'pino';
import type { Config } from '../config/config.ts';
import { openPool, openPrisma } from '../prisma/client.ts';
import { createApp } from './app.ts';
import { openProcesses } from './processes.ts';

/** A running API. `close` lets open requests end, for at most ten seconds. */
export type RunningApi = { readonly url: string; close(): Promise<void> };

const DRAIN_MS = 10_000;

/** Starts the API; it listens when this returns. The database must be migrated; neither it nor Temporal must answer yet. */
export async function startApi(config: Config, options: { readonly log?: Logger } = {}): Promise<RunningApi> {
  const log = options.log ?? pino({ level: config.logLevel, base: { part: 'api' } });
  const pool = openPool(config.database, (error) => log.warn({ err: error }, 'a database connection was lost'));
  const db = openPrisma(pool);
  const processes = openProcesses(config.temporal);
  const server = createServer();
  // Slow or stalled clients must not hold connections; an import may take its time to send.
  server.headersTimeout = 10_000;
  server.requestTimeout = 120_000;
  server.keepAliveTimeout = 65_000;
  // Nor those who ask and don't read the answer.
  server.timeout = 120_000;
  const port = await listen(server, config.api.host, config.api.port);
  const url = `http://${config.api.host.includes(':') ? `[${config.api.host}]` : config.api.host}:${port}`;
  const app = createApp(
    {
      db,
      pool,
      processes,
      log,
      sectionLines: config.api.sectionLines,
      publicUrl: config.api.port === 0 ? url : config.api.publicUrl,
      temporalUi: { url: config.temporal.uiUrl, namespace: config.temporal.namespace },
      linkKeys: config.notices.linkKeys,
      reach: config.notices.reach,
      secrets: {
        easypost: config.easypost.webhookSecret,
        stripe: config.stripe.webhookSecret,
        notices: config.notices.webhookSecret,
      },
    },
    { requestsPerMinute: config.api.requestsPerMinute },
  );
  server.on('request', app);
  return {
    url,
    close: async () => {
      await drain(server);
      await processes.close();
      await db.$disconnect();
      await pool.end();
    },
  };
}

async function listen(server: Server, host: string, port: number): Promise<number> {
  const listening = Promise.withResolvers<void>();
  const fail = (error: Error) => listening.reject(cannotListen(error, host, port));
  server.once('error', fail);
  server.listen(port, host, () => listening.resolve());
  await listening.promise;
  server.off('error', fail);
  const address: AddressInfo | string | null = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

function cannotListen(error: Error, host: string, port: number): Error {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    return new Error(
      `The API needs port ${port}, which is in use: stop what listens there, or set API_PORT to another.`,
    );
  }
  return new Error(`The API cannot listen on ${host}, port ${port} (${error.message}): mend API_HOST or API_PORT.`);
}

async function drain(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await closed;
  clearTimeout(timer);
}
