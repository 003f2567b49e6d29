import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';

/** What a return shows of itself: enough to know what to do next. */
export type Seen = {
  readonly rma: string;
  readonly goods: string;
  readonly isClosed: boolean;
  readonly parcels: readonly { readonly parcel: string; readonly label: string; readonly status: string }[];
  readonly lines: readonly { readonly sku: string; readonly outstanding: number }[];
  readonly items: readonly { readonly item: string; readonly stage: string; readonly quantity: number }[];
  readonly attention: readonly string[];
};

export type Watch = {
  /** @throws {Error} when the return doesn't show it in time, with what it shows instead */
  readonly until: (rma: string, what: string, holds: (seen: Seen) => boolean) => Promise<Seen>;
  readonly stop: () => void;
};

const EVERY_MS = 100;

const SEEN = `SELECT r.rma, r.goods, r.closed_at IS NOT NULL AS "isClosed",
    (SELECT coalesce(jsonb_agg(jsonb_build_object('parcel', parcel, 'label', label_state, 'status', status)), '[]')
     FROM parcels WHERE rma = r.rma) AS parcels,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('sku', sku, 'outstanding', outstanding)), '[]')
     FROM return_lines WHERE rma = r.rma) AS lines,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('item', item, 'stage', stage, 'quantity', quantity) ORDER BY item), '[]')
     FROM return_items WHERE rma = r.rma) AS items,
    (SELECT coalesce(jsonb_agg(reason), '[]') FROM attention WHERE rma = r.rma AND resolved_at IS NULL) AS attention
  FROM returns r WHERE r.rma = ANY($1)`;

type Waiting = {
  readonly rma: string;
  readonly what: string;
  readonly holds: (seen: Seen) => boolean;
  readonly end: number;
  readonly resolve: (seen: Seen) => void;
  readonly reject: (error: Error) => void;
};

/** Looks at all returns that somebody waits for with one query at a time, whatever their number. */
export function watchReturns(pool: Pool, patienceMs: number): Watch {
  let waiting: Waiting[] = [];
  let running = true;

  const look = async (): Promise<void> => {
    const asked = waiting;
    if (asked.length === 0) return;
    const { rows } = await pool.query<Seen>({ name: 'seen', text: SEEN, values: [asked.map(({ rma }) => rma)] });
    const seen = new Map(rows.map((row) => [row.rma, row]));
    const settled = new Set<Waiting>();
    for (const each of asked) {
      const now = seen.get(each.rma);
      if (now !== undefined && each.holds(now)) each.resolve(now);
      else if (Date.now() > each.end) each.reject(new Error(inWords(each, now)));
      else continue;
      settled.add(each);
    }
    waiting = waiting.filter((each) => !settled.has(each));
  };
  const loop = async (): Promise<void> => {
    while (running) {
      try {
        await look();
      } catch (error) {
        for (const { reject } of waiting.splice(0)) reject(error instanceof Error ? error : new Error(String(error)));
      }
      await sleep(EVERY_MS);
    }
  };
  void loop();
  return {
    until: (rma, what, holds) =>
      new Promise((resolve, reject) => {
        waiting.push({ rma, what, holds, end: Date.now() + patienceMs, resolve, reject });
      }),
    stop: () => {
      running = false;
    },
  };
}

function inWords({ rma, what }: Waiting, seen: Seen | undefined): string {
  const needs =
    seen === undefined || seen.attention.length === 0 ? '' : `, it needs a person: ${seen.attention.join(', ')}`;
  return `${rma} did not show ${what} in time: it is ${seen?.goods ?? 'unknown'}${needs}`;
}
