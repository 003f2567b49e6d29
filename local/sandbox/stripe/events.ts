import type { Sandbox } from '../operation.ts';
import { type Charge, type Dispute, newId, now, type Refund } from './objects.ts';

export type EventType =
  | 'refund.created'
  | 'refund.updated'
  | 'refund.failed'
  | 'charge.refunded'
  | 'charge.dispute.created'
  | 'charge.dispute.closed';

/** Queues one event; events of one charge keep their order. */
export function publish(
  { webhooks }: Pick<Sandbox, 'webhooks'>,
  type: EventType,
  object: Refund | Charge | Dispute,
  previous?: object,
): void {
  const id = newId('evt');
  const event = {
    id,
    object: 'event',
    api_version: '2026-10-28.endive',
    created: now(),
    data: previous === undefined ? { object } : { object, previous_attributes: previous },
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type,
  };
  webhooks.publish('payment', id, object.object === 'charge' ? object.id : object.charge, JSON.stringify(event));
}
