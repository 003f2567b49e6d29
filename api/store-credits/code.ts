import { createHash, randomBytes } from 'node:crypto';

/** Crockford's base 32, as on parcels: nothing that is misread. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 16;

/** A new code: 80 random bits, as a person can type them. */
export function newCode(): string {
  const characters = [...randomBytes(length)].map((byte) => alphabet.charAt(byte % alphabet.length)).join('');
  return characters.replace(/(.{4})(?=.)/g, '$1-');
}

/** What is stored of a code, however it is typed. Nobody can guess 80 random bits, so a slow hash would only cost time. */
export function codeHash(code: string): string {
  const plain = code
    .replace(/[\s\p{Dash_Punctuation}]/gu, '')
    .toUpperCase()
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return createHash('sha256').update(`store credit\n${plain}`).digest('hex');
}
