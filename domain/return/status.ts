import { claimedBack } from './claw-back.ts';
import { isUnderWay } from './parcel.ts';
import { isRepaired } from './repair.ts';
import type { Opened, ReturnState } from './state.ts';

/** The headline of the goods' track: the least advanced item's state. */
export const goodsStatuses = [
  'requested',
  'in_review',
  'declined',
  'authorized',
  'collecting',
  'in_transit',
  'received',
  'inspected',
  'disposed',
  'closed',
  'cancelled',
  'expired',
  'lost',
  'reconciliation_required',
] as const;
export type GoodsStatus = (typeof goodsStatuses)[number];

/** The headline of the money's track: how much of what is due has been settled. */
export const moneyStatuses = ['none', 'partial', 'full'] as const;
export type MoneyStatus = (typeof moneyStatuses)[number];

/** Derived, never kept beside the items: where the goods are. */
export function goodsStatus(state: ReturnState): GoodsStatus {
  switch (state.phase) {
    case 'initial':
      return 'requested';
    case 'in_review':
      return 'in_review';
    case 'declined':
      return 'declined';
    case 'closed':
      return state.outcome === null || state.outcome === 'completed' ? 'closed' : state.outcome;
    case 'open':
      return state.disagreements.length > 0 ? 'reconciliation_required' : openStatus(state);
  }
}

function openStatus(state: Opened): GoodsStatus {
  if (Object.values(state.lines).some((line) => line.outstanding > 0)) return outstandingStatus(state);
  if (Object.keys(state.items).length === 0) return withoutGoods(state);
  const stages = new Set(Object.values(state.items).map((item) => item.stage));
  if (stages.has('received')) return 'received';
  return stages.has('inspected') || stages.has('disposing') ? 'inspected' : 'disposed';
}

/** Nothing came and nothing will, but there is still something to pay, to give back or to ask. */
function withoutGoods(state: Opened): GoodsStatus {
  const lines = Object.values(state.lines);
  if (lines.some((line) => line.missing > 0)) return 'lost';
  if (lines.some((line) => line.kept > 0 || line.reserving)) return 'authorized';
  return state.withdrawn ? 'cancelled' : state.hasExpired ? 'expired' : 'authorized';
}

function outstandingStatus(state: Opened): GoodsStatus {
  const parcels = Object.values(state.parcels);
  if (parcels.some((parcel) => parcel.lost)) return 'lost';
  if (parcels.some(isUnderWay)) return 'in_transit';
  return parcels.some((parcel) => parcel.label === 'bought' && !parcel.received) ? 'collecting' : 'authorized';
}

export function moneyStatus(state: ReturnState): MoneyStatus {
  if (state.phase === 'initial') return 'none';
  const settled = settledAmount(state);
  if (settled === 0) return 'none';
  const refunds = Object.values(state.refunds);
  const unpaid = refunds.some((refund) =>
    ['due', 'frozen', 'requested', 'failed', 'written_off'].includes(refund.state),
  );
  const items = Object.values(state.items).some(
    (item) => !item.settled && item.acceptance !== 'rejected' && item.line !== null && !isRepaired(state, item),
  );
  const outstanding = Object.values(state.lines).some((line) => line.outstanding > 0 || line.dueUnits.length > 0);
  const owed = Object.values(state.clawbacks ?? {}).some(({ state: now }) => now === 'open');
  return unpaid || items || outstanding || owed ? 'partial' : 'full';
}

/**
 * Minor units that have reached the buyer, less what the buyer has paid back; none where a bank returned a refund after the
 * buyer had paid for it.
 */
export function settledAmount(state: Opened): number {
  const given = Object.values(state.refunds)
    .filter((refund) => refund.state === 'succeeded' && refund.to !== 'offset')
    .reduce((sum, refund) => sum + refund.amount, 0);
  return Math.max(
    0,
    claimedBack(state).reduce((sum, { paid }) => sum - paid, given),
  );
}
