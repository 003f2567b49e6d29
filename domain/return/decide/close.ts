import { claimsOf, followsClaims } from '../claims.ts';
import { openClawbacks } from '../claw-back.ts';
import { effects } from '../effects.ts';
import type { ReturnEvent } from '../events.ts';
import { isHoldOpen } from '../hold.ts';
import { outstanding } from '../parcel.ts';
import { raise } from '../raise.ts';
import { reconcile } from '../reconcile.ts';
import { isRepaired } from '../repair.ts';
import type { ClosingOutcome, Opened } from '../state.ts';

/** Closes a return once nothing is to come, to do, to pay or to ask, and its figures agree; else a person looks at it. */
export function closeReturn(state: Opened): readonly ReturnEvent[] {
  if (!isAtRest(state)) return [];
  const disagreements = reconcile(state);
  if (disagreements.length > 0) return disagree(state, disagreements);
  return [{ type: 'closed', outcome: outcomeOf(state) }];
}

/**
 * The database's own books disagree with the process: it stays open until a person has looked. One who was about to
 * close it is asked anew with what was found: else the same answer would try to close it for ever.
 */
export function ledgerDisagrees(state: Opened, detail: string): readonly ReturnEvent[] {
  if (state.phase === 'closed') return [];
  const asked = Object.values(state.attention).filter(({ reason }) => reason === 'reconciliation');
  return [
    ...asked.map(
      ({ attention }): ReturnEvent => ({ type: 'attention_resolved', attention, resolution: 'retry', note: null }),
    ),
    { type: 'reconciliation_required', disagreements: [detail] },
    ...raise({ ...state, attention: {} }, 'reconciliation', state.rma, detail),
  ];
}

function disagree(state: Opened, disagreements: readonly string[]): ReturnEvent[] {
  return [
    { type: 'reconciliation_required', disagreements },
    ...raise(state, 'reconciliation', state.rma, disagreements.join('; ')),
  ];
}

function isAtRest(state: Opened): boolean {
  const { lines, items, refunds, pickups, attention, exchange } = state;
  return (
    outstanding(state) === 0 &&
    state.disagreements.length === 0 &&
    Object.keys(attention).length === 0 &&
    Object.values(lines).every((line) => !line.reserving && line.dueUnits.length === 0) &&
    Object.values(items).every(
      (item) =>
        item.stage === 'disposed' && (item.settled || item.acceptance !== 'accepted' || isRepaired(state, item)),
    ) &&
    Object.values(refunds).every((refund) => ['succeeded', 'replaced', 'written_off'].includes(refund.state)) &&
    !(followsClaims(state) && claimsOf(state).some((claim) => claim.state === 'opened')) &&
    openClawbacks(state).length === 0 &&
    !isHoldOpen(state) &&
    (exchange === undefined || exchange.state === 'shipped' || exchange.state === 'dropped') &&
    Object.values(pickups).every((pickup) => pickup.state !== 'wanted' && pickup.state !== 'booked') &&
    effects(state).length === 0
  );
}

function outcomeOf(state: Opened): ClosingOutcome {
  const moved = Object.values(state.lines).some((line) => line.received + line.kept + line.missing > 0);
  if (moved || Object.keys(state.items).length > 0) return 'completed';
  if (state.withdrawn) return 'cancelled';
  if (state.hasExpired) return 'expired';
  return 'declined';
}
