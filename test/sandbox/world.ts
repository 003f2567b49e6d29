import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { onTestFinished } from 'vitest';
import type { Address, Addresses } from '../../activities/carriers/address.ts';
import { createEasyPostCarriers } from '../../activities/carriers/easypost.ts';
import type { Intents } from '../../activities/intents.ts';
import { createStripeCards } from '../../activities/payments/cards.ts';
import { createStripePayments } from '../../activities/payments/stripe.ts';
import type { Faults } from '../../local/sandbox/faults.ts';
import { type SandboxOptions, startSandbox } from '../../local/sandbox/server.ts';

export const secrets = { carrier: 'carrier-secret', payment: 'whsec_payment' };

export function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'homeward-sandbox-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A running sandbox, its control, and a way to stop and start it on the same data. */
export async function aSandbox(options: Partial<SandboxOptions> = {}) {
  const dataFile = join(aFolder(), 'sandbox.db');
  const start = () => startSandbox({ dataFile, secrets, ...options });
  let running = await start();
  onTestFinished(() => running.close());

  async function control<T = unknown>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${running.url}/_sandbox${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  return {
    url: () => running.url,
    control,
    faults: (faults: Faults) => control('PUT', '/faults', faults),
    books: () => control<ReturnType<typeof import('../../local/sandbox/books.ts').books>>('GET', '/books'),
    move: (key: string, move: string) => control('POST', `/parcels/${encodeURIComponent(key)}/${move}`),
    async pay(
      reference: string,
      amount: number,
      refunds = 'succeed',
      card = 'kept',
    ): Promise<{ paymentIntent: string; charge: string }> {
      const payments = [{ reference, amount, currency: 'EUR', refunds, card }];
      const [paid] = await control<{ paymentIntent: string; charge: string }[]>('POST', '/payments', { payments });
      if (paid === undefined) throw new Error('no payment was seeded');
      return paid;
    },
    async restart(): Promise<void> {
      await running.close();
      running = await start();
    },
  };
}
export type TestSandbox = Awaited<ReturnType<typeof aSandbox>>;

/** Intents in SQLite: the same statement that the journal runs on PostgreSQL. */
export function someIntents(): Intents & { age(reference: string, hours: number): void } {
  const db = new DatabaseSync(':memory:');
  db.exec('create table intents (reference text primary key, kind text, process text, attempts integer, created text)');
  const begin = db.prepare(`insert into intents values (?, ?, ?, 1, ?)
    on conflict do update set attempts = attempts + 1 returning attempts, created`);
  const age = db.prepare('insert into intents values (?, ?, ?, 0, ?)');
  return {
    async begin(reference, kind, process) {
      const row = begin.get(reference, kind, process, new Date().toISOString());
      return { attempts: Number(row?.['attempts']), createdAt: String(row?.['created']) };
    },
    age(reference, hours) {
      age.run(reference, 'refund', 'RMA', new Date(Date.now() - hours * 3_600_000).toISOString());
    },
  };
}

export const customer: Address = {
  name: 'Elizabeth Swan',
  street1: 'Hauptstrasse 5',
  city: 'Berlin',
  zip: '10115',
  country: 'DE',
};
export const facility: Address = {
  name: 'Returns',
  company: 'Returns centre',
  street1: 'Industrieweg 1',
  city: 'Venlo',
  zip: '5928',
  country: 'NL',
};
const addresses: Addresses = {
  ofReturn: async (rma) => (rma === 'RMA-ERASED' ? null : customer),
  ofFacility: async () => facility,
};

/** A short time-out: the tests that lose answers wait for it. */
export const timeoutMs = 400;

export const carriersOf = (sandbox: TestSandbox, intents: Intents = someIntents()) =>
  createEasyPostCarriers({
    apiKey: 'EZTK',
    baseUrl: `${sandbox.url()}/v2/`,
    timeoutMs: () => timeoutMs,
    intents,
    addresses,
  });

export const paymentsOf = (sandbox: TestSandbox, intents: Intents = someIntents()) =>
  createStripePayments({ apiKey: 'sk_test_sandbox', baseUrl: sandbox.url(), timeoutMs: () => timeoutMs, intents });

export const cardsOf = (sandbox: TestSandbox, intents: Intents = someIntents()) =>
  createStripeCards({ apiKey: 'sk_test_sandbox', baseUrl: sandbox.url(), timeoutMs: () => timeoutMs, intents });

export type Received = { headers: IncomingHttpHeaders; body: Buffer; at: number };

/** A door for webhooks that keeps what came; `answer` decides the status. */
export async function aWebhookDoor(answer: (nth: number) => number = () => 200) {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    received.push({ headers: request.headers, body: Buffer.concat(chunks), at: Date.now() });
    response.writeHead(answer(received.length)).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { url: `http://127.0.0.1:${address.port}/hook`, received };
}

/** Waits until something holds, for at most `ms`. */
export async function eventually(holds: () => boolean | Promise<boolean>, ms = 5_000): Promise<void> {
  const end = Date.now() + ms;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('it did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Does it again while it fails technically, as Temporal would. */
export async function retrying<T>(work: () => Promise<T>, times = 8): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const final =
        typeof error === 'object' && error !== null && 'nonRetryable' in error && error.nonRetryable === true;
      if (final || attempt === times) throw error;
    }
  }
}
