import { type Refused, refuse } from '../../execution/refusals.ts';

/** So much in minor units is a slip of the keyboard in any currency, and sums of them stay exact. */
const MOST = 1_000_000_000_000;

/** Why an amount can't be right; null where it may be. */
export function wrongAmount(amount: number, field: string, least = 1): Refused | null {
  if (!Number.isSafeInteger(amount) || amount < least) return refuse('amount_not_positive', field);
  return amount > MOST ? refuse('amount_too_large', field) : null;
}
