import { randomBytes, randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { expect } from 'vitest';
import { z } from 'zod';
import type { ProcessTold } from '../../domain/process/told.ts';
import type { RecallRequest } from '../../domain/recall/events.ts';
import { makeRecallNumber } from '../../domain/recall/number.ts';
import type { RecallScope } from '../../domain/recall/scope.ts';
import type { Opened } from '../../domain/recall/state.ts';
import { defaultStrategy, type RecallStrategy } from '../../domain/recall/terms.ts';
import { decisionUpdate, type Message, stateQuery } from '../../workflows/process/messages.ts';
import { type RecallMessage, recallWorkflowId, recallWorkflowType } from '../../workflows/recall/messages.ts';
import { recallWaveWorkflowId } from '../../workflows/recall-wave/messages.ts';
import type { Processes } from './returns.ts';

export const lotsOf = (sku: string, ...lots: string[]): RecallScope => ({
  lines: [{ sku, lots, lotRanges: [], serialRanges: [], dateCodes: [], expires: null, shipped: null }],
});

/** Goods of one lot, a unit for each of so many stores, whose addresses begin as told. */
export async function shipped(
  pool: Pool,
  lot: string,
  addresses: readonly string[],
  sku = 'KETTLE',
): Promise<readonly string[]> {
  const stores = addresses.map((address, index) => ({
    id: `S-${lot}-${String(index + 1).padStart(5, '0')}`,
    address: `${address}${index + 1}.${lot.toLowerCase()}@stores.example`,
    language: ['en', 'de-AT', 'fr', 'pl'][index % 4],
  }));
  await ship(pool, sku, lot, stores);
  return stores.map(({ address }) => address);
}

type Store = { readonly id: string; readonly address: string; readonly language: string | undefined };

/** Goods of a lot that go to stores, known or new. */
export async function ship(pool: Pool, sku: string, lot: string, stores: readonly Store[]): Promise<void> {
  const values = [JSON.stringify(stores)];
  const from = 'FROM jsonb_to_recordset($1::jsonb) AS n(id text, address text, language text)';
  await pool.query(
    `INSERT INTO contacts (id, name, street1, city, zip, country, email) SELECT 'C-' || id, '', '', '', '', 'DE', address ${from}
      ON CONFLICT DO NOTHING`,
    values,
  );
  await pool.query(
    `INSERT INTO consignees (id, kind, language, contact_id) SELECT id, 'store', language, 'C-' || id ${from} ON CONFLICT DO NOTHING`,
    values,
  );
  await pool.query('INSERT INTO lots (sku, lot) VALUES ($1, $2) ON CONFLICT DO NOTHING', [sku, lot]);
  await pool.query(
    `INSERT INTO lot_shipments (reference, line, sku, lot, quantity, consignee, shipped_at)
      SELECT $2 || id, '1', $3, $2, 2, id, now() ${from}`,
    [...values, lot, sku],
  );
}

export type Asked = Partial<Omit<RecallRequest, 'strategy'>> & { readonly strategy?: Partial<RecallStrategy> };

/** Drafts a recall and hands it over, to be told things and looked at. */
export async function aRecall(
  { client, taskQueue, runs, pool }: Processes,
  scope: RecallScope,
  { strategy, ...asked }: Asked = {},
) {
  const number = makeRecallNumber(randomBytes(8));
  await addScope(pool, number, 1, scope);
  await pool.query(
    `INSERT INTO recall_texts (recall, language, product, reason, instructions, contact) VALUES
      ($1, 'en', 'Kettle <1.7 l>', 'The handle may come off.', 'Stop selling it and send it back.', 'recalls@shop.example'),
      ($1, 'de', 'Wasserkocher 1,7 l', 'Der Griff kann abbrechen.', 'Nicht mehr verkaufen, zurücksenden.', 'rueckruf@shop.example')`,
    [number],
  );
  const request: RecallRequest = {
    kind: 'recall',
    hazardClass: null,
    depth: 'retail',
    mandated: false,
    mock: false,
    ...asked,
    strategy: { ...defaultStrategy, ...strategy },
  };
  const workflowId = recallWorkflowId(number);
  const args = [{ number, request: { commandId: 'R1', by: 'test', request } }];
  const handle = await client.workflow.start(recallWorkflowType, { workflowId, taskQueue, args });
  runs.set(handle.firstExecutionRunId, workflowId);
  await handle.executeUpdate<ProcessTold, []>(decisionUpdate);
  const state = () => handle.query<Opened>(stateQuery);
  const tell = (command: RecallMessage['command']) =>
    handle.executeUpdate<ProcessTold, [Message<RecallMessage['command']>]>(command.type, {
      args: [{ commandId: randomUUID(), by: 'test', command }],
    });
  const until = async (is: (state: Opened) => boolean) => {
    for (let attempt = 0; attempt < 800; attempt += 1) {
      const now = await state();
      if (is(now)) return now;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error(JSON.stringify(await state(), null, 1));
  };
  const seeWaves = async () => {
    const { rows } = await pool.query<{ wave: number }>(
      'SELECT wave FROM recall_waves WHERE recall = $1 AND started_at IS NOT NULL',
      [number],
    );
    for (const { wave } of rows) {
      const { workflowId, runId } = await client.workflow.getHandle(recallWaveWorkflowId(number, wave)).describe();
      runs.set(runId, workflowId);
    }
  };
  const waveResult = (wave: number) => client.workflow.getHandle(recallWaveWorkflowId(number, wave)).result();
  return {
    number,
    handle,
    state,
    tell,
    until,
    widen: (version: number, wider: RecallScope) => addScope(pool, number, version, wider),
    waveResult,
    /** Has the runs of its waves that there are now replayed with the others. */
    seeWaves,
    /** Brings it and its waves to their end: an open one would hold the clock of the tests that come after. */
    end: async ({ notice = false } = {}) => {
      await tell({ type: 'complete' });
      const { waves } = await until((now) => now.waves.ended === now.waves.planned);
      await seeWaves();
      await tell({ type: 'terminate', notice });
      await handle.result();
      if (!notice) return;
      for (let wave = 1; wave <= waves.planned; wave += 1) await waveResult(wave);
      await seeWaves();
    },
  };
}

async function addScope(pool: Pool, number: string, version: number, scope: RecallScope): Promise<void> {
  await pool.query('INSERT INTO recall_scopes (recall, version, scope) VALUES ($1, $2, $3)', [
    number,
    version,
    JSON.stringify(scope),
  ]);
}

/** What the database has of a recall's notices, counted by kind and state. */
export async function noticesOf(pool: Pool, number: string): Promise<Readonly<Record<string, number>>> {
  const { rows } = await pool.query<{ name: string; count: number }>(
    `SELECT kind || ' ' || state AS name, count(*)::int AS count FROM notices WHERE recall = $1 GROUP BY 1 ORDER BY 1`,
    [number],
  );
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
}

/** Waits until the notices are these. Where time is skipped the clock stands still meanwhile, as nothing else is waited for. */
export async function untilNotices(
  pool: Pool,
  number: string,
  wanted: Readonly<Record<string, number>>,
): Promise<void> {
  let found: Readonly<Record<string, number>> = {};
  for (let attempt = 0; attempt < 400; attempt += 1) {
    found = await noticesOf(pool, number);
    if (JSON.stringify(found) === JSON.stringify(wanted)) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  expect(found).toEqual(wanted);
}

const Mail = z.object({
  received: z.array(z.object({ messageId: z.string(), to: z.string(), subject: z.string() })),
  letter: z.string().nullish(),
});

/** What the sandbox's mail server took. */
export function mailOf(world: () => { readonly control: (method: 'GET', path: string) => Promise<unknown> }) {
  return {
    mailTo: async (address: string) =>
      Mail.parse(await world().control('GET', `mail?to=${encodeURIComponent(address)}`)),
    mail: async (addresses: readonly string[]) => {
      const { received } = Mail.parse(await world().control('GET', 'mail'));
      return received.filter(({ to }) => addresses.includes(to));
    },
  };
}
