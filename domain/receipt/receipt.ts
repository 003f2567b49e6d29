import type { Disposition } from '../goods/disposition.ts';
import type { ReceivedContent } from '../return/findings.ts';

/** What a parcel that nobody expected says of itself; null where it doesn't. Ids and codes only. */
export type Clues = {
  readonly rma: string | null;
  readonly order: string | null;
  readonly tracking: string | null;
  readonly buyer: string | null;
  /** Serials read on goods or papers, those of the counted units aside. */
  readonly serials: readonly string[];
};

/** Units of one SKU, lot and state, as they were counted: `R1`, `R2`, … */
export type CountedLine = ReceivedContent & { readonly line: string };

/** Some units of a counted line that leave the receipt together. */
export type Share = { readonly line: string; readonly quantity: number; readonly serials: readonly string[] };

/** Where goods may go that belong to no return. Never to sellable stock: nobody knows what they went through. */
export const unclaimedDispositions = [
  'return_to_customer',
  'liquidate',
  'donate',
  'recycle',
  'destroy',
] as const satisfies readonly Disposition[];
export type UnclaimedDisposition = (typeof unclaimedDispositions)[number];

/** What happened to a receipt; its journal's content. */
export type ReceiptEvent =
  | {
      readonly type: 'receipt_booked';
      readonly receipt: string;
      readonly facility: string;
      readonly clues: Clues;
      readonly weightGrams: number | null;
      readonly lines: readonly CountedLine[];
      /** The id of a text in the erasable notes table. */
      readonly note: string | null;
    }
  | {
      readonly type: 'receipt_matched';
      readonly rma: string;
      readonly shares: readonly Share[];
      /** More is expected of that return: what is absent is outstanding, not short. */
      readonly partial: boolean;
    }
  | {
      readonly type: 'receipt_disposed';
      readonly disposition: UnclaimedDisposition;
      /** A location, certificate or document code, no prose. */
      readonly evidence: string;
      readonly shares: readonly Share[];
      readonly note: string;
    };

/** A counted line with what of it is still here. */
export type HeldLine = {
  readonly counted: CountedLine;
  readonly left: number;
  /** Serials of units that are still here. */
  readonly serials: readonly string[];
};

/** Goods of a parcel that nobody expected, as its events make them. For each line: counted = left + shares, always. */
export type Receipt = {
  readonly receipt: string;
  readonly facility: string;
  readonly clues: Clues;
  readonly weightGrams: number | null;
  readonly note: string | null;
  readonly lines: Readonly<Record<string, HeldLine>>;
};

/** Folds what happened into the receipt; null before it was booked. */
export function foldReceipt(before: Receipt | null, events: readonly ReceiptEvent[]): Receipt | null {
  return events.reduce(evolveReceipt, before);
}

function evolveReceipt(state: Receipt | null, event: ReceiptEvent): Receipt | null {
  if (event.type === 'receipt_booked') {
    const { receipt, facility, clues, weightGrams, note } = event;
    const lines = event.lines.map((counted): [string, HeldLine] => [
      counted.line,
      { counted, left: counted.quantity, serials: counted.serials ?? [] },
    ]);
    return { receipt, facility, clues, weightGrams, note, lines: Object.fromEntries(lines) };
  }
  if (state === null) throw new Error(`a receipt's journal begins with ${event.type}`);
  return event.shares.reduce(without, state);
}

function without(state: Receipt, { line, quantity, serials }: Share): Receipt {
  const held = state.lines[line];
  if (held === undefined) throw new Error(`no line ${line}`);
  const left = { ...held, left: held.left - quantity, serials: held.serials.filter((one) => !serials.includes(one)) };
  return { ...state, lines: { ...state.lines, [line]: left } };
}

/** Units that belong to no return yet. */
export const unitsLeft = ({ lines }: Receipt): number => Object.values(lines).reduce((sum, { left }) => sum + left, 0);

/** What a share is to the return that gets it. */
export function contentOf(receipt: Receipt, { line, quantity, serials }: Share): ReceivedContent {
  const counted = receipt.lines[line]?.counted;
  if (counted === undefined) throw new Error(`no line ${line}`);
  const { sku, lot, damagedInTransit } = counted;
  return {
    sku,
    quantity,
    ...(lot === undefined ? {} : { lot }),
    ...(serials.length === 0 ? {} : { serials }),
    ...(damagedInTransit === undefined ? {} : { damagedInTransit }),
  };
}
