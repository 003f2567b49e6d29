import type { Pool } from 'pg';
import { bookReceipt } from '../../domain/receipt/decide.ts';
import type { ReturnEvent } from '../../domain/return/events.ts';
import { withClient } from '../../prisma/client.ts';
import type { JournalKind, JournalRow } from './port.ts';
import { numberOf } from './process.ts';
import { takeReceiptCommand } from './receipts.ts';
import type { Row } from './table.ts';

/** Goods that a return has handed on: what their receipt is booked with. It stays in the inbox until that was done. */
export type HandedOn = {
  readonly provider: 'handed_on';
  /** The receipt's number. */
  readonly eventId: string;
  /** That of the return. */
  readonly rma: string;
  readonly commandId: string;
  readonly at: string;
  readonly by: string;
} & Pick<Extract<ReturnEvent, { type: 'item_handed_on' }>, 'content' | 'to' | 'partial' | 'note'>;

/** The inbox rows of what an append hands on. */
export const handedOnOf = (
  process: string,
  rows: readonly Pick<JournalRow<JournalKind>, 'commandId' | 'at' | 'by' | 'events'>[],
): readonly Row[] =>
  rows.flatMap(({ commandId, at, by, events }) =>
    events.flatMap((event) => {
      if (event.type !== 'item_handed_on') return [];
      const { receipt: eventId, content, to, partial, note } = event;
      const rma = numberOf(process);
      return [{ provider: 'handed_on', eventId, rma, commandId, at, by, content, to, partial, note }];
    }),
  );

/**
 * Books the receipt of goods that a return has handed on; any number of times. Nothing is read on them: the label that they came
 * under is of the return whose they are not.
 * @throws where there is no such return, or a receipt can't be booked with it, which nothing but a bug of ours leads to
 */
export async function bookHandedOn(pool: Pool, handedOn: HandedOn): Promise<void> {
  const { eventId: receipt, rma, commandId, at, by, content, to, partial, note } = handedOn;
  const { rows } = await withClient(pool, (client) =>
    client.query<{ facility: string; buyer: string | null }>(
      'SELECT r.facility, o.buyer_id AS buyer FROM returns r JOIN orders o ON o.id = r.order_id WHERE r.rma = $1',
      [rma],
    ),
  );
  const [from] = rows;
  if (from === undefined) throw new Error(`there is no return ${rma}`);
  const taken = await takeReceiptCommand(pool, {
    ...{ receipt, commandId, at, by, name: 'book' },
    decide: () =>
      bookReceipt({
        ...{ receipt, facility: from.facility, weightGrams: null, partial, note },
        clues: { rma: null, order: null, tracking: null, buyer: from.buyer, serials: [] },
        contents: [{ ...content, ...(to === null ? {} : { rma: to }) }],
      }),
  });
  if (taken.type === 'refused') throw new Error(`${receipt} was not booked: ${taken.code}`);
}
