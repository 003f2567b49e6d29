import type { Sandbox } from '../operation.ts';
import { type Claim, newId, now, type Tracker } from './objects.ts';

/**
 * Tells of a change of an object. EasyPost's server writes whole-numbered weights as `12.0` and signs that text, so this
 * does too; its client library counts on it.
 */
export function publishEvent(sandbox: Sandbox, description: string, result: Tracker | Claim, previous: object): void {
  const at = now();
  const id = newId('evt');
  const event = {
    description,
    mode: 'test',
    previous_attributes: previous,
    created_at: at,
    pending_urls: [],
    completed_urls: [],
    updated_at: at,
    id,
    user_id: 'user_sandbox',
    status: 'pending',
    object: 'Event',
    result,
  };
  const body = JSON.stringify(event).replace(/("weight":)(\d+)(?=[,}])/g, '$1$2.0');
  sandbox.webhooks.publish('carrier', id, result.id, body);
}
