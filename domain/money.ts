/**
 * Money is a whole number of minor units (cents, yen, fils) with its currency.
 * Never a float, never a bigint: it travels in JSON payloads as it is.
 */
export type Currency = string & { readonly __brand?: 'Currency' };

/** An amount in minor units of one currency; `amount` is a safe integer, negative where it is owed to us. */
export type Money = { readonly amount: number; readonly currency: Currency };

export function money(amount: number, currency: Currency): Money {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`an amount must be a safe integer of minor units: ${amount}`);
  return { amount, currency };
}

export const zero = (currency: Currency): Money => ({ amount: 0, currency });

/** Adds amounts of one currency; amounts of two currencies are a bug and throw. */
export function add(a: Money, b: Money): Money {
  if (a.currency !== b.currency) throw new RangeError(`cannot add ${a.currency} and ${b.currency}`);
  return money(a.amount + b.amount, a.currency);
}
