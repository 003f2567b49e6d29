import { find } from '../return/find.ts';
import type { ReceivedContent } from '../return/findings.ts';
import type { Clues, CountedLine, HeldLine, Receipt, ReceiptEvent, Share, UnclaimedDisposition } from './receipt.ts';

/** Why a receipt refuses a command. */
export type ReceiptRefusalCode =
  | 'quantity_not_positive'
  | 'more_serials_than_units'
  | 'nothing_received'
  | 'nothing_left'
  | 'unknown_receipt_line'
  | 'duplicate_receipt_line'
  | 'quantity_exceeds_left'
  | 'serials_not_left'
  | 'serials_needed';

export type ReceiptDecision =
  | { readonly type: 'accepted'; readonly events: readonly ReceiptEvent[] }
  | { readonly type: 'refused'; readonly code: ReceiptRefusalCode; readonly field: string };

/** Units of a counted line that a command is about; all that is left of it where no quantity is named. */
export type Wanted = { readonly line: string; readonly quantity?: number; readonly serials?: readonly string[] };

export type BookReceipt = {
  readonly receipt: string;
  readonly facility: string;
  readonly clues: Clues;
  readonly weightGrams: number | null;
  /** In the order of the count; what names a return is that return's at once. */
  readonly contents: readonly (ReceivedContent & { readonly rma?: string })[];
  readonly partial: boolean;
  readonly note: string | null;
};

/** Books in a parcel that nobody expected. Nothing that was counted is left out. */
export function bookReceipt(command: BookReceipt): ReceiptDecision {
  const { contents, partial, ...parcel } = command;
  if (contents.length === 0) return refuse('nothing_received', 'contents');
  const bad = contents.findIndex(({ quantity }) => !isQuantity(quantity));
  if (bad >= 0) return refuse('quantity_not_positive', `contents.${bad}.quantity`);
  const crowded = contents.findIndex(({ serials = [], quantity }) => serials.length > quantity);
  if (crowded >= 0) return refuse('more_serials_than_units', `contents.${crowded}.serials`);
  const lines = contents.map(({ rma: _, ...content }, index): CountedLine => ({ line: `R${index + 1}`, ...content }));
  const booked: ReceiptEvent = { type: 'receipt_booked', ...parcel, lines };
  const shares = contents.flatMap(({ rma, quantity, serials = [] }, index) =>
    rma === undefined ? [] : [{ rma, share: { line: `R${index + 1}`, quantity, serials } }],
  );
  const matched = [...Map.groupBy(shares, ({ rma }) => rma)].map(
    ([rma, its]): ReceiptEvent => ({ type: 'receipt_matched', rma, shares: its.map(({ share }) => share), partial }),
  );
  return { type: 'accepted', events: [booked, ...matched] };
}

/** Gives what is left, or some of it, to the return that it belongs to. */
export function matchReceipt(
  state: Receipt,
  command: { readonly rma: string; readonly lines: readonly Wanted[] | null; readonly partial: boolean },
): ReceiptDecision {
  const shares = sharesOf(state, command.lines);
  if (!Array.isArray(shares)) return shares;
  const { rma, partial } = command;
  return { type: 'accepted', events: [{ type: 'receipt_matched', rma, shares, partial }] };
}

/** Sends what is left, or some of it, where a person says: nobody claims it. */
export function disposeReceipt(
  state: Receipt,
  command: {
    readonly disposition: UnclaimedDisposition;
    readonly evidence: string;
    readonly lines: readonly Wanted[] | null;
    readonly note: string;
  },
): ReceiptDecision {
  const shares = sharesOf(state, command.lines);
  if (!Array.isArray(shares)) return shares;
  const { disposition, evidence, note } = command;
  return { type: 'accepted', events: [{ type: 'receipt_disposed', disposition, evidence, shares, note }] };
}

type Refusal = Extract<ReceiptDecision, { type: 'refused' }>;

function sharesOf(state: Receipt, wanted: readonly Wanted[] | null): Share[] | Refusal {
  const all = Object.entries(state.lines).filter(([, { left }]) => left > 0);
  if (all.length === 0) return refuse('nothing_left', 'lines');
  if (wanted === null) return all.map(([line, { left, serials }]) => ({ line, quantity: left, serials }));
  if (new Set(wanted.map(({ line }) => line)).size < wanted.length) return refuse('duplicate_receipt_line', 'lines');
  const shares: Share[] = [];
  for (const [index, one] of wanted.entries()) {
    const held = find(state.lines, one.line);
    if (held === undefined) return refuse('unknown_receipt_line', `lines.${index}.line`);
    const share = shareOf(held, one, `lines.${index}`);
    if ('type' in share) return share;
    shares.push(share);
  }
  return shares.length === 0 ? refuse('nothing_left', 'lines') : shares;
}

/** Where only some of a line's units go, their serials must be named: which unit went where is no guess. */
function shareOf(held: HeldLine, wanted: Wanted, field: string): Share | Refusal {
  const { line, quantity = held.left } = wanted;
  if (held.left === 0) return refuse('nothing_left', `${field}.line`);
  if (!isQuantity(quantity)) return refuse('quantity_not_positive', `${field}.quantity`);
  if (quantity > held.left) return refuse('quantity_exceeds_left', `${field}.quantity`);
  const serials = wanted.serials ?? (quantity === held.left ? held.serials : []);
  if (serials.some((serial) => !held.serials.includes(serial)) || new Set(serials).size < serials.length) {
    return refuse('serials_not_left', `${field}.serials`);
  }
  if (serials.length > quantity) return refuse('more_serials_than_units', `${field}.serials`);
  // As many units without a serial stay behind as there are units without one at most.
  const unnamed = quantity - serials.length;
  if (unnamed > held.left - held.serials.length) return refuse('serials_needed', `${field}.serials`);
  return { line, quantity, serials };
}

const isQuantity = (quantity: number): boolean => Number.isSafeInteger(quantity) && quantity >= 1;

const refuse = (code: ReceiptRefusalCode, field: string): Refusal => ({ type: 'refused', code, field });
