import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname } from 'node:path';
import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import { z } from 'zod';
import { startAutopilot } from './autopilot.ts';
import { control } from './control.ts';
import { claims } from './easypost/claims.ts';
import { labels } from './easypost/label.ts';
import { pickups } from './easypost/pickups.ts';
import { shipments } from './easypost/shipments.ts';
import { trackers } from './easypost/trackers.ts';
import { createFaults } from './faults.ts';
import { startSink } from './mail/sink.ts';
import type { Sandbox } from './operation.ts';
import { openStore } from './store.ts';
import { holds } from './stripe/holds.ts';
import { payments } from './stripe/payments.ts';
import { refunds } from './stripe/refunds.ts';
import { createWebhooks, type Signer, type Urls } from './webhooks.ts';

export type SandboxOptions = {
  /** @default 0, any free port */
  port?: number;
  /** Of the mail server. @default 0, any free port */
  mailPort?: number;
  /** Where everything is kept; made when absent. */
  dataFile: string;
  /** Where events go; unset channels keep what was set before. Can be changed at `/_sandbox/webhooks`. */
  webhookUrls?: Urls;
  /** What events are signed with. */
  secrets: { carrier: string; payment: string };
  /** Parcels move by themselves, one stage each so many milliseconds; unset keeps what was set before. */
  autopilotMs?: number;
  /** @default 1 */
  seed?: number;
  log?: (line: string) => void;
};

/** Only this machine may play the outside world. */
const loopbackOnly: RequestHandler = (request, response, next) => {
  if (/^(::1|(::ffff:)?127\.)/.test(request.socket.remoteAddress ?? '')) next();
  else response.sendStatus(403);
};

const nothingThere: RequestHandler = (request, response) => {
  const error = `there is nothing at ${request.method} ${request.path}; docs/operating.md tells what the sandbox has`;
  response.status(404).json({ error });
};

/** A body that can't be read is the sender's to mend; all else is a defect, whose trace belongs in the log. */
function answerWithError(log: (line: string) => void): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    const fault = z.object({ status: z.int().min(400).max(499), message: z.string() }).safeParse(error);
    if (fault.success) {
      response.status(fault.data.status).json({ error: `the body cannot be read: ${fault.data.message}` });
      return;
    }
    log(error instanceof Error ? (error.stack ?? error.message) : String(error));
    response.status(500).json({ error: 'something failed in the sandbox; its log tells more' });
  };
}

const withKey =
  (unauthorized: unknown): RequestHandler =>
  (request, response, next) => {
    if (/^(Basic|Bearer) \S+/.test(request.get('authorization') ?? '')) next();
    else response.status(401).json(unauthorized);
  };

function signer(secrets: SandboxOptions['secrets']): Signer {
  const hmac = (secret: string, text: string) => createHmac('sha256', secret).update(text, 'utf8').digest('hex');
  return (channel, body) => {
    if (channel === 'carrier')
      return { 'x-hmac-signature': `hmac-sha256-hex=${hmac(secrets.carrier.normalize('NFKD'), body)}` };
    // Signed as it leaves: Stripe's clients refuse a signature that is older than five minutes.
    const at = Math.floor(Date.now() / 1000);
    return { 'stripe-signature': `t=${at},v1=${hmac(secrets.payment, `${at}.${body}`)}` };
  };
}

/**
 * Starts the stand-in for EasyPost (under `/v2`) and Stripe (under `/v1`) on one port of this machine. It speaks their
 * wire formats, keeps what it did in `dataFile`, sends their webhooks and fails on demand (`/_sandbox`).
 */
export async function startSandbox(options: SandboxOptions): Promise<{
  url: string;
  /** Where mail is sent that nobody is to get. */
  smtpUrl: string;
  close(): Promise<void>;
}> {
  const { port = 0, mailPort = 0, dataFile, webhookUrls, secrets, autopilotMs, seed = 1, log = () => {} } = options;
  mkdirSync(dirname(dataFile), { recursive: true });
  const store = openStore(dataFile);
  const faults = createFaults(store, seed);
  const webhooks = createWebhooks(store, faults, signer(secrets), log);
  if (webhookUrls !== undefined) webhooks.setUrls(webhookUrls);

  const mail = await startSink(mailPort);
  let url = '';
  const sandbox: Sandbox = { store, faults, webhooks, url: () => url, mail };
  const autopilot = startAutopilot(sandbox);
  if (autopilotMs !== undefined) autopilot.set(autopilotMs);

  const app = express();
  app.disable('x-powered-by');
  app.get('/_sandbox/health', (_request, response) => void response.json({ ok: true }));
  app.use('/_sandbox', loopbackOnly, express.json({ limit: '20mb' }), control(sandbox, autopilot));
  app.use(
    '/v2',
    withKey({ error: { code: 'UNAUTHORIZED', message: 'Not authorized.', errors: [] } }),
    express.json({ limit: '5mb' }),
    shipments(sandbox),
    trackers(sandbox),
    pickups(sandbox),
    claims(sandbox),
  );
  app.use(
    '/v1',
    withKey({ error: { type: 'invalid_request_error', message: 'You did not provide an API key.' } }),
    express.text({ type: 'application/x-www-form-urlencoded', limit: '1mb' }),
    payments(sandbox),
    holds(sandbox),
    refunds(sandbox),
  );
  app.use(labels(sandbox), nothingThere, answerWithError(log));

  const server = createServer(app);
  server.keepAliveTimeout = 60_000;
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the sandbox has no port');
  url = `http://127.0.0.1:${address.port}`;

  return {
    url,
    smtpUrl: mail.url,
    async close() {
      autopilot.stop();
      await webhooks.stop();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      await mail.close();
      store.close();
    },
  };
}
