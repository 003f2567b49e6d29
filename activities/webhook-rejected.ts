/** A webhook that isn't what it claims to be: not signed with our secret, or not of the provider's shape. */
export class WebhookRejected extends Error {
  readonly reason: 'signature' | 'shape';

  constructor(reason: 'signature' | 'shape') {
    super(`webhook rejected: ${reason}`);
    this.name = 'WebhookRejected';
    this.reason = reason;
  }
}
