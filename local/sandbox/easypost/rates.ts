import { newId, type Rate } from './objects.ts';

const services = [
  { service: 'GroundAdvantage', base: 390, perKilo: 80, days: 3 },
  { service: 'Priority', base: 720, perKilo: 140, days: 2 },
  { service: 'Express', base: 2350, perKilo: 310, days: 1 },
];
const gramsAnOunce = 28.349_523_125;
const heaviestGrams = 31_500;

/** Prices a parcel; none for one that no carrier here takes. */
export function ratesFor(shipment: string, ounces: number, currency: string): Rate[] {
  const grams = ounces * gramsAnOunce;
  if (!(grams > 0) || grams > heaviestGrams) return [];
  return services.map(({ service, base, perKilo, days }) => ({
    id: newId('rate'),
    object: 'Rate',
    mode: 'test',
    service,
    carrier: 'USPS',
    rate: ((base + perKilo * Math.ceil(grams / 1000)) / 100).toFixed(2),
    currency,
    delivery_days: days,
    shipment_id: shipment,
  }));
}
