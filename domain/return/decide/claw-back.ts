import { countUnits } from '../../goods/units.ts';
import { type SettledLine, settleLine } from '../../money/settlement.ts';
import { isBeingCharged } from '../card-charge.ts';
import { creditAsked, creditToTake, goneUnits, isForService, netGiven, openClawbacks } from '../claw-back.ts';
import type { EffectOutcome, ReturnCommand } from '../commands.ts';
import type { ClawbackCause, ServiceCause } from '../events/claw-back.ts';
import type { LineUnits } from '../events/lines.ts';
import type { Adjustment, RefundLeg } from '../events/money.ts';
import type { ReturnEvent } from '../events.ts';
import { find } from '../find.ts';
import { isBeingTaken } from '../hold.ts';
import { isRaised, raise } from '../raise.ts';
import { type Answer, refuse } from '../refuse.ts';
import type { Opened, RefundState } from '../state.ts';
import { settledAmount } from '../status.ts';

/** Claims back what was settled in advance for goods that won't come, or that came and were rejected. */
export function clawBack(state: Opened): readonly ReturnEvent[] {
  const goods = Object.values(state.lines)
    .map((line) => ({ line: line.line, units: goneUnits(state, line) }))
    .filter(({ units }) => countUnits(units) > 0);
  return goods.length === 0 ? [] : [claimUnits(state, goods)];
}

/** A claim for units that were settled and whose goods don't come, or not in time, or weren't accepted. */
export function claimUnits(state: Opened, goods: readonly LineUnits[]): ReturnEvent {
  const lines = goods.flatMap(({ line, units }) => {
    const { sold, reason, floor } = state.lines[line] ?? {};
    if (sold === undefined || reason === undefined) return [];
    return [settleLine({ line, sold, units, reason, grade: null, floor, policy: state.policy })];
  });
  return claim(state, { cause: 'not_returned', goods, items: [], lines });
}

type Claim = {
  readonly cause: ClawbackCause;
  readonly goods: readonly LineUnits[];
  readonly items: readonly string[];
  readonly lines: readonly SettledLine[];
};

/** A claim on the buyer, never of more than was given; the fee for the way back falls with the last of what it was taken from. */
export function claim(state: Opened, { cause, goods, items, lines }: Claim): ReturnEvent {
  const amount = lines.reduce((sum, line) => sum + line.amount, 0);
  const total = Math.min(amount, Math.max(0, netGiven(state)));
  const taken = Object.values(state.settlements).reduce((sum, settled) => sum + settled.shippingFee, 0);
  const fees = Object.values(state.clawbacks ?? {}).reduce((left, each) => left - each.shippingFee, taken);
  const shippingFee = cause === 'not_returned' ? Math.min(amount - total, fees) : 0;
  const forgone = amount - total - shippingFee;
  const clawback = nextClawback(state);
  const money = { amount: total, currency: state.currency };
  return { type: 'clawback_due', clawback, cause, goods, items, lines, shippingFee, forgone, total: money };
}

/** What a person claims by hand. */
export const claimByHand = (state: Opened, amount: number, adjustment: Adjustment): ReturnEvent => ({
  ...claimOf(state, 'adjusted', amount),
  adjustment,
});

/** What a buyer owes for something that we do: the way back of goods that weren't accepted, a repair. */
export const claimService = (
  state: Opened,
  cause: ServiceCause,
  amount: number,
  tax = 0,
): Extract<ReturnEvent, { type: 'clawback_due' }> => ({
  ...claimOf(state, cause, amount),
  ...(tax > 0 ? { tax } : {}),
});

/** A claim that is about no goods that were settled. */
const claimOf = (
  state: Opened,
  cause: ClawbackCause,
  amount: number,
): Extract<ReturnEvent, { type: 'clawback_due' }> => ({
  ...{ type: 'clawback_due', clawback: nextClawback(state), cause },
  ...{ goods: [], items: [], lines: [], shippingFee: 0, forgone: 0 },
  total: { amount, currency: state.currency },
});

const nextClawback = (state: Opened): string => `C${Object.keys(state.clawbacks ?? {}).length + 1}`;

