import { createHash } from 'node:crypto';
import { receiptProcessOf } from '../../activities/journal/process.ts';
import { makeReceiptNumber } from '../../domain/receipt/number.ts';
import type { Api } from '../api.ts';

/** The number of the receipt that a command books: always the same for the same command; one that is taken is passed over. */
export async function receiptNumberFor(
  api: Api,
  commandId: string,
): Promise<{ readonly receipt: string; readonly isNew: boolean }> {
  for (let attempt = 0; ; attempt += 1) {
    const receipt = makeReceiptNumber(createHash('sha256').update(`${commandId}\n${attempt}`).digest());
    const first = await api.db.journalEntry.findFirst({
      where: { process: receiptProcessOf(receipt) },
      orderBy: { version: 'asc' },
      select: { commandId: true },
    });
    if (first === null) return { receipt, isNew: true };
    if (first.commandId === commandId) return { receipt, isNew: false };
  }
}
