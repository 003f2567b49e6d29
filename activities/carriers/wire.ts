import { z } from 'zod';

/** EasyPost weighs in avoirdupois ounces. */
export const gramsAnOunce = 28.349_523_125;

/** What we read of EasyPost's answers; the rest of them, addresses first of all, is dropped here. */
const price = { rate: z.string(), currency: z.string(), carrier: z.string(), service: z.string() };

const shipment = z.object({
  id: z.string(),
  tracking_code: z.string().nullish(),
  refund_status: z.string().nullish(),
  rates: z.array(z.object({ id: z.string(), ...price })),
  selected_rate: z.object(price).nullish(),
  postage_label: z.object({ label_url: z.string() }).nullish(),
});
export type Shipment = z.infer<typeof shipment>;

const pickup = z.object({
  id: z.string(),
  status: z.string(),
  confirmation: z.string().nullish(),
  min_datetime: z.string(),
  max_datetime: z.string(),
  pickup_rates: z.array(z.object(price)),
});
export type Pickup = z.infer<typeof pickup>;

const claim = z.object({
  id: z.string(),
  status: z.enum(['submitted', 'approved', 'rejected', 'cancelled']).or(z.string().transform(() => 'unknown' as const)),
});

export type Claim = z.infer<typeof claim>;

export const shipmentAnswer = (answer: unknown): Shipment => shipment.parse(answer);
export const pickupAnswer = (answer: unknown): Pickup => pickup.parse(answer);
export const claimAnswer = (answer: unknown): Claim => claim.parse(answer);
