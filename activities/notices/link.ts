import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Instant } from '../../domain/time/duration.ts';

/** Whom the link of a notice lets answer for whom, and until when: one consignee of one recall. Ids alone, which name nobody. */
export type ResponseLink = { readonly recall: string; readonly consignee: string; readonly expiresAt: Instant };

/** Secrets that sign: the first one does, all are taken; so one can be replaced while links that it signed are under way. */
export type LinkKeys = readonly [string, ...string[]];

/** Sets these signatures apart from whatever else a key may come to sign. */
const PURPOSE = 'homeward response link 1';
/** Ids of consignees have at most 500 characters, of up to three bytes. */
const LONGEST = 2_200;

/** The token of a link: what it names, readable, and an HMAC-SHA256 of that; both as base64url. Whole seconds count. */
export function signLink([key]: LinkKeys, { recall, consignee, expiresAt }: ResponseLink): string {
  const seconds = Math.floor(Date.parse(expiresAt) / 1000);
  const named = Buffer.from(JSON.stringify([recall, consignee, seconds])).toString('base64url');
  return `${named}.${signatureOf(key, named)}`;
}

/** What a token names, where one of the keys signed it; null for any other text. Whether it has expired is for who reads it. */
export function readLink(keys: LinkKeys, token: string): ResponseLink | null {
  if (token.length > LONGEST) return null;
  const [, named = '', signature = ''] = /^([\w-]+)\.([\w-]{43})$/.exec(token) ?? [];
  if (named === '') return null;
  // As texts: the last character of a signature has bits to spare, so several texts would stand for the same bytes.
  const given = Buffer.from(signature);
  const genuine = keys.filter((key) => timingSafeEqual(Buffer.from(signatureOf(key, named)), given));
  return genuine.length === 0 ? null : namedBy(named);
}

const signatureOf = (key: string, named: string): string =>
  createHmac('sha256', key).update(`${PURPOSE}\n${named}`).digest('base64url');

/** What we signed ourselves has this shape, unless a key of ours signs something else. */
function namedBy(named: string): ResponseLink | null {
  const read: unknown = JSON.parse(Buffer.from(named, 'base64url').toString('utf8'));
  if (!Array.isArray(read)) return null;
  const [recall, consignee, seconds]: readonly unknown[] = read;
  if (typeof recall !== 'string' || typeof consignee !== 'string' || typeof seconds !== 'number') return null;
  return { recall, consignee, expiresAt: new Date(seconds * 1000).toISOString() };
}
