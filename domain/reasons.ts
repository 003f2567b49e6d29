/** Why goods come back. Each reason says whose fault it is, which drives fees, window exceptions and claims. */
export type Fault = 'buyer' | 'us' | 'vendor' | 'carrier';

export const reasonFaults = {
  changed_mind: 'buyer',
  ordered_by_mistake: 'buyer',
  wrong_size: 'buyer',
  no_longer_needed: 'buyer',
  better_price_found: 'buyer',
  excess: 'buyer',
  end_of_season: 'buyer',
  obsolete: 'buyer',
  term_ended: 'buyer',
  delivery_refused: 'buyer',
  unclaimed: 'buyer',
  address_wrong: 'buyer',
  customs_held: 'us',
  undeliverable: 'carrier',
  wrong_item_sent: 'us',
  not_as_described: 'us',
  arrived_late: 'us',
  missing_parts: 'vendor',
  defective: 'vendor',
  quality: 'vendor',
  damaged_in_transit: 'carrier',
  recalled: 'vendor',
} as const satisfies Record<string, Fault>;

export type ReasonCode = keyof typeof reasonFaults;

export const reasonCodes = Object.keys(reasonFaults) as readonly ReasonCode[];

/** Why a carrier brings goods back that their buyer never had; of no use for goods that were delivered. */
export const undeliveredReasons: readonly ReasonCode[] = [
  'delivery_refused',
  'unclaimed',
  'address_wrong',
  'customs_held',
  'undeliverable',
];

export const faultOf = (reason: ReasonCode): Fault => reasonFaults[reason];
