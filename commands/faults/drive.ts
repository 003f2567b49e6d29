import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { asNew } from '../../local/as-new.ts';
import type { SandboxHand } from '../../local/sandbox/hand.ts';
import type { Client } from './client.ts';
import type { Sale } from './orders.ts';

/** Where a return can be held until all others are on their way too. */
export const stages = ['opened', 'collecting', 'underway', 'received', 'inspected'] as const;
export type Stage = (typeof stages)[number];

export type Hands = {
  readonly client: Client;
  readonly sandbox: SandboxHand;
  /** Told when a return has come so far; goes on when this settles. */
  readonly reached: (stage: Stage) => Promise<void>;
  /** How long one step may take to show. */
  readonly patienceMs: number;
};

const Numbered = z.object({ rma: z.string() });
const View = z.object({
  status: z.object({ goods: z.string() }),
  closedAt: z.string().nullable(),
  parcels: z.array(z.object({ parcel: z.string(), label: z.string() })),
  pickups: z.array(z.object({ state: z.string() })),
  items: z.array(z.object({ item: z.string(), stage: z.string(), quantity: z.int() })),
});
type View = z.infer<typeof View>;

/** Brings one return from its request to its closing, as buyer, carrier and the bench do together. */
export async function driveReturn(hands: Hands, { order, sku, quantity, method }: Sale): Promise<void> {
  const { client, sandbox, reached } = hands;
  const asked = { order, method, lines: [{ sku, quantity, reason: 'no_longer_needed' }] };
  const { rma } = Numbered.parse((await client.post('/v1/returns', asked)).body);
  const path = `/v1/returns/${rma}`;
  const shows = (what: string, holds: (view: View) => boolean) => until(hands, path, what, holds);
  await reached('opened');

  await shows('its label', ({ parcels }) => parcels.some(({ label }) => label === 'bought'));
  if (method === 'pickup') await shows('its pickup', ({ pickups }) => pickups.some(({ state }) => state === 'booked'));
  await reached('collecting');

  const label = `${rma}:label:P1`;
  await sandbox.move(label, method === 'pickup' ? 'pick_up' : 'scan');
  await reached('underway');

  await sandbox.move(label, 'deliver');
  await client.post(`${path}/receipts`, { parcel: 'P1', contents: [{ sku, quantity }] });
  const { items } = await shows('its item', (view) => view.items.length > 0);
  await reached('received');

  for (const { item, quantity: units } of items) {
    await client.post(`${path}/items/${item}/inspections`, { findings: [{ quantity: units, facts: asNew }] });
  }
  await shows('its disposition', (view) => view.items.every(({ stage }) => stage === 'disposing'));
  await reached('inspected');

  for (const { item } of items) await client.post(`${path}/items/${item}/confirmations`, { evidence: 'BIN-A-12' });
  await shows('its closing', ({ closedAt }) => closedAt !== null);
}

async function until(
  { client, patienceMs }: Hands,
  path: string,
  what: string,
  holds: (view: View) => boolean,
): Promise<View> {
  const end = Date.now() + patienceMs;
  for (let pause = 150; ; pause = Math.min(pause * 1.6, 2_000)) {
    // 202 until a worker has decided it.
    const { status, body } = await client.get(path);
    const view = status === 200 ? View.parse(body) : null;
    if (view !== null && holds(view)) return view;
    if (Date.now() > end) throw new Error(`${path} did not show ${what}: it is ${view?.status.goods ?? 'starting'}`);
    await sleep(pause * (0.75 + Math.random() / 2));
  }
}
