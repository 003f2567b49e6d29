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

/**
 * Minor units of ISO 4217, by number of decimals: the currencies that a sale can be made in. Left out are the units of
 * account (CLF, UYW, XDR, …), metals and test codes.
 */
const byExponent: readonly (readonly [0 | 2 | 3, string])[] = [
  [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
  [
    2,
    `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP
     CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS
     KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD
     PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP
     TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG`,
  ],
];

const exponents: ReadonlyMap<string, 0 | 2 | 3> = new Map(
  byExponent.flatMap(([exponent, codes]) => codes.split(/\s+/).map((code) => [code, exponent] as const)),
);

/** Whether a text is the code of a currency that we know, in capitals as ISO 4217 writes it. */
export function isCurrency(text: string): text is Currency {
  return exponents.has(text);
}

/** How many decimals a currency has; an unknown one throws (ask `isCurrency` at the edge). */
export function exponentOf(currency: Currency): 0 | 2 | 3 {
  const exponent = exponents.get(currency);
  if (exponent === undefined) throw new RangeError(`not a currency of ISO 4217: ${currency}`);
  return exponent;
}

/** The amount in major units with all decimals of its currency and a point: `12.34`, `-0.050` (KWD), `1200` (JPY). */
export function formatMoney({ amount, currency }: Money): string {
  const exponent = exponentOf(currency);
  const digits = String(Math.abs(amount)).padStart(exponent + 1, '0');
  const sign = amount < 0 ? '-' : '';
  if (exponent === 0) return `${sign}${digits}`;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

const decimal = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?$/;

/**
 * Reads what `formatMoney` writes; fewer decimals are fine. Null for anything else: more decimals than the currency has,
 * exponents, a plus sign, separators, blanks, or more than a safe integer of minor units.
 */
export function parseMoney(text: string, currency: Currency): Money | null {
  const exponent = exponentOf(currency);
  const match = decimal.exec(text);
  if (match === null) return null;
  const [, sign = '', whole = '', fraction = ''] = match;
  if (fraction.length > exponent) return null;
  const magnitude = Number(whole + fraction.padEnd(exponent, '0'));
  if (!Number.isSafeInteger(magnitude)) return null;
  return { amount: sign === '-' && magnitude > 0 ? -magnitude : magnitude, currency };
}
