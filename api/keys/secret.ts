import { createHash, randomBytes } from 'node:crypto';

/** A new key: 256 random bits with a prefix that secret scanners and people recognise. */
export function newSecret(): string {
  return `hw_${randomBytes(32).toString('base64url')}`;
}

const shape = /^hw_[A-Za-z0-9_-]{43}$/;

/** Whether it could be one of our keys at all. */
export const looksLikeSecret = (text: string): boolean => shape.test(text);

/**
 * What is stored of a key. Plain SHA-256 is right here, unlike for passwords: nobody can guess 256 random bits, so a slow
 * hash would only cost time at each request. Rows are found by this hash; how long the look-up takes tells an attacker
 * about a hash that they can neither choose nor invert, so no comparison of secrets is left to be timed.
 */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
