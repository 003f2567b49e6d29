import type { Disposition } from '../../domain/disposition.ts';
import type { Resolution, TrackingStatus } from '../../domain/return/commands.ts';
import type { GoodsStatus, MoneyStatus } from '../../domain/return/status.ts';

/** The names of a union, in order; a name too few or too many doesn't compile. */
const namesOf = <T extends string>(names: Readonly<Record<T, true>>) => namesOfKeys(names);

/** A record's keys, as a schema of names needs them. */
export function namesOfKeys<T extends string>(record: Readonly<Record<T, unknown>>): readonly [T, ...T[]] {
  // Object.keys knows keys only as strings; the record's type says which they are.
  const [first, ...rest] = Object.keys(record) as T[];
  if (first === undefined) throw new Error('a union has at least one name');
  return [first, ...rest];
}

export const dispositionNames = namesOf<Disposition>({
  restock: true,
  rework: true,
  refurbish: true,
  repair_and_return: true,
  harvest_parts: true,
  return_to_vendor: true,
  liquidate: true,
  donate: true,
  recycle: true,
  destroy: true,
  return_to_customer: true,
  quarantine: true,
});

export const resolutionNames = namesOf<Resolution>({
  acknowledge: true,
  retry: true,
  store_credit: true,
  accept: true,
  reject: true,
  missing: true,
  await: true,
  write_off: true,
});

export const trackingStatusNames = namesOf<TrackingStatus>({
  pre_transit: true,
  in_transit: true,
  out_for_delivery: true,
  available_for_pickup: true,
  delivered: true,
  return_to_sender: true,
  failure: true,
  cancelled: true,
  unknown: true,
});

export const goodsStatusNames = namesOf<GoodsStatus>({
  requested: true,
  in_review: true,
  declined: true,
  authorized: true,
  collecting: true,
  in_transit: true,
  received: true,
  inspected: true,
  disposed: true,
  closed: true,
  cancelled: true,
  expired: true,
  lost: true,
  reconciliation_required: true,
});

export const moneyStatusNames = namesOf<MoneyStatus>({ none: true, partial: true, full: true });
