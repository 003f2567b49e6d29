import type { SandboxHand } from '../../local/sandbox/hand.ts';
import { type Guide, moneyText } from './guide.ts';

/** What a parcel holds: so many units of what the demo's orders are of, unless told. */
export const units = (quantity: number, sku = 'TEAPOT') => [{ sku, quantity }];

export async function labelled(guide: Guide): Promise<void> {
  const its = await guide.until(({ parcels }) => parcels[0]?.label === 'bought');
  guide.say(`collect     label for parcel P1: ${its.parcels[0]?.tracking}`);
}

export async function scanned(guide: Guide, outside: SandboxHand): Promise<void> {
  await outside.move(`${guide.rma}:label:P1`, 'scan');
  await guide.until((its) => its.parcels[0]?.status === 'in_transit');
  guide.say('collect     the carrier scanned it: in transit');
  await outside.move(`${guide.rma}:label:P1`, 'deliver');
  await guide.until((its) => its.parcels[0]?.status === 'delivered');
}

export async function receive(
  guide: Guide,
  parcel: string | null,
  contents: readonly object[],
  partial = false,
): Promise<void> {
  await guide.send('receipts', { parcel, contents, partial });
  guide.say(`receive     parcel ${parcel ?? 'without a label'}${partial ? ', more to come' : ''}`);
}

export async function refunded(guide: Guide, count: number): Promise<void> {
  const its = await guide.until(
    ({ refunds }) => refunds.length === count && refunds.every(({ state }) => state === 'succeeded'),
  );
  guide.say(
    `settle      refund ${its.refunds[count - 1]?.refund}: ${moneyText(its.refunds[count - 1]?.amount)} to the card`,
  );
}
