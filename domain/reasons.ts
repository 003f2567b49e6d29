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

export const faultOf = (reason: ReasonCode): Fault => reasonFaults[reason];
