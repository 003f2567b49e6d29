import type { z } from 'zod';
import type { Attention } from '../../prisma/generated/client.ts';
import { moneyInWords } from '../money.ts';
import { words } from '../plain-words.ts';
import type { AttentionBody } from '../returns/bodies.ts';

/**
 * What waits for a person, with what that person can do about it. A reason that a newer worker gave, and this API doesn't
 * know yet, is shown by its name.
 * @param currency that of amounts that it tells; null where it tells none
 */
export function attentionOut(
  row: Pick<Attention, 'id' | 'attention' | 'reason' | 'subject' | 'detail' | 'raisedAt'>,
  sentences: Readonly<Record<string, string>>,
  resolutions: Readonly<Record<string, readonly string[]>>,
  currency: string | null,
): z.infer<typeof AttentionBody> {
  const { reason } = row;
  return {
    attention: row.attention ?? row.id,
    reason,
    sentence: (Object.hasOwn(sentences, reason) ? sentences[reason] : undefined) ?? reason.replaceAll('_', ' '),
    subject: row.subject,
    detail: detailOf(row, currency),
    raisedAt: row.raisedAt.toISOString(),
    resolutions: [...((Object.hasOwn(resolutions, reason) ? resolutions[reason] : undefined) ?? [])],
  };
}

/** What each amount is of reasons whose detail is amounts, in minor units. */
const amounts: ReadonlyMap<string, readonly string[]> = new Map([
  ['settlement_differs', ['settled', 'worth']],
  ['exchange_repayment', ['paid']],
  ['repair_repayment', ['paid']],
  ['vendor_short_paid', ['missing']],
  ['liquidator_short_paid', ['missing']],
  ['liquidator_overpaid', ['too much']],
  ['manifest_complaint', ['asked for']],
  ['borrower_owes', ['owed']],
  ['loan_repayment', ['to pay back']],
  ['work_not_worth_it', ['budget', 'spent', 'expected']],
]);

/** What is known beside: why a refund failed, which items an execution has, both figures that differ. */
function detailOf({ reason, detail }: Pick<Attention, 'reason' | 'detail'>, currency: string | null): string | null {
  if (detail === null) return null;
  const named = amounts.get(reason);
  const minor = detail.split(' ').map(Number);
  if (named === undefined || currency === null || !minor.every(Number.isSafeInteger)) {
    return /^[a-z]+(_[a-z]+)*$/.test(detail) ? words(detail) : detail;
  }
  return minor.map((amount, at) => `${named[at] ?? ''} ${moneyInWords({ amount, currency })}`).join(', ');
}
