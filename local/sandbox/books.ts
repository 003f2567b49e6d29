import type { Store } from './store.ts';

type Books = {
  labels: Record<string, { bought: number; voided: number }>;
  pickups: Record<string, { booked: number; cancelled: number }>;
  refunds: Record<
    string,
    { count: number; succeeded: number; pending: number; failed: number; amount: number; currency: string }
  >;
  claims: Record<string, { opened: number; cancelled: number }>;
  /** Amounts that were held on cards, and what was taken of them, in the smallest units of their currency. */
  /** How often cards were charged later, by their owners' consent. */
  charges: Record<string, number>;
  holds: Record<string, { placed: number; released: number; captured: number }>;
  /** How many references have more than one effect that stands. */
  duplicates: { labels: number; pickups: number; refunds: number; claims: number; holds: number; charges: number };
};

/** What the vendors would bill and pay out, by our references: the sandbox's own word on what was done how often. */
export function books(store: Store, prefix = ''): Books {
  const result: Books = {
    labels: {},
    pickups: {},
    refunds: {},
    claims: {},
    charges: {},
    holds: {},
    duplicates: { labels: 0, pickups: 0, refunds: 0, claims: 0, holds: 0, charges: 0 },
  };
  const ours = (reference: string | null): reference is string => reference?.startsWith(prefix) === true;

  for (const { reference, body } of store.all('shipment')) {
    if (!ours(reference) || body.postage_label === null) continue;
    result.labels[reference] ??= { bought: 0, voided: 0 };
    result.labels[reference].bought += 1;
    if (body.refund_status !== null) result.labels[reference].voided += 1;
  }
  for (const { reference, body } of store.all('pickup')) {
    if (!ours(reference) || body.status === 'unknown') continue;
    result.pickups[reference] ??= { booked: 0, cancelled: 0 };
    result.pickups[reference].booked += 1;
    if (body.status === 'canceled') result.pickups[reference].cancelled += 1;
  }
  for (const { reference, body } of store.all('refund')) {
    if (!ours(reference)) continue;
    const entry = result.refunds[reference] ?? {
      count: 0,
      succeeded: 0,
      pending: 0,
      failed: 0,
      amount: 0,
      currency: body.currency.toUpperCase(),
    };
    entry.count += 1;
    entry[body.status] += 1;
    if (body.status !== 'failed') entry.amount += body.amount;
    result.refunds[reference] = entry;
  }
  for (const { reference, body } of store.all('claim')) {
    if (!ours(reference)) continue;
    result.claims[reference] ??= { opened: 0, cancelled: 0 };
    result.claims[reference].opened += 1;
    if (body.status === 'cancelled') result.claims[reference].cancelled += 1;
  }

  for (const { reference, body } of store.all('payment_intent')) {
    const isLater = body.metadata['consent'] !== undefined;
    if (!ours(reference) || !isLater || body.latest_charge === null) continue;
    if (body.capture_method === 'automatic') {
      result.charges[reference] = (result.charges[reference] ?? 0) + 1;
      continue;
    }
    result.holds[reference] ??= { placed: 0, released: 0, captured: 0 };
    result.holds[reference].placed += 1;
    result.holds[reference].captured += body.amount_received;
    if (body.status === 'canceled') result.holds[reference].released += 1;
  }

  const several = <T>(entries: Record<string, T>, standing: (entry: T) => number): number =>
    Object.values(entries).filter((entry) => standing(entry) > 1).length;
  result.duplicates = {
    labels: several(result.labels, ({ bought, voided }) => bought - voided),
    pickups: several(result.pickups, ({ booked, cancelled }) => booked - cancelled),
    refunds: several(result.refunds, ({ count, failed }) => count - failed),
    claims: several(result.claims, ({ opened, cancelled }) => opened - cancelled),
    charges: several(result.charges, (count) => count),
    holds: several(result.holds, ({ placed, released }) => placed - released),
  };
  return result;
}
