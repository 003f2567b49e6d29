import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { type Client, createClient } from '../../commands/faults/client.ts';
import { recallDraft, shipLot } from '../../local/synthetic-consignees.ts';
import type { Leg } from '../leg.ts';
import { facility } from '../sales.ts';

/** A recall of one lot, as its coordinator drives it over HTTP. */
export type Campaign = {
  readonly number: string;
  readonly consignees: number;
  readonly post: (step: string, body?: unknown) => Promise<void>;
  /** Waits until its row is so, and says how it is. */
  readonly until: (is: (row: Row) => boolean) => Promise<Row>;
};

/** What a recall's own row says, which its waves steer by. */
export type Row = {
  readonly status: string;
  readonly consignees: number;
  readonly waves: number;
  readonly waves_ended: number;
  /** From the launch until the goods were held, and until its first wave began; null before. */
  readonly trace_seconds: number | null;
  readonly plan_seconds: number | null;
};

const Drafted = z.object({ number: z.string() });
const LOOK_EVERY_MS = 200;
const PATIENCE_MS = 3_600_000;
const STATUS = `
  SELECT status, consignees, waves, waves_ended, extract(epoch FROM stopped_at - launched_at)::float8 AS trace_seconds,
    extract(epoch FROM (SELECT min(started_at) FROM recall_waves w WHERE w.recall = number) - stopped_at)::float8 AS plan_seconds
  FROM recalls WHERE number = $1`;

/** Ships a lot to the first so many consignees, and drafts its recall. */
export async function draftCampaign(
  leg: Leg,
  lot: string,
  consignees: number,
  perMinute: number,
  stop: AbortSignal,
): Promise<Campaign> {
  const goods = { sku: 'SYN-KETTLE', lot, facility, consignees, unitsEach: 2, onHand: 100 };
  await shipLot(leg.pool, goods);
  const client = clientOf(leg, stop);
  const { number } = Drafted.parse((await client.post('/v1/recalls', recallDraft(goods, perMinute))).body);
  const look = async (): Promise<Row | undefined> => (await leg.pool.query<Row>(STATUS, [number])).rows[0];
  return {
    number,
    consignees,
    post: async (step, body) => {
      await client.post(`/v1/recalls/${number}/${step}`, body);
    },
    until: async (is) => {
      for (const end = Date.now() + PATIENCE_MS; ; await sleep(LOOK_EVERY_MS)) {
        const row = await look();
        if (row !== undefined && is(row)) return row;
        if (Date.now() > end) throw new Error(`recall ${number} came no further than ${JSON.stringify(row)}`);
      }
    },
  };
}

function clientOf({ api }: Leg, stop: AbortSignal): Client {
  if (api === null) throw new Error('the leg has no API');
  return createClient(api.url, api.key, 60_000, stop);
}
