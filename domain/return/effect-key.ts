/** What a return asks of the world. */
export const effectKinds = [
  'buy_label',
  'void_label',
  'book_pickup',
  'cancel_pickup',
  'open_claim',
  'withdraw_claim',
  'reserve_units',
  'refund',
  'issue_credit_memo',
  'reserve_stock',
  'release_stock',
  'take_back_credit',
  'place_hold',
  'capture_hold',
  'release_hold',
  'charge_card',
  'repay_charge',
] as const;

export type EffectKind = (typeof effectKinds)[number];

/** Names an effect within its return: `refund:S1-1`. Its id adds how often it was sent back to work: `refund:S1-1#0`. */
export const effectKey = (kind: EffectKind, subject: string): string => `${kind}:${subject}`;

/** What a key names; null where it is none. */
export function parseEffectKey(key: string): { kind: EffectKind; subject: string } | null {
  const cut = key.indexOf(':');
  const kind = effectKinds.find((each) => each === key.slice(0, cut));
  return kind === undefined ? null : { kind, subject: key.slice(cut + 1) };
}
