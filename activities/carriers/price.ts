import { type Money, money } from '../../domain/money/money.ts';

/** A vendor's decimal text ("8.20", "11.01000") as minor units; digits beyond the currency's own must be zero. */
export function priceOf(decimal: string, currency: string): Money {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(decimal);
  if (match === null) throw new RangeError('a price must be a plain decimal');
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  const fraction = (match[2] ?? '').padEnd(digits, '0');
  if (/[1-9]/.test(fraction.slice(digits))) throw new RangeError('a price has more digits than its currency');
  return money(Number(`${match[1]}${fraction.slice(0, digits)}`), currency);
}

/** Minor units as a vendor's decimal text. */
export function decimalOf({ amount, currency }: Money): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  const text = String(amount).padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
