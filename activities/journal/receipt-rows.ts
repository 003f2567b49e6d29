import { contentOf, foldReceipt, type Receipt, type ReceiptEvent, unitsLeft } from '../../domain/receipt/receipt.ts';
import type { ReceivedContent } from '../../domain/return/findings.ts';
import { receiptCommandId } from './process.ts';
import type { Row } from './table.ts';

/** One row of a receipt's journal. */
export type ReceiptEntry = {
  readonly version: number;
  readonly at: string;
  readonly by: string;
  readonly events: readonly ReceiptEvent[];
};

export type ReceiptRows = {
  readonly receipt: Row;
  readonly lines: readonly Row[];
  readonly shares: readonly Row[];
};

/** The rows that journal entries make or change; lines and shares only those that are new. */
export function receiptRows(before: Receipt | null, entries: readonly ReceiptEntry[]): ReceiptRows {
  const after = foldReceipt(
    before,
    entries.flatMap(({ events }) => events),
  );
  if (after === null) throw new Error('a receipt without events has no rows');
  const lines = before === null ? Object.values(after.lines).map(({ counted }) => counted) : [];
  return {
    receipt: headOf(after, entries),
    lines: lines.map(({ line, sku, quantity, lot, serials = [], damagedInTransit = false }) => ({
      receipt: after.receipt,
      line,
      sku,
      quantity,
      lot: lot ?? null,
      serials,
      damaged_in_transit: damagedInTransit,
    })),
    shares: entries.flatMap(({ version, events }) =>
      events.flatMap((event, seq) => sharesOf(after.receipt, version, seq, event)),
    ),
  };
}

function headOf(receipt: Receipt, entries: readonly ReceiptEntry[]): Row {
  const { clues, facility, weightGrams, note, lines } = receipt;
  return {
    receipt: receipt.receipt,
    facility,
    tracking: clues.tracking,
    order_id: clues.order,
    buyer_id: clues.buyer,
    rma: clues.rma,
    serials: clues.serials,
    weight_grams: weightGrams,
    note,
    units: Object.values(lines).reduce((sum, { counted }) => sum + counted.quantity, 0),
    units_left: unitsLeft(receipt),
    // Of the first entry; a later one changes nothing of it.
    received_at: entries[0]?.at,
    received_by: entries[0]?.by,
    version: entries.at(-1)?.version,
  };
}

function sharesOf(receipt: string, version: number, seq: number, event: ReceiptEvent): Row[] {
  if (event.type === 'receipt_booked') return [];
  return event.shares.map(({ line, quantity, serials }) => ({
    receipt,
    line,
    version,
    seq,
    quantity,
    serials,
    rma: event.type === 'receipt_matched' ? event.rma : null,
    command_id: event.type === 'receipt_matched' ? receiptCommandId(deliveryId(receipt, version, seq)) : null,
    disposition: event.type === 'receipt_disposed' ? event.disposition : null,
    evidence: event.type === 'receipt_disposed' ? event.evidence : null,
  }));
}

/** What a receipt gives to a return, as the inbox keeps it until that return has it. */
export type ReceiptDelivery = {
  readonly eventId: string;
  readonly rma: string;
  /** The key that matched it. */
  readonly by: string;
  readonly tracking: string | null;
  readonly weightGrams: number | null;
  readonly partial: boolean;
  readonly contents: readonly ReceivedContent[];
};

const deliveryId = (receipt: string, version: number, seq: number): string => `${receipt}:${version}:${seq}`;

/** One for each return that events give goods to. The parcel's weight says something of one return only if it got all. */
export function deliveriesOf(
  before: Receipt | null,
  events: readonly ReceiptEvent[],
  version: number,
  by: string,
): readonly ReceiptDelivery[] {
  const after = foldReceipt(before, events);
  return events.flatMap((event, seq) => {
    if (event.type !== 'receipt_matched' || after === null) return [];
    const given = event.shares.reduce((sum, { quantity }) => sum + quantity, 0);
    const counted = Object.values(after.lines).reduce((sum, line) => sum + line.counted.quantity, 0);
    return [
      {
        eventId: deliveryId(after.receipt, version, seq),
        rma: event.rma,
        by,
        tracking: after.clues.tracking,
        weightGrams: given === counted ? after.weightGrams : null,
        partial: event.partial,
        contents: event.shares.map((share) => contentOf(after, share)),
      },
    ];
  });
}
