import {
  ActivityFailure,
  ApplicationFailure,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
} from '@temporalio/workflow';
import type { CarrierActivities } from '../../activities/carriers/port.ts';
import type { FailureDetails } from '../../activities/failures.ts';
import type { CreditMemos } from '../../activities/journal/credit-memos.ts';
import type { Journal } from '../../activities/journal/port.ts';
import type { Cards, Payments, RefundIssued } from '../../activities/payments/port.ts';
import type { Stock } from '../../activities/stock/port.ts';
import type { StoreCredits } from '../../activities/store-credits/port.ts';
import type { Trips } from '../../activities/trips/port.ts';
import type { EffectOutcome } from '../../domain/return/commands.ts';
import type { Effect } from '../../domain/return/effects.ts';
import type { Opened } from '../../domain/return/state.ts';
import { creditOfRefund } from '../../domain/store-credit/credit.ts';
import { unreachable } from '../../domain/unreachable.ts';
import { reserveUnits } from './journal.ts';
import { returnWorkflowId } from './messages.ts';

type Outside = CarrierActivities & Payments & Cards & CreditMemos & Stock & StoreCredits & Pick<Trips, 'tellTrip'>;

/**
 * One quick attempt inside the workflow task. Its adapters give up well before this time-out, so it never runs beside
 * the attempt that follows it; and the task, which has ten seconds, needn't be asked for again before it ends.
 */
const quick = proxyLocalActivities<Outside>({ startToCloseTimeout: '7 seconds', retry: { maximumAttempts: 1 } });

/** The bounded schedule of technical faults: about a quarter of an hour, then a person decides. */
const patient = proxyActivities<Outside>({
  startToCloseTimeout: '40 seconds',
  scheduleToCloseTimeout: '30 minutes',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '2 minutes', maximumAttempts: 14 },
});

/** What the one quick attempt at an effect came to; null where it takes longer, or where nobody knows. */
export async function actQuickly(state: Opened, effect: Effect): Promise<EffectOutcome | null> {
  // A trip is told by a regular activity: its own worker may be this one, whose slot a local one would hold.
  if (effect.kind === 'cancel_pickup' && effect.ride !== undefined) return null;
  try {
    return await perform(quick, reserveUnits.quickly, state, effect);
  } catch (error) {
    return refusalOf(error);
  }
}

/** Carries out an effect that the quick attempt didn't do, and says what came of it; never fails. */
export async function actPatiently(state: Opened, effect: Effect): Promise<EffectOutcome> {
  try {
    return await perform(patient, reserveUnits.patiently, state, effect);
  } catch (error) {
    return refusalOf(error) ?? { type: 'unavailable', code: codeOf(error) };
  }
}

/** A trip of ours needn't collect the goods: it has them already, or it drives past. */
async function leaveTrip(
  outside: typeof quick | typeof patient,
  rma: string,
  effect: string,
  { trip, load }: { readonly trip: string; readonly load: string },
): Promise<EffectOutcome> {
  const by = returnWorkflowId(rma);
  const message = { commandId: `${by}:${effect}`, by, command: { type: 'withdraw', load } } as const;
  const told = await outside.tellTrip.executeWithOptions({ summary: effect }, [{ trip, message }]);
  return { type: 'pickup_cancelled', cancelled: told.type === 'accepted' };
}

