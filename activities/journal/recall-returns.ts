import type { Pool } from 'pg';
import type { InboxMessage } from './inbox.ts';
import { isJournaled } from './tail.ts';
import { numberFor, routedRequest } from './unattended.ts';

/** Goods of a recall that a consignee says it holds: what their return is started with. It stays in the inbox until that has begun. */
export type RecallReturn = {
  readonly provider: 'recall';
  readonly eventId: string;
  /** What stands for the consignee's goods. */
  readonly order: string;
  readonly lines: readonly { readonly orderLine: string; readonly sku: string; readonly quantity: number }[];
  /** Whose key took down the answer. */
  readonly by: string;
};

/** What has become of a return that is to be started: it has begun, or is begun by a message; null where there is nowhere for it to go. */
export async function recallReturn(
  pool: Pool,
  { eventId, order, lines, by }: RecallReturn,
): Promise<{ readonly rma: string; readonly begins: InboxMessage | null } | null> {
  const commandId = `recall:${eventId}`;
  const rma = await numberFor(pool, commandId);
  // First: where there is nowhere to go any more, one that has begun goes on.
  if (await isJournaled(pool, rma, commandId)) return { rma, begins: null };
  const request = await routedRequest(pool, {
    program: 'recall',
    order,
    lines: lines.map(({ orderLine, quantity }, index) => ({
      line: `L${index + 1}`,
      orderLine,
      quantity,
      reason: 'recalled',
    })),
    method: 'drop_off',
    instrument: 'original',
  });
  if (request === null) return null;
  // The request travels with the start; the message that brings it changes nothing.
  const message = { commandId: `${commandId}:start`, by, command: { type: 'sync' } } as const;
  const start = { commandId, by, request };
  return { rma, begins: { rma, message, start, skus: lines.map(({ sku }) => sku) } };
}
