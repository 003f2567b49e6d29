import type { NetworkProjection } from '../network/projection.ts';
import { attentionRows } from '../process/attention-rows.ts';
import { deadlines } from './due.ts';
import type { Recorded } from './events.ts';
import type { TransferLineRow } from './projection.ts';
import {
  bound,
  inTransit,
  isAtOrigin,
  linesOf,
  type Opened,
  opened,
  type TransferLine,
  type TransferState,
} from './state.ts';

/** The rows that a step changed: the transfer's own, lines that are another object than before, and the people's queue. */
export function project(before: TransferState, after: Opened, recorded: readonly Recorded[]): NetworkProjection {
  const { number, status, from, to, reason, plan, by, tracking, shipBy, arriveBy, shippedAt, turnedBack } = after;
  const was = opened(before)?.lines ?? {};
  return {
    network: {
      ...{ number, kind: 'transfer', status },
      // Where a person looks for it: where the goods are, then where they come to.
      facility: isAtOrigin(after) || status === 'cancelled' || shippedAt === null ? from : bound(after),
      openedAt: after.requestedAt,
      closedAt: after.closedAt,
      nextDeadline: deadlines(after)[0]?.at ?? null,
      outcome: after.outcome,
    },
    transfer: {
      transfer: {
        ...{ origin: from, destination: to, reason, plan, tracking, shipBy, arriveBy, shippedAt, turnedBack },
        trip: by.type === 'trip' ? by.trip : null,
        carrier: by.type === 'parcel' ? by.carrier : null,
        currency: after.currency,
        claims: Object.values(after.claims),
        holds: Object.values(after.holds),
        surpluses: Object.entries(after.surpluses).map(([surplus, its]) => ({ surplus, ...its })),
      },
      lines: linesOf(after).flatMap((line) => (was[line.line] === line ? [] : [lineRow(line)])),
    },
    attention: attentionRows(recorded),
  };
}

const lineRow = (each: TransferLine): TransferLineRow => {
  const { line, sku, lot, serials, quantity, reserved, picked, shipped } = each;
  const { received, held, disposedOf, damaged, lost, atOrigin, unitCost, isOut } = each;
  return {
    ...{ line, sku, lot, serials, quantity, reserved, picked, shipped, inTransit: inTransit(each) },
    ...{ received, held, disposedOf, damaged, lost, atOrigin, unitCost, isOut },
  };
};
