import type { z } from 'zod';
import type { MatchReason } from '../../domain/sale/matching.ts';
import type { AttentionBody } from '../returns/bodies.ts';

/** How an entry that belongs to no return can be settled. */
export const entryResolutions = ['acknowledge', 'retry'] as const;

/** The tables whose rows end in the people's queue when they are given up; an entry's id begins with their name. */
export type Queue = 'inbox' | 'outbox';

/** The queue that an entry came from and the key of its row there; null where it came from elsewhere. */
export function rowOf(id: string): { readonly queue: Queue; readonly key: string } | null {
  const queue = (['inbox', 'outbox'] as const).find((name) => id.startsWith(`${name}/`));
  return queue === undefined ? null : { queue, key: id.slice(queue.length + 1) };
}

/** How an entry can be settled here. Goods are settled at their receipt: a nod would leave them in quarantine for ever. */
export function resolutionsOf(id: string): (typeof entryResolutions)[number][] {
  if (/^(receipt|bulk|credit-memo|check|count)\//.test(id)) return [];
  return entryResolutions.filter((resolution) => resolution === 'acknowledge' || rowOf(id) !== null);
}

/** What the reasons mean that no return raises. */
const sentences: Readonly<
  Record<
    | MatchReason
    | 'unreadable_row'
    | 'webhook_unmatched'
    | 'webhook_failed'
    | 'webhook_undelivered'
    | 'unexpected_parcel'
    | 'goods_not_taken'
    | 'credit_due'
    | 'memo_disputed'
    | 'check_failed'
    | 'more_came_back'
    | 'stop_unconfirmed'
    | 'count_differs'
    | 'packaging_aged',
    string
  >
> = {
  webhook_unmatched:
    'A webhook came that fits no parcel, refund or payment of ours; find out whose it is, then try again.',
  webhook_failed:
    'A webhook came that could not be brought to its return for a day; the worker’s log says why. When that is mended, try again.',
  webhook_undelivered: 'A receiver has not taken this event in all its attempts; when it is up again, try again.',
  unexpected_parcel:
    'Goods came that nobody expected. GET /v1/receipts/{receipt} names the returns that they may belong to: match them to one, or say where they go.',
  goods_not_taken:
    'A return has not taken goods, of an unexpected parcel or a bulk delivery, for a day, most likely because it waits for its review. When that is decided, try again.',
  credit_due:
    'Goods of a bulk return are settled and on no credit memo yet. POST /v1/bulk-returns/{rma}/credit-memos issues it.',
  memo_disputed: 'A partner disputes a line of a credit memo. GET the credit memo, then answer the dispute there.',
  check_failed:
    'A consignee was asked whether a recall’s notice came and was acted on, and it was not so, or nobody could be reached. See to it, ask again, and record what came of that at the check.',
  more_came_back:
    'More goods of a consignee came back than what it says of the others leaves; find out which is wrong. It settles itself when a response allows for all of them.',
  stop_unconfirmed:
    'A facility has not confirmed in time that what a recall has stopped there was found and set aside. Go and see; it settles itself when all of it is counted.',
  count_differs:
    'A facility has found more or fewer goods of a recall than the books have there. Have them counted again, or say that the count is right: POST …/differences.',
  packaging_aged:
    'A partner has had packaging of ours for longer than was agreed; ask for it, or book it as lost. It settles itself when it comes back.',
  unreadable_row: 'This row could not be read; correct it and import it again.',
  not_goods: 'This row is about no goods; settle it where it belongs, then acknowledge it.',
  no_customer: 'This row names no customer, so no order can be found; find the sale and make the return by hand.',
  no_match: 'The customer never bought this; find the sale and make the return by hand.',
  bought_later: 'The customer bought this only later; find the sale and make the return by hand.',
  price: 'The customer never paid this price; find the sale and make the return by hand.',
  quantity: 'No order of the customer has so many left; share them out and make the returns by hand.',
  ambiguous_match: 'Several orders or prices would fit; choose and make the return by hand.',
};

const isKnown = (reason: string): reason is keyof typeof sentences => Object.hasOwn(sentences, reason);

/** An entry with what a person can do about it. */
export function ofNoReturn(row: {
  readonly id: string;
  readonly reason: string;
  readonly subject: string;
  readonly raisedAt: Date;
}): z.infer<typeof AttentionBody> {
  return {
    attention: row.id,
    reason: row.reason,
    sentence: isKnown(row.reason) ? sentences[row.reason] : row.reason.replaceAll('_', ' '),
    subject: row.subject,
    detail: null,
    raisedAt: row.raisedAt.toISOString(),
    resolutions: resolutionsOf(row.id),
  };
}
