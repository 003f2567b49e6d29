/** A webhook that isn't what it claims to be: not signed with our secret, or not of the provider's shape. */
export class WebhookRejected extends Error {
  readonly reason: 'signature' | 'shape';

  constructor(reason: 'signature' | 'shape') {
    super(`webhook rejected: ${reason}`);
    this.name = 'WebhookRejected';
    this.reason = reason;
  }
}

const LONGEST = 500;

/**
 * The event, where each of its texts can be stored and found again: PostgreSQL's JSON takes neither NUL nor half a
 * surrogate pair, its indexes nothing long. Refused at the door, as a provider repeats for days what fails inside.
 * @throws WebhookRejected
 */
export function storable<const E extends object>(event: E): E {
  for (const value of Object.values(event)) {
    if (typeof value !== 'string') continue;
    if (value.length > LONGEST || value.includes('\0') || !value.isWellFormed()) throw new WebhookRejected('shape');
  }
  return event;
}
