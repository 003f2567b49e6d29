import { z } from 'zod';
import { type Money, money } from '../domain/money/money.ts';

/** ISO 4217 currencies whose minor unit isn't a hundredth. Not from Intl, which rounds some by custom (AFN, RSD). */
const otherMinorUnits: Readonly<Record<string, number>> = Object.fromEntries([
  ...['BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF'].map((code) => [code, 0] as const),
  ...['UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF'].map((code) => [code, 0] as const),
  ...['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'].map((code) => [code, 3] as const),
]);

const known: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** Whether ISO 4217 knows the currency. */
export const isCurrency = (code: string): boolean => known.has(code);

const decimalsOf = (currency: string): number => otherMinorUnits[currency] ?? 2;

/** Money as it leaves: a decimal string with exactly the currency's decimals. */
export const MoneyBody = z
  .object({
    amount: z
      .string()
      .regex(/^-?\d+(\.\d+)?$/)
      .meta({ example: '12.34' }),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .meta({ example: 'EUR' }),
  })
  .meta({ id: 'Money', description: 'A decimal amount with its ISO 4217 currency.' });

/** From minor units to a decimal string: (1234, EUR) is 12.34. */
export function moneyOut(amount: number, currency: string): z.infer<typeof MoneyBody> {
  const decimals = decimalsOf(currency);
  const digits = String(Math.abs(amount)).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const rest = decimals === 0 ? '' : `.${digits.slice(-decimals)}`;
  return { amount: `${amount < 0 ? '-' : ''}${whole}${rest}`, currency };
}

/** As a sentence shows it: `12.34 EUR`. */
export function moneyInWords(value: Money): string {
  const { amount, currency } = moneyOut(value.amount, value.currency);
  return `${amount} ${currency}`;
}

/** Why a decimal amount could not be read. */
export type MoneyFault = 'currency_unknown' | 'amount_malformed' | 'amount_precision' | 'amount_too_large';

/** The same in words. */
export const moneyFaults: Readonly<Record<MoneyFault, string>> = {
  currency_unknown: 'is in no ISO 4217 currency',
  amount_malformed: 'must be a decimal amount, as in 12.34',
  amount_precision: 'has more decimals than the currency',
  amount_too_large: 'is too large',
};

/** Of one figure, in minor units: the sums over all lines of a return stay exact, and no sale comes near. */
export const mostMinorUnits = 1_000_000_000_000;

/** Reads a decimal string exactly, without floating point; more decimals than the currency has are a fault, not rounded. */
export function moneyIn(amount: string, currency: string): Money | MoneyFault {
  if (!isCurrency(currency)) return 'currency_unknown';
  const match = /^(-?)(\d{1,18})(?:\.(\d{1,18}))?$/.exec(amount.trim());
  if (match === null) return 'amount_malformed';
  const [, sign = '', whole = '', fraction = ''] = match;
  const decimals = decimalsOf(currency);
  const kept = fraction.replace(/0+$/, '');
  if (kept.length > decimals) return 'amount_precision';
  const minor = BigInt(whole + kept.padEnd(decimals, '0'));
  if (minor > BigInt(mostMinorUnits)) return 'amount_too_large';
  return money(sign === '-' ? -Number(minor) : Number(minor), currency);
}
