import { asNew } from '../../local/as-new.ts';
import type { SandboxHand } from '../../local/sandbox/hand.ts';
import type { ApiClient } from '../import/client.ts';
import type { Seen, Watch } from './watch.ts';

export type Hands = {
  readonly client: ApiClient;
  readonly watch: Watch;
  readonly sandbox: SandboxHand;
};

/**
 * Brings an authorized return to its closing, as carrier and bench do together: the sandbox moves the parcel and tells by
 * webhook, the bench books it in, inspects and puts away, over the API. Goes on from wherever the return is.
 */
export async function driveReturn({ client, watch, sandbox }: Hands, rma: string): Promise<void> {
  const path = `/v1/returns/${rma}`;
  const post = async (step: string, body: unknown) => {
    await client.post(`${path}/${step}`, body, `replay:${rma}:${step}`);
  };
  const label = `${rma}:label:P1`;
  let seen = await watch.until(rma, 'its label', (now) => now.isClosed || hasLabel(now));
  if (seen.lines.some(({ outstanding }) => outstanding > 0)) {
    for (const move of ['scan', 'deliver'] as const) await sandbox.move(label, move);
    // The bench takes what is at its door, whichever of the carrier's news came last.
    seen = await watch.until(rma, 'its way', ({ parcels }) => parcels.some(isUnderWay));
    await post('receipts', { parcel: 'P1', contents: contentsOf(seen) });
    seen = await watch.until(rma, 'its items', ({ items }) => items.length > 0);
  }
  for (const { item, stage, quantity } of seen.items) {
    // The records don't say in what state goods came back: all are taken as unopened and as new.
    if (stage === 'received') await post(`items/${item}/inspections`, { findings: [{ quantity, facts: asNew }] });
  }
  seen = await watch.until(rma, 'where its items go', ({ items }) =>
    items.every(({ stage }) => stage === 'disposing' || stage === 'disposed'),
  );
  for (const { item, stage } of seen.items) {
    if (stage === 'disposing') await post(`items/${item}/confirmations`, { evidence: 'SHELF' });
  }
  await watch.until(rma, 'its closing', ({ isClosed }) => isClosed);
}

const hasLabel = ({ parcels }: Seen): boolean => parcels.some(({ label }) => label === 'bought' || label === 'used');

const isUnderWay = ({ status }: Seen['parcels'][number]): boolean => status === 'in_transit' || status === 'delivered';

/** What the parcel holds is what was announced, counted by SKU. */
function contentsOf({ lines }: Seen): { sku: string; quantity: number }[] {
  const bySku = Map.groupBy(lines, ({ sku }) => sku);
  return [...bySku].map(([sku, same]) => ({
    sku,
    quantity: same.reduce((sum, { outstanding }) => sum + outstanding, 0),
  }));
}
