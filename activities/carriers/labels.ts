import { refused } from '../failures.ts';
import { type Intents, mayExist } from '../intents.ts';
import type { Addresses } from './address.ts';
import { ask, type Client, cheapest, find } from './client.ts';
import { codeOf } from './failures.ts';
import type { Carriers, LabelBought, LabelRequest } from './port.ts';
import { priceOf } from './price.ts';
import { gramsAnOunce, type Shipment, shipmentAnswer } from './wire.ts';

function bought(reference: string, { id, selected_rate: rate, tracking_code, postage_label }: Shipment): LabelBought {
  if (rate == null || tracking_code == null || postage_label == null)
    throw new TypeError('a bought shipment has no label');
  return {
    reference,
    carrier: rate.carrier,
    service: rate.service,
    tracking: tracking_code,
    providerId: id,
    cost: priceOf(rate.rate, rate.currency),
    labelUrl: postage_label.label_url,
  };
}

/** Labels by EasyPost's shipments: created (free, under our reference), then bought, which it allows once. */
export function createLabels(
  client: Client,
  intents: Intents,
  addresses: Addresses,
  currency: string,
): Pick<Carriers, 'buyLabel' | 'voidLabel'> {
  const findShipment = (name: string) => find((id) => client.Shipment.retrieve(id), name, shipmentAnswer);

  async function createShipment(request: LabelRequest): Promise<Shipment> {
    const [customer, facility] = await Promise.all([
      addresses.ofReturn(request.rma),
      addresses.ofFacility(request.facility),
    ]);
    if (customer === null || facility === null) throw refused('carrier.refused', 'address_missing');
    const shipment = {
      reference: request.reference,
      // A return travels from `to_address` to `from_address`.
      is_return: true,
      to_address: customer,
      from_address: facility,
      parcel: { weight: Math.max(Math.round((request.weightGrams / gramsAnOunce) * 10) / 10, 0.1) },
      options: { currency, dropoff_type: request.method === 'pickup' ? 'SCHEDULED_PICKUP' : 'RETAIL_LOCATION' },
    };
    return ask(() => client.Shipment.create(shipment), shipmentAnswer);
  }

  return {
    async buyLabel(request) {
      const intent = await intents.begin(request.reference, 'label', request.rma);
      const known = mayExist(intent) ? await findShipment(request.reference) : null;
      const shipment = known ?? (await createShipment(request));
      if (shipment.refund_status != null) throw refused('carrier.refused', 'label_voided');
      if (shipment.postage_label != null) return bought(request.reference, shipment);
      const rate = cheapest(shipment.rates);
      if (rate === undefined) throw refused('carrier.refused', 'no_rates');
      try {
        const answer = await ask(() => client.Shipment.buy(shipment.id, rate.id), shipmentAnswer);
        return bought(request.reference, answer);
      } catch (error) {
        // Another attempt of ours was faster.
        if (codeOf(error) !== 'SHIPMENT.POSTAGE.EXISTS') throw error;
        const there = await findShipment(shipment.id);
        if (there === null) throw error;
        return bought(request.reference, there);
      }
    },

    async voidLabel({ reference, providerId: known }) {
      const shipment = known === null ? await findShipment(reference) : null;
      const providerId = known ?? (shipment?.postage_label == null ? null : shipment.id);
      if (providerId === null) return { outcome: 'nothing' };
      try {
        await ask(() => client.Shipment.refund(providerId), shipmentAnswer);
        return { outcome: 'voided' };
      } catch (error) {
        if (codeOf(error)?.startsWith('SHIPMENT.REFUND.') !== true) throw error;
        // One refusal for a label in use and for one that an earlier attempt gave back.
        const status = (await findShipment(providerId))?.refund_status;
        return { outcome: status == null || status === 'rejected' ? 'already_used' : 'voided' };
      }
    },
  };
}
