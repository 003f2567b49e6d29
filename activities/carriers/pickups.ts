import { refused } from '../failures.ts';
import { type Intents, mayExist } from '../intents.ts';
import type { Addresses } from './address.ts';
import { ask, type Client, cheapest, find } from './client.ts';
import { codeOf } from './failures.ts';
import type { Carriers, PickupBooked, PickupRequest } from './port.ts';
import { priceOf } from './price.ts';
import { type Pickup, pickupAnswer } from './wire.ts';

function booked(reference: string, pickup: Pickup): PickupBooked {
  const [rate] = pickup.pickup_rates;
  if (rate === undefined || pickup.confirmation == null) throw new TypeError('a booked pickup has no confirmation');
  return {
    reference,
    providerId: pickup.id,
    confirmation: pickup.confirmation,
    cost: priceOf(rate.rate, rate.currency),
    windowStart: pickup.min_datetime,
    windowEnd: pickup.max_datetime,
  };
}

/** Pickups at EasyPost: created (free, under our reference), then bought, which it allows once. */
export function createPickups(
  client: Client,
  intents: Intents,
  addresses: Addresses,
): Pick<Carriers, 'bookPickup' | 'cancelPickup'> {
  const findPickup = (name: string) => find((id) => client.Pickup.retrieve(id), name, pickupAnswer);

  async function createPickup(request: PickupRequest): Promise<Pickup> {
    const customer = await addresses.ofReturn(request.rma);
    if (customer === null) throw refused('carrier.refused', 'address_missing');
    const pickup = {
      reference: request.reference,
      address: customer,
      shipment: { id: request.labelProviderId },
      min_datetime: request.windowStart,
      max_datetime: request.windowEnd,
      is_account_address: false,
    };
    return ask(() => client.Pickup.create(pickup), pickupAnswer);
  }

  return {
    async bookPickup(request) {
      const intent = await intents.begin(request.reference, 'pickup', request.rma);
      const known = mayExist(intent) ? await findPickup(request.reference) : null;
      const pickup = known ?? (await createPickup(request));
      if (pickup.status === 'scheduled') return booked(request.reference, pickup);
      if (pickup.status === 'canceled') throw refused('carrier.refused', 'pickup_cancelled');
      const rate = cheapest(pickup.pickup_rates);
      if (rate === undefined) throw refused('carrier.refused', 'pickup_unavailable');
      try {
        const answer = await ask(() => client.Pickup.buy(pickup.id, rate.carrier, rate.service), pickupAnswer);
        return booked(request.reference, answer);
      } catch (error) {
        // Another attempt of ours may have been faster; EasyPost has no code of its own for that.
        if (codeOf(error)?.startsWith('PICKUP.') !== true) throw error;
        const there = await findPickup(pickup.id);
        if (there?.status !== 'scheduled') throw error;
        return booked(request.reference, there);
      }
    },

    async cancelPickup({ reference, providerId: known }) {
      const pickup = known === null ? await findPickup(reference) : null;
      const providerId = known ?? (pickup?.status === 'scheduled' ? pickup.id : null);
      if (providerId === null) return { outcome: 'nothing' };
      try {
        await ask(() => client.Pickup.cancel(providerId), pickupAnswer);
        return { outcome: 'cancelled' };
      } catch (error) {
        if (codeOf(error)?.startsWith('PICKUP.') !== true) throw error;
        const there = await findPickup(providerId);
        return { outcome: there?.status === 'canceled' ? 'cancelled' : 'already_done' };
      }
    },
  };
}