/** A refund that isn't on its way, or credit towards goods that aren't, is set off against what the buyer owes, before anybody sends money either way. */
export function setOff(state: Opened): readonly ReturnEvent[] {
  const [owed] = openClawbacks(state);
  const refund = Object.values(state.refunds).find(
    ({ state: now, to }) => now === 'failed' || now === 'frozen' || (now === 'due' && to === 'exchange'),
  );
  if (owed === undefined || refund === undefined) return [];
  const amount = Math.min(owed.outstanding, refund.amount);
  const number = Object.values(state.refunds).filter(({ settlement }) => settlement === refund.settlement).length;
  const offset: RefundLeg = {
    refund: `${refund.settlement}-${number + 1}`,
    to: 'offset',
    payment: null,
    providerPaymentId: null,
    amount,
    clawback: owed.clawback,
  };
  const rest: RefundLeg = {
    ...legOf(refund),
    refund: `${refund.settlement}-${number + 2}`,
    amount: refund.amount - amount,
  };
  const by = rest.amount > 0 ? [offset, rest] : [offset];
  return [
    { type: 'refund_replaced', refund: refund.refund, by },
    { type: 'refund_succeeded', refund: offset.refund, providerId: null },
    ...(rest.amount > 0 ? stillNot(state, refund, rest.refund) : []),
  ];
}

const legOf = ({ refund, to, payment, providerPaymentId, amount }: RefundState): RefundLeg => ({
  refund,
  to,
  payment,
  providerPaymentId,
  amount,
});

/** What is left of a refund waits as the whole did. */
function stillNot(state: Opened, was: RefundState, refund: string): ReturnEvent[] {
  if (was.state === 'due') return [];
  if (was.state === 'frozen') return [{ type: 'refund_frozen', refund }];
  const code = was.code ?? 'failed_at_provider';
  const reason = was.to === 'nowhere' ? 'refund_over_payment' : 'refund_failed';
  return [{ type: 'refund_failed', refund, code }, ...raise(state, reason, refund, code)];
}

/** What was left of a store credit; where nobody could say, a person has it asked again. */
export function creditTaken(state: Opened, key: string, outcome: EffectOutcome): Answer {
  const ask = creditToTake(state);
  if (ask === null || creditAsked(state) !== key) return [];
  if (outcome.type === 'unavailable') return raise(state, 'payment_unavailable', key, outcome.code);
  const { clawback, refund } = ask;
  return [{ type: 'credit_taken_back', clawback, refund, amount: outcome.type === 'credit_taken' ? outcome.taken : 0 }];
}

/** Where the policy reminds nobody, a person has a claim at once. */
export function pursue(state: Opened): readonly ReturnEvent[] {
  if (state.policy.refund.dunning !== undefined) return [];
  const [unasked] = openClawbacks(state).filter(({ clawback }) => !isRaised(state, 'clawback_unpaid', clawback));
  return unasked === undefined ? [] : raise(state, 'clawback_unpaid', unasked.clawback);
}

/** The time of a reminder has come, or that of a person. */
export function remind(state: Opened, clawback: string): readonly ReturnEvent[] {
  const reminders = state.policy.refund.dunning?.reminders ?? [];
  const given = find(state.clawbacks ?? {}, clawback)?.reminders ?? 0;
  return given < reminders.length
    ? [{ type: 'clawback_reminded', clawback }]
    : raise(state, 'clawback_unpaid', clawback);
}

/** A person says how a claim ended. */
export function settleClawback(
  state: Opened,
  { clawback, how, note, reference }: Omit<Extract<ReturnCommand, { type: 'settle_clawback' }>, 'type'>,
): Answer {
  const owed = find(state.clawbacks ?? {}, clawback);
  if (owed === undefined) return refuse('unknown_clawback', 'clawback');
  if (owed.state !== 'open') return refuse('clawback_ended', 'clawback');
  // Unpaid, it is not done: then there is nothing to collect.
  if (how === 'external' && owed.cause === 'repair') return refuse('repair_not_collected', 'how');
  if (isBeingTaken(state) || isBeingCharged(owed)) return refuse('card_being_charged', 'clawback');
  if ((owed.creditsToAsk ?? []).length > 0) return refuse('credit_being_taken', 'clawback');
  // Nobody can have paid back what is still on its way to them.
  if (how === 'paid' && !isForService(owed.cause) && owed.outstanding > settledAmount(state))
    return refuse('refund_under_way', 'how');
  const named = reference === undefined ? {} : { reference };
  return [{ type: 'clawback_ended', clawback, how, amount: owed.outstanding, note, ...named }];
}
