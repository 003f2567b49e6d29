/** A notice as it leaves: written in full, to one address. Never in a history or a log. */
export type Letter = {
  /** The same however often it is sent, so that a receiver can tell. */
  readonly messageId: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
};

/**
 * `sent`: the receiver's side took it; `bounced`: it never will, as its code says; `failed`: not now, another try may help.
 * A channel that is away itself throws instead.
 */
export type LetterOutcome =
  | { readonly state: 'sent' }
  | { readonly state: 'bounced' | 'failed'; readonly code: string };

/** A way of writing letters to consignees. */
export interface NoticeChannel {
  send(letter: Letter): Promise<LetterOutcome>;
  close(): void;
}