async function perform(
  outside: typeof quick | typeof patient,
  reserve: Journal['reserveUnits'],
  state: Opened,
  effect: Effect,
): Promise<EffectOutcome> {
  const { rma, facility } = state;
  const summary = { summary: effect.key };
  switch (effect.kind) {
    case 'buy_label': {
      const { parcel, weightGrams, method } = effect;
      const reference = labelReference(rma, effect);
      const label = await outside.buyLabel.executeWithOptions(summary, [
        { reference, rma, parcel, facility, weightGrams, method },
      ]);
      const { carrier, tracking, providerId, cost } = label;
      return { type: 'label_bought', carrier, tracking, providerId, cost };
    }
    case 'void_label': {
      const { providerId } = effect;
      const { outcome } = await outside.voidLabel.executeWithOptions(summary, [
        { reference: labelReference(rma, effect), providerId },
      ]);
      return { type: 'label_voided', voided: outcome !== 'already_used' };
    }
    case 'book_pickup': {
      const { pickup, parcel, labelProviderId, windowStart, windowEnd } = effect;
      const reference = `${rma}:pickup:${pickup}`;
      const booked = await outside.bookPickup.executeWithOptions(summary, [
        { reference, rma, parcel, labelProviderId, windowStart, windowEnd },
      ]);
      return {
        type: 'pickup_booked',
        providerId: booked.providerId,
        confirmation: booked.confirmation,
        windowStart: booked.windowStart,
        windowEnd: booked.windowEnd,
        cost: booked.cost,
      };
    }
    case 'cancel_pickup': {
      const { pickup, providerId, ride } = effect;
      if (ride !== undefined) return await leaveTrip(outside, rma, effect.id, ride);
      const { outcome } = await outside.cancelPickup.executeWithOptions(summary, [
        { reference: `${rma}:pickup:${pickup}`, providerId },
      ]);
      return { type: 'pickup_cancelled', cancelled: outcome !== 'already_done' };
    }
    case 'open_claim': {
      const { of: kind, trackingNumber: tracking, amount, currency } = effect;
      const reference = claimReference(rma, effect);
      const claim = await outside.openClaim.executeWithOptions(summary, [
        { reference, rma, tracking, kind, amount: { amount, currency } },
      ]);
      return { type: 'claim_opened', providerId: claim.providerId };
    }
    case 'withdraw_claim': {
      const { providerId } = effect;
      const { outcome } = await outside.withdrawClaim.executeWithOptions(summary, [
        { reference: claimReference(rma, effect), providerId },
      ]);
      return { type: 'claim_withdrawn', withdrawn: outcome !== 'already_decided' };
    }
    case 'reserve_units': {
      const { line, orderLine, total, known } = effect;
      return {
        type: 'units_reserved',
        units: await reserve({ rma, wants: [{ line, orderLine, total, known }] }),
      };
    }
    case 'refund': {
      const { refund, providerPaymentId, amount, currency } = effect;
      const reference = refundReference(rma, refund);
      if (effect.ofCredit === true) {
        const { credit } = await outside.giveBackToCredit.executeWithOptions(summary, [
          { reference, rma, refund, payment: providerPaymentId, amount: { amount, currency } },
        ]);
        return { type: 'refunded', status: 'succeeded', providerId: credit };
      }
      const asked = { reference, rma, providerPaymentId, amount: { amount, currency } };
      return refunded(await outside.issueRefund.executeWithOptions(summary, [asked]));
    }
    case 'repay_charge': {
      const { item, charge: providerPaymentId, amount, currency } = effect;
      const reference = repaymentReference(rma, item);
      const asked = { reference, rma, providerPaymentId, amount: { amount, currency } };
      return refunded(await outside.issueRefund.executeWithOptions(summary, [asked]));
    }
    case 'issue_credit_memo': {
      const { refund, settlement, amount, currency } = effect;
      const reference = refundReference(rma, refund);
      const { creditMemo } = await outside.issueCreditMemo.executeWithOptions(summary, [
        { reference, rma, settlement, order: state.order, amount: { amount, currency } },
      ]);
      return creditMemo === null
        ? { type: 'refunded', status: 'pending', providerId: reference }
        : { type: 'refunded', status: 'succeeded', providerId: creditMemo };
    }
    case 'reserve_stock': {
      const { exchange, goods } = effect;
      const reference = stockReference(rma, exchange);
      const kept = await outside.reserveStock.executeWithOptions(summary, [{ reference, facility, goods }]);
      return { type: 'stock_reserved', facility: kept.facility };
    }
    case 'release_stock': {
      const { exchange, shipped } = effect;
      await outside.releaseStock.executeWithOptions(summary, [{ reference: stockReference(rma, exchange), shipped }]);
      return { type: 'stock_released' };
    }
    case 'take_back_credit': {
      const { clawback, refund, atMost } = effect;
      const credit = creditOfRefund({ rma, refund });
      const reference = `${rma}:take-back:${clawback}:${refund}`;
      const { taken } = await outside.takeBackCredit.executeWithOptions(summary, [{ reference, credit, atMost }]);
      return { type: 'credit_taken', taken };
    }
    case 'place_hold': {
      const { hold, providerPaymentId, amount, currency, consent } = effect;
      const request = { providerPaymentId, amount: { amount, currency }, consent };
      const { providerId } = await outside.placeHold.executeWithOptions(summary, [
        { reference: holdReference(rma, hold), rma, ...request },
      ]);
      return { type: 'hold_placed', providerId };
    }
    case 'charge_card': {
      const { clawback, providerPaymentId, amount, currency, consent } = effect;
      const request = { providerPaymentId, amount: { amount, currency }, consent };
      const { providerId } = await outside.chargeCard.executeWithOptions(summary, [
        { reference: `${rma}:charge:${clawback}`, rma, ...request },
      ]);
      return { type: 'card_charged', providerId };
    }
    case 'capture_hold': {
      const { hold, providerId, amount, currency } = effect;
      const request = { providerId, amount: { amount, currency } };
      await outside.captureHold.executeWithOptions(summary, [{ reference: `${rma}:capture:${hold}`, rma, ...request }]);
      return { type: 'hold_captured' };
    }
    case 'release_hold': {
      const { hold, providerPaymentId, providerId } = effect;
      const { released } = await outside.releaseHold.executeWithOptions(summary, [
        { reference: holdReference(rma, hold), providerPaymentId, providerId },
      ]);
      return { type: 'hold_released', released };
    }
    default:
      return unreachable(effect);
  }
}

