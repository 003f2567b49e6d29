/** What a return asks of the world. */
export type EffectKind =
  | 'buy_label'
  | 'void_label'
  | 'book_pickup'
  | 'cancel_pickup'
  | 'open_claim'
  | 'reserve_units'
  | 'refund';

/** Names an effect within its return: `refund:S1-1`. Its id adds how often it was sent back to work: `refund:S1-1#0`. */
export const effectKey = (kind: EffectKind, subject: string): string => `${kind}:${subject}`;

export function parseEffectKey(key: string): { kind: EffectKind; subject: string } {
  const cut = key.indexOf(':');
  return { kind: key.slice(0, cut) as EffectKind, subject: key.slice(cut + 1) };
}
