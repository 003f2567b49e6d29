import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { add, exponentOf, formatMoney, isCurrency, money, parseMoney } from '../../../domain/money/money.ts';

const currencies = fc.constantFrom('EUR', 'USD', 'JPY', 'KRW', 'KWD', 'BHD', 'OMR', 'JOD', 'TND');

describe('currencies', () => {
  test.each([
    ['JPY', 0],
    ['KRW', 0],
    ['EUR', 2],
    ['USD', 2],
    ['ZWG', 2],
    ['KWD', 3],
    ['BHD', 3],
    ['OMR', 3],
    ['JOD', 3],
    ['TND', 3],
  ])('%s has %i decimals', (currency, exponent) => {
    expect(isCurrency(currency)).toBe(true);
    expect(exponentOf(currency)).toBe(exponent);
  });

  test.each(['', 'eur', 'EURO', 'XYZ', 'CLF', 'constructor', ' EUR'])('%j is none', (text) => {
    expect(isCurrency(text)).toBe(false);
    expect(() => exponentOf(text)).toThrow(RangeError);
  });
});

describe('money as text', () => {
  test.each([
    [1234, 'EUR', '12.34'],
    [5, 'EUR', '0.05'],
    [-5, 'EUR', '-0.05'],
    [0, 'EUR', '0.00'],
    [-0, 'EUR', '0.00'],
    [1234, 'JPY', '1234'],
    [0, 'JPY', '0'],
    [1234, 'KWD', '1.234'],
    [50, 'KWD', '0.050'],
    [Number.MAX_SAFE_INTEGER, 'KWD', '9007199254740.991'],
  ])('%i minor units of %s are %s', (amount, currency, text) => {
    expect(formatMoney({ amount, currency })).toBe(text);
  });

  test('what is written is read again, in every currency', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), currencies, (amount, currency) => {
        expect(parseMoney(formatMoney({ amount, currency }), currency)).toEqual({ amount, currency });
      }),
    );
  });

  test.each([
    ['12', 'EUR', 1200],
    ['12.3', 'EUR', 1230],
    ['-0.00', 'EUR', 0],
    ['0', 'JPY', 0],
    ['1.5', 'KWD', 1500],
  ])('%s %s is read as %i minor units', (text, currency, amount) => {
    expect(parseMoney(text, currency)).toEqual({ amount, currency });
  });

  test.each([
    ['12.345', 'EUR', 'more decimals than a cent'],
    ['1.0', 'JPY', 'decimals of a yen'],
    ['1.2345', 'KWD', 'more decimals than a fils'],
    ['1e3', 'EUR', 'an exponent'],
    ['+1', 'EUR', 'a plus sign'],
    ['--1', 'EUR', 'two signs'],
    ['1,000', 'EUR', 'a separator'],
    [' 1', 'EUR', 'a blank'],
    ['1\n', 'EUR', 'a line end'],
    ['.5', 'EUR', 'no digit before the point'],
    ['5.', 'EUR', 'no digit after the point'],
    ['007', 'EUR', 'leading zeros'],
    ['', 'EUR', 'nothing'],
    ['NaN', 'EUR', 'a word'],
    ['90071992547409.92', 'EUR', 'an unsafe integer of cents'],
    ['9007199254740992', 'JPY', 'an unsafe integer of yen'],
    ['9'.repeat(400), 'JPY', 'far too much'],
  ])('%j %s is refused: %s', (text, currency) => {
    expect(parseMoney(text, currency)).toBeNull();
  });
});

describe('adding', () => {
  test('adds amounts of one currency', () => {
    expect(add(money(1, 'EUR'), money(2, 'EUR'))).toEqual({ amount: 3, currency: 'EUR' });
  });

  test('never adds two currencies, nor beyond what is exact', () => {
    expect(() => add(money(1, 'EUR'), money(1, 'USD'))).toThrow(RangeError);
    expect(() => add(money(Number.MAX_SAFE_INTEGER, 'EUR'), money(1, 'EUR'))).toThrow(RangeError);
    expect(() => money(0.5, 'EUR')).toThrow(RangeError);
  });
});
