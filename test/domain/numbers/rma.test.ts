import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeRma, parseRma } from '../../../domain/numbers/rma.ts';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const rmas = fc.uint8Array({ minLength: 8, maxLength: 8 }).map(makeRma);
const characters = (rma: string) => [...rma.replaceAll('-', '')];

describe('making', () => {
  test('four, four and a check character, none of them mistaken for another', () => {
    fc.assert(
      fc.property(rmas, (rma) => {
        expect(rma).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]$/);
      }),
    );
  });

  test('every one of the eight bytes counts, by its low five bits', () => {
    const plain = new Uint8Array(8);
    expect(makeRma(plain)).toBe('0000-0000-0');
    const first = [...plain.keys()].map((index) => makeRma(plain.with(index, 31)));
    expect(new Set(first).size).toBe(8);
    expect(makeRma(plain.with(3, 32 + 7))).toBe(makeRma(plain.with(3, 7)));
  });

  test('is the same in every release: labels are out there', () => {
    expect(makeRma(new Uint8Array([7, 3, 20, 21, 23, 9, 26, 29]))).toBe('73MN-Q9TX-0');
  });

  test('too little randomness is a bug', () => {
    expect(() => makeRma(new Uint8Array(7))).toThrow(RangeError);
  });
});

describe('reading', () => {
  test('what was made is read as itself', () => {
    fc.assert(
      fc.property(rmas, (rma) => {
        expect(parseRma(rma)).toBe(rma);
      }),
    );
  });

  test('case, blanks, dashes and lookalikes are forgiven', () => {
    fc.assert(
      fc.property(rmas, (rma) => {
        const plain = rma.replaceAll('-', '');
        expect(parseRma(plain)).toBe(rma);
        expect(parseRma(` ${plain.toLowerCase().slice(0, 2)} ${plain.slice(2)}\n`)).toBe(rma);
        expect(parseRma([...plain].join('–'))).toBe(rma);
        expect(parseRma(rma.replaceAll('0', 'o'))).toBe(rma);
        expect(parseRma(rma.replaceAll('0', 'O').replaceAll('1', 'I'))).toBe(rma);
        expect(parseRma(rma.replaceAll('1', 'l'))).toBe(rma);
      }),
    );
  });

  test('one wrong character is always noticed', () => {
    fc.assert(
      fc.property(rmas, fc.nat(8), (rma, position) => {
        for (const wrong of alphabet) {
          const right = characters(rma);
          if (wrong === right[position]) continue;
          expect(parseRma(right.with(position, wrong).join(''))).toBeNull();
        }
      }),
    );
  });

  test('two exchanged characters are always noticed, side by side or not', () => {
    fc.assert(
      fc.property(rmas, fc.nat(8), fc.nat(8), (rma, one, other) => {
        const right = characters(rma);
        const [a = '', b = ''] = [right[one], right[other]];
        fc.pre(a !== b);
        expect(parseRma(right.with(one, b).with(other, a).join(''))).toBeNull();
      }),
    );
  });

  test.each(['', '7K3M', '0000-0000', '0000-0000-00', '0000-0000-U', '0000_0000_0', '0000-0000-é', '０000-0000-0'])(
    '%j is none',
    (text) => expect(parseRma(text)).toBeNull(),
  );
});
