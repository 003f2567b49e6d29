import type { Instant } from '../../time/duration.ts';
import type { TransferCommand } from '../commands.ts';
import type { TransferEvent } from '../events.ts';
import { isExpected } from '../questions.ts';
import { type Refused, refuse } from '../refusals.ts';
import { inTransit, isAtOrigin, isUnderWay, linesOf, type Opened, type TransferLine } from '../state.ts';

/** It is not to be after all: before the goods leave the origin is free again, afterwards they turn back. */
export function callOff(state: Opened, note: string | null, at: Instant): readonly TransferEvent[] | Refused {
  if (isAtOrigin(state)) return [{ type: 'cancelled', note }];
  if (!isUnderWay(state)) return refuse('transfer_closed');
  if (state.turnedBack) return refuse('turned_back_already');
  if (!isExpected(state)) return refuse('already_received');
  return [{ type: 'turned_back', note, arriveBy: backBy(state, at) }];
}

/** The way back takes as long as the way there was to. */
const backBy = ({ shipBy, arriveBy }: Opened, at: Instant): Instant =>
  new Date(Date.parse(at) + Date.parse(arriveBy) - Date.parse(shipBy)).toISOString();

/** What has nothing left to send came to nothing. */
export function endWithoutGoods(state: Opened): readonly TransferEvent[] {
  const isKept = state.status === 'reserved' || (state.status === 'picked' && !state.isPickedShort);
  const left = ({ picked, reserved }: TransferLine) => (state.status === 'picked' ? picked : reserved);
  const hasNothing = linesOf(state).every((line) => line.isOut || (isKept && left(line) === 0));
  return isAtOrigin(state) && hasNothing ? [{ type: 'cancelled', note: null }] : [];
}

/** Closes once no unit is under way or undecided, all stock was told, and nobody is asked anything. */
export function close(state: Opened): readonly TransferEvent[] {
  const { status, reservation, attention, disagreements } = state;
  const isQuiet = Object.keys(attention).length === 0 && disagreements.length === 0;
  if (reservation !== 'released' || !isQuiet) return [];
  if (status === 'cancelled') return [{ type: 'closed', outcome: 'cancelled' }];
  const isDone =
    status === 'receiving' &&
    linesOf(state).every((line) => inTransit(line) === 0) &&
    [state.holds, state.surpluses, state.toStock, state.toCorrect].every((left) => Object.keys(left).length === 0) &&
    Object.values(state.claims).every(({ paid }) => paid !== null);
  return isDone ? [{ type: 'closed', outcome: state.turnedBack ? 'turned_back' : 'received' }] : [];
}

/** The carrier has answered for what it lost. */
export function settleClaim(
  state: Opened,
  {
    claim: id,
    paid,
    currency = state.currency ?? undefined,
    reference,
  }: Extract<TransferCommand, { type: 'settle_claim' }>,
): readonly TransferEvent[] | Refused {
  const claim = Object.hasOwn(state.claims, id) ? state.claims[id] : undefined;
  if (claim === undefined) return refuse('unknown_claim', 'claim');
  if (claim.paid !== null) return refuse('claim_settled_already', 'claim');
  if (!Number.isSafeInteger(paid) || paid < 0) return refuse('quantity_not_valid', 'paid');
  if (paid > 0 && state.currency === null) return refuse('no_cost_known', 'paid');
  if (paid > 0 && currency !== state.currency) {
    return refuse('other_currency', 'amount', { asked: currency ?? '', available: state.currency ?? '' });
  }
  return [{ type: 'claim_settled', claim: id, paid, reference }];
}
