import type { ReturnEvent } from '../../domain/return/events.ts';
import { numberOf } from './process.ts';

/** Events that others are told of by webhook, as `return.…`; the rest is of no use outside. */
const announced: ReadonlySet<ReturnEvent['type']> = new Set([
  'requested',
  'authorized',
  'declined',
  'label_bought',
  'pickup_booked',
  'parcel_lost',
  'claim_opened',
  'claim_paid',
  'claim_refused',
  'receipt_reminded',
  'receipt_escalated',
  'receipt_extended',
  'expired',
  'reopened',
  'parcel_received',
  'discrepancy_found',
  'item_inspected',
  'item_disposed',
  'disposition_confirmed',
  'settlement_due',
  'refund_succeeded',
  'refund_failed',
  'refund_frozen',
  'attention_raised',
  'attention_resolved',
  'cancelled',
  'reconciliation_required',
  'closed',
]);

/** A row of the outbox; the event's id outside is `process:version:seq`. */
export type Announcement = {
  readonly version: number;
  readonly seq: number;
  readonly event_type: string;
  readonly payload: Readonly<Record<string, unknown>>;
};

/** What is told of the events of one journal row. Facts and policy stay inside: they are long, and nobody else's. */
export function announcementsOf(
  process: string,
  version: number,
  at: string,
  events: readonly ReturnEvent[],
): Announcement[] {
  const rma = numberOf(process);
  return events.flatMap((event, seq) => {
    if (!announced.has(event.type)) return [];
    const { type, ...data } = event.type === 'requested' ? { type: event.type, request: event.request } : event;
    return [{ version, seq, event_type: `return.${type}`, payload: { rma, at, ...data } }];
  });
}
