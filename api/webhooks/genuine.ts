import { WebhookRejected } from '../../activities/webhook-rejected.ts';
import { Problem } from '../problem.ts';

/**
 * What a webhook says, once its signature is found to be ours.
 * @throws {Problem} 401 `signature_invalid`, or 400 `webhook_malformed`
 */
export function genuine<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof WebhookRejected)) throw error;
    throw error.reason === 'signature'
      ? new Problem(401, 'signature_invalid', 'the signature does not fit this body and our secret; nothing was taken')
      : new Problem(400, 'webhook_malformed', 'the event is not of the provider’s shape; nothing was taken');
  }
}
