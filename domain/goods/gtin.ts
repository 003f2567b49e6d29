/**
 * Global Trade Item Numbers (GS1 General Specifications, 7.9 for the check digit): GTIN-8, GTIN-12 (UPC-A), GTIN-13 (EAN) and
 * GTIN-14 (cases). All are kept in one form, 14 digits with zeros in front, as GS1 asks of databases.
 */
const lengths: readonly number[] = [8, 12, 13, 14];

/** The GTIN in 14 digits; null where the digits are of no GTIN's length or the check digit is wrong. */
export function parseGtin(digits: string): string | null {
  if (!/^\d+$/.test(digits) || !lengths.includes(digits.length)) return null;
  return checkDigit(digits.slice(0, -1)) === Number(digits.at(-1)) ? digits.padStart(14, '0') : null;
}

/** The last digit of a GS1 number, from those before it: weights 3 and 1 in turn, from the right. */
export function checkDigit(digits: string): number {
  const sum = [...digits].reverse().reduce((sum, digit, place) => sum + Number(digit) * (place % 2 === 0 ? 3 : 1), 0);
  return (10 - (sum % 10)) % 10;
}

/**
 * The UPC-A that a UPC-E stands for, with its check digit; null where the eight digits are none. A UPC-E of a label looks like a
 * GTIN-8, and only its own rule tells them apart.
 */
export function expandUpcE(digits: string): string | null {
  const parts = /^([01])(\d)(\d)(\d)(\d)(\d)(\d)(\d)$/.exec(digits);
  if (parts === null) return null;
  const [, system = '', a = '', b = '', c = '', d = '', e = '', last = '', check = ''] = parts;
  const body =
    Number(last) <= 2
      ? `${a}${b}${last}0000${c}${d}${e}`
      : last === '3'
        ? `${a}${b}${c}00000${d}${e}`
        : last === '4'
          ? `${a}${b}${c}${d}00000${e}`
          : `${a}${b}${c}${d}${e}0000${last}`;
  return checkDigit(`${system}${body}`) === Number(check) ? `${system}${body}${check}` : null;
}
