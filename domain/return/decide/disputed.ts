import { chargedBack, withDispute } from '../../money/dispute.ts';
import type { Instrument } from '../../policy/policy.ts';
import type { Instant } from '../../time/duration.ts';
import type { Resolution, ReturnCommand } from '../commands.ts';
import type { ReturnEvent } from '../events.ts';
import { legsTowards } from '../exchange.ts';
import { fold } from '../fold.ts';
import { raise } from '../raise.ts';
import type { Opened, RefundState } from '../state.ts';
import { payOtherwise, payOut } from './refund.ts';

/**
 * A provider's news of a dispute. What a closed return has paid is not undone by it; but where its bank gives back what such a
 * return counted as paid, that is due again.
 */
export function disputeUpdated(
  state: Opened,
  { payment, dispute }: Extract<ReturnCommand, { type: 'dispute_update' }>,
): readonly ReturnEvent[] {
  const known = state.payments.find((each) => each.payment === payment);
  if (known === undefined || withDispute(known, dispute) === known) return [];
  const noted: ReturnEvent = { type: 'dispute_noted', payment, dispute };
  if (state.phase !== 'closed') return [noted];
  const reopened: ReturnEvent = { type: 'reopened' };
  return countedTooMuch(after(state, [reopened, noted], dispute.at)) === undefined ? [] : [reopened, noted];
}

/**
 * A bank gives back what it took for a dispute that was lost before: what counted as paid by it is owed again, newest first, as far
 * as more is counted than it keeps, and goes the way that the rest of its settlement went. Where it keeps a part, which other
 * returns of the order may count, a person says what is paid, so that nothing is paid twice.
 */
export function undoChargebacks(state: Opened, at: Instant): readonly ReturnEvent[] {
  const leg = countedTooMuch(state);
  if (leg === undefined) return [];
  const failed: ReturnEvent = { type: 'refund_failed', refund: leg.refund, code: 'chargeback_reversed' };
  const undone = after(state, [failed], at);
  const keepsSome = state.payments.some((each) => each.payment === leg.payment && chargedBack(each) > 0);
  return keepsSome
    ? [failed, ...raise(undone, 'refund_failed', leg.refund, 'chargeback_reversed')]
    : [failed, ...replace(undone, leg, instrumentOf(state, leg), at)];
}

/** The newest refund that a chargeback was, of a payment of which more is counted as charged back than is. */
function countedTooMuch({ refunds, payments }: Opened): RefundState | undefined {
  const reversed = payments.filter((each) => (each.settledByChargeback ?? 0) > chargedBack(each));
  return Object.values(refunds).findLast(
    ({ to, payment: of, state }) =>
      to === 'chargeback' && state === 'succeeded' && reversed.some(({ payment }) => payment === of),
  );
}

/**
 * A refund whose payment's dispute has ended goes on: what a lost one gave the buyer counts as paid, the rest is paid as it
 * was to be.
 */
export function thawRefunds(state: Opened, at: Instant): readonly ReturnEvent[] {
  const isDisputed = (id: string | null) => state.payments.some(({ payment, disputed }) => payment === id && disputed);
  const frozen = Object.values(state.refunds).find(
    (refund) => refund.state === 'frozen' && !isDisputed(refund.payment),
  );
  return frozen === undefined ? [] : replace(state, frozen, instrumentOf(state, frozen), at);
}

/**
 * Credit towards goods that haven't gone out isn't given yet: what the dispute of a payment may give the buyer of it waits
 * for its end, and what one gave counts as paid.
 */
export function holdTowardsGoods(state: Opened, at: Instant): readonly ReturnEvent[] {
  for (const leg of legsTowards(state)) {
    const events = replace(withoutWrittenOff(state), leg, instrumentOf(state, leg), at);
    if (events.some(({ type }) => type === 'refund_frozen' || type === 'refund_succeeded')) return events;
  }
  return [];
}

/**
 * What a person wrote off of a disputed payment isn't kept back once more, slice by slice: a dispute gives the buyer no more
 * than the payment.
 */
const withoutWrittenOff = (state: Opened): Opened => ({
  ...state,
  payments: state.payments.map((each) =>
    each.disputed ? { ...each, refunded: each.refunded + writtenOffOf(state, each.payment) } : each,
  ),
});

const writtenOffOf = (state: Opened, payment: string): number =>
  Object.values(state.refunds)
    .filter((refund) => refund.payment === payment && refund.state === 'written_off')
    .reduce((sum, { amount }) => sum + amount, 0);

/** What waits for the end of a payment's dispute. */
export const frozenOn = (state: Opened, payment: string): RefundState[] =>
  Object.values(state.refunds).filter((refund) => refund.state === 'frozen' && refund.payment === payment);

/**
 * A person doesn't wait for a dispute's end: the provider is asked all the same (it says no where the dispute goes on),
 * store credit is given, or it is written off. The subject is the payment; a refund where it was raised for one.
 */
export function payDespiteDispute(
  state: Opened,
  subject: string,
  resolution: Resolution,
  at: Instant,
): readonly ReturnEvent[] {
  const frozen = frozenOn(state, subject);
  if (frozen.length === 0) return payOtherwise(state, subject, resolution);
  if (resolution === 'write_off') return frozen.map(({ refund }) => ({ type: 'refund_written_off', refund }));
  const events: ReturnEvent[] = [];
  for (const refund of frozen) {
    const now = after(state, events, at);
    const undisputed = { ...now, payments: now.payments.map((each) => ({ ...each, disputed: false })) };
    const instrument = resolution === 'store_credit' ? 'store_credit' : 'original';
    events.push(...replace(undisputed, refund, instrument, at));
  }
  return events;
}

/** Pays anew what a refund was to be. */
function replace(state: Opened, refund: RefundState, instrument: Instrument, at: Instant): ReturnEvent[] {
  const replaced = { type: 'refund_replaced', refund: refund.refund } as const;
  const released = after(state, [{ ...replaced, by: [] }], at);
  const { legs, events } = payOut(released, refund.settlement, refund.amount, instrument, refund.payment);
  return [{ ...replaced, by: legs }, ...events];
}

const instrumentOf = (state: Opened, { settlement }: RefundState): Instrument =>
  state.settlements[settlement]?.instrument ?? 'original';

const after = (state: Opened, events: readonly ReturnEvent[], at: Instant): Opened =>
  fold(
    state,
    events.map((event) => ({ at, by: '', event })),
  ) as Opened;