const refunded = ({ status, providerId, reasonCode }: RefundIssued): EffectOutcome => ({
  ...{ type: 'refunded', status, providerId },
  ...(reasonCode === undefined ? {} : { code: reasonCode }),
});

/** Our reference of a refund at the provider; webhooks find the return and the refund by it. */
const refundReference = (rma: string, refund: string): string => `${rma}:refund:${refund}`;

/** That of paying back what a card was charged with; news of it are known by it. */
const repaymentReference = (rma: string, item: string): string => `${rma}:repay:${item}`;

const holdReference = (rma: string, hold: string): string => `${rma}:hold:${hold}`;

const stockReference = (rma: string, exchange: string): string => `${rma}:stock:${exchange}`;

const labelReference = (rma: string, { parcel, refusals }: { parcel: string; refusals: number }): string =>
  refusals === 0 ? `${rma}:label:${parcel}` : `${rma}:label:${parcel}:${refusals + 1}`;

/** A parcel that is lost once more gets a claim of its own, and so a reference of its own. */
const claimReference = (rma: string, { claim, round }: { claim: string; round: number }): string =>
  round === 1 ? `${rma}:claim:${claim}` : `${rma}:claim:${claim}:${round}`;

/** A provider's no, as opposed to a fault. */
function refusalOf(error: unknown): EffectOutcome | null {
  if (isCancellation(error)) throw error;
  const cause = causeOf(error);
  const refused = cause?.type?.endsWith('.refused') === true || cause?.type === 'payment.unknown_payment';
  return refused ? { type: 'refused', code: codeOf(error) } : null;
}

function codeOf(error: unknown): string {
  const [details] = (causeOf(error)?.details ?? []) as (FailureDetails | undefined)[];
  return details?.code ?? 'unknown';
}

/** What an activity threw: wrapped as a rule, bare where a local one ran out of time. */
function causeOf(error: unknown): ApplicationFailure | null {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  return cause instanceof ApplicationFailure ? cause : null;
}
