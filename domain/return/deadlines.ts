import { rulesFor } from '../policy/rules-for.ts';
import { type Deadline, earliestFirst } from '../process/kind.ts';
import { after } from '../time/duration.ts';
import { claimsOf } from './claims.ts';
import { openClawbacks } from './claw-back.ts';
import { exchangeDueAt } from './exchange.ts';
import { holdDueAt } from './hold.ts';
import { categoryOf } from './item-category.ts';
import { openQuotes } from './paid-repair.ts';
import { awaitsHandover, isUnderWay, outstanding } from './parcel.ts';
import { isRaised } from './raise.ts';
import { openChoices } from './rejection.ts';
import type { Opened, ReturnState } from './state.ts';

/** All that the return waits for by the clock, the earliest first. */
export function deadlines(state: ReturnState): readonly Deadline[] {
  if (state.phase === 'initial' || state.phase === 'closed') return [];
  return [
    ...receiptTimer(state),
    ...carrierSilence(state),
    ...work(state),
    ...pendingRefunds(state),
    ...unansweredClaims(state),
    ...dunning(state),
    ...exchange(state),
    ...openChoices(state),
    ...openQuotes(state),
    ...goodsUnderHold(state),
  ].sort(earliestFirst);
}

function receiptTimer(state: Opened): Deadline[] {
  if (!awaitsHandover(state)) return [];
  const { reminders, escalation, expiry } = state.schedule;
  const [reminder] = reminders;
  return [
    ...(reminder === undefined ? [] : [{ deadline: 'reminder', at: reminder }]),
    ...(state.escalated ? [] : [{ deadline: 'escalation', at: escalation }]),
    { deadline: 'expiry', at: expiry },
  ];
}

/** A parcel without news is lost; so is one that the carrier says it delivered and that nobody received. */
function carrierSilence(state: Opened): Deadline[] {
  const parcels = outstanding(state) === 0 ? [] : Object.values(state.parcels).filter(isUnderWay);
  const pickups = Object.values(state.pickups).filter((pickup) => pickup.state === 'booked');
  return [
    ...parcels.flatMap((parcel) =>
      parcel.heardAt === null
        ? []
        : [{ deadline: `lost:${parcel.parcel}`, at: after(parcel.heardAt, state.policy.receipt.lostAfter) }],
    ),
    ...pickups.map((pickup) => ({
      deadline: `pickup:${pickup.pickup}`,
      at: after(pickup.windowEnd, state.policy.pickup.silence),
    })),
  ];
}

function work(state: Opened): Deadline[] {
  return Object.values(state.items).flatMap((item): Deadline[] => {
    if (item.overdue) return [];
    const { inspectionWithin, dispositionWithin } = rulesFor(state.policy, categoryOf(state, item));
    if (item.stage === 'received') {
      return [{ deadline: `inspection:${item.item}`, at: after(item.waitsSince, inspectionWithin) }];
    }
    // An execution has deadlines of its own.
    if (item.stage === 'disposing' && item.execution == null) {
      return [{ deadline: `disposition:${item.item}`, at: after(item.waitsSince, dispositionWithin) }];
    }
    return [];
  });
}

/** A claim that its carrier doesn't answer: a person has to ask. */
function unansweredClaims(state: Opened): Deadline[] {
  const { claimWithin } = state.policy.receipt;
  if (claimWithin === undefined) return [];
  return claimsOf(state).flatMap(({ claim, state: is, waitsSince, overdue }) =>
    is === 'opened' && waitsSince !== null && !overdue
      ? [{ deadline: `claim:${claim}`, at: after(waitsSince, claimWithin) }]
      : [],
  );
}

function pendingRefunds(state: Opened): Deadline[] {
  return Object.values(state.refunds).flatMap((refund) =>
    refund.state === 'requested' && refund.requestedAt !== null
      ? [{ deadline: `refund:${refund.refund}`, at: after(refund.requestedAt, state.policy.refund.pendingCheck) }]
      : [],
  );
}

/** The difference of an exchange is to be paid, or its goods are to be shipped. */
function exchange(state: Opened): Deadline[] {
  const at = exchangeDueAt(state);
  const id = state.exchange?.exchange ?? '';
  return at === null || isRaised(state, 'exchange_late', id) ? [] : [{ deadline: `exchange:${id}`, at }];
}

/** Goods that others went out for are to be here. */
function goodsUnderHold(state: Opened): Deadline[] {
  const at = holdDueAt(state);
  return at === null ? [] : [{ deadline: `hold:${state.hold?.hold}`, at }];
}

/** A buyer who owes us is reminded, then a person has it. */
function dunning(state: Opened): Deadline[] {
  const { dunning: times } = state.policy.refund;
  if (times === undefined) return [];
  return openClawbacks(state)
    .filter(({ clawback }) => !isRaised(state, 'clawback_unpaid', clawback))
    .map(({ clawback, reminders, since }) => ({
      deadline: `dunning:${clawback}`,
      at: after(since, times.reminders[reminders] ?? times.person),
    }));
}
