import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type LinkKeys, type ResponseLink, readLink, signLink } from '../../activities/notices/link.ts';

const keys: LinkKeys = ['a first secret of at least 32 characters'];
const newer: LinkKeys = ['another secret of at least 32 characters', keys[0]];
const link: ResponseLink = { recall: 'RC-7K3M-Q9TX-0', consignee: 'S-1', expiresAt: '2027-05-22T00:00:00.000Z' };

const anyLink = fc.record({
  recall: fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }),
  consignee: fc.string({ unit: 'binary', minLength: 1, maxLength: 120 }),
  expiresAt: fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => new Date(seconds * 1000).toISOString()),
});

describe('a link of a notice', () => {
  test('names what it was made of, to whoever has the key', () => {
    fc.assert(
      fc.property(anyLink, (any) => {
        expect(readLink(keys, signLink(keys, any))).toEqual(any);
      }),
    );
  });

  test('goes through mail and address bars as it is', () => {
    fc.assert(
      fc.property(anyLink, (any) => {
        expect(signLink(keys, any)).toMatch(/^[\w-]+\.[\w-]{43}$/);
      }),
    );
  });

  test('is nothing once any of its characters is another', () => {
    const token = signLink(keys, link);
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.constantFrom(...'ABCabc019-_.'), (at, other) => {
        fc.pre(token[at] !== other);
        expect(readLink(keys, `${token.slice(0, at)}${other}${token.slice(at + 1)}`)).toBeNull();
      }),
    );
  });

  test('is nothing with another’s signature, cut, longer, or of other text', () => {
    const [named] = signLink(keys, link).split('.');
    const [, signature] = signLink(keys, { ...link, consignee: 'S-2' }).split('.');
    const token = signLink(keys, link);
    for (const forged of [
      `${named}.${signature}`,
      token.slice(1),
      token.slice(0, -1),
      `${token}A`,
      '',
      '.',
      'x'.repeat(5_000),
    ]) {
      expect(readLink(keys, forged)).toBeNull();
    }
    fc.assert(fc.property(fc.string(), (text) => readLink(keys, text) === null));
  });

  test('outlives the key that is put before its own, and not the loss of its own', () => {
    const token = signLink(keys, link);
    expect(readLink(newer, token)).toEqual(link);
    expect(readLink(keys, signLink(newer, link))).toBeNull();
    expect(readLink([newer[0]], token)).toBeNull();
  });
});
