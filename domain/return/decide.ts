import { type Step, untilAtRest } from '../process/at-rest.ts';
import type { Decision as DecisionOf } from '../process/kind.ts';
import type { Instant } from '../time/duration.ts';
import { unreachable } from '../unreachable.ts';
import type { Envelope, ReturnCommand } from './commands.ts';
import { acceptItems, askAboutKits } from './decide/accept.ts';
import { addLine } from './decide/add-line.ts';
import { adjust, adjustSettled } from './decide/adjust.ts';
import { advance } from './decide/advance.ts';
import { askForSecond } from './decide/agree.ts';
import { attend } from './decide/attend.ts';
import { authorizeReturn, concludeReview, override, review } from './decide/authorize.ts';
import { cancel } from './decide/cancel.ts';
import { recordConsent, whatChargesNeed } from './decide/card-charge.ts';
import { changeQuantity } from './decide/change-quantity.ts';
import { addParcel, changeFacility, changeMethod } from './decide/change-way.ts';
import { reportClaim, whatClaimsNeed } from './decide/claim.ts';
import { clawBack, pursue, setOff, settleClawback } from './decide/claw-back.ts';
import { closeReturn, ledgerDisagrees } from './decide/close.ts';
import { reportPickup, track, whatCollectionNeeds } from './decide/collect.ts';
import { nextAtCounter } from './decide/counter.ts';
import { deadlinePassed } from './decide/deadline.ts';
import { confirmDisposition, dispose, whatDispositionNeeds } from './decide/dispose.ts';
import { disputeUpdated, holdTowardsGoods, thawRefunds, undoChargebacks } from './decide/disputed.ts';
import { recordEvidence } from './decide/evidence.ts';
import { dropExchange, payExchange, shipExchange, whatExchangeNeeds } from './decide/exchange.ts';
import { stopStock } from './decide/exchange-stock.ts';
import { recordRecovery, setFree, takeUp } from './decide/execution.ts';
import { handOn } from './decide/hand-on.ts';
import { whatHoldNeeds } from './decide/hold.ts';
import { inspect } from './decide/inspect.ts';
import { confirmItems, inspectItems } from './decide/many-items.ts';
import { resolveMoot } from './decide/moot.ts';
import { askForNewShipment, chooseRemedy, shipAnew } from './decide/new-shipment.ts';
import { effectEnded } from './decide/outcome.ts';
import { assignTrip, reportTrip } from './decide/own-trip.ts';
import { answerRepairQuote, quoteRepair, whatPaidRepairNeeds } from './decide/paid-repair.ts';
import { releaseGoods, stopGoods, whatRecallsBar } from './decide/recall.ts';
import { extend } from './decide/receipt-timer.ts';
import { receive } from './decide/receive.ts';
import { refreshPayments, refundUpdated } from './decide/refund.ts';
import { askForChoice, chooseForRejected } from './decide/rejection.ts';
import { endRepair, whatRepairNeeds } from './decide/repair.ts';
import { refreshBasket, settleWhatIsDue } from './decide/settle.ts';
import { recordWork } from './decide/work.ts';
import type { ReturnEvent } from './events.ts';
import { fold } from './fold.ts';
import type { Refusal } from './refusals.ts';
import { type Refused, refuse } from './refuse.ts';
import type { Opened, ReturnState } from './state.ts';

/** What a command leads to. */
export type Decision = DecisionOf<ReturnEvent, Refusal>;

/**
 * Decides a command: first what it says itself, then all that follows from it by the rules (accept, dispose, settle,
 * close), until nothing more does. Goods that are brought with a request are booked in and graded with it. Pure and total:
 * the same state and envelope give the same decision, and none throws.
 */
export function decide(state: ReturnState, envelope: Envelope): Decision {
  const { command } = envelope;
  let step = decideOne(state, envelope);
  const events: ReturnEvent[] = [];
  while (!('refusal' in step)) {
    events.push(...step.events);
    const next = command.type === 'request' ? nextAtCounter(step.state, command.request) : null;
    if (next === null) return { type: 'accepted', events };
    step = decideOne(step.state, { ...envelope, command: next });
  }
  return { type: 'refused', refusal: step.refusal };
}

function decideOne(state: ReturnState, envelope: Envelope): Step<ReturnState, ReturnEvent> | Refused {
  const direct = decideItself(state, envelope);
  return 'refusal' in direct ? direct : untilAtRest(byTheRules, state, direct, envelope);
}

type Message = Exclude<ReturnCommand, { type: 'request' }>;

function decideItself(state: ReturnState, { command, at, by }: Envelope): readonly ReturnEvent[] | Refused {
  if (command.type === 'request') {
    return state.phase === 'initial' ? authorizeReturn(command, at) : refuse('already_requested');
  }
  if (state.phase === 'initial') return refuse('unknown_return');
  return decideMessage(state, command, at, by);
}

function decideMessage(state: Opened, command: Message, at: Instant, by: string): readonly ReturnEvent[] | Refused {
  switch (command.type) {
    case 'review':
      return review(state, command.decisions);
    case 'override':
      return override(state, command.decisions);
    case 'cancel':
      return cancel(state, command.note);
    case 'change_method':
      return changeMethod(state, command, at);
    case 'change_facility':
      return changeFacility(state, command, at);
    case 'add_line':
      return addLine(state, command, at);
    case 'change_quantity':
      return changeQuantity(state, command, at);
    case 'add_parcel':
      return addParcel(state);
    case 'extend':
      return extend(state, command, at);
    case 'track':
      return track(state, command);
    case 'report_pickup':
      return reportPickup(state, command);
    case 'assign_trip':
      return assignTrip(state, command);
    case 'report_trip':
      return reportTrip(state, command);
    case 'report_claim':
      return reportClaim(state, command);
    case 'receive':
      return receive(state, command);
    case 'inspect':
      return inspect(state, command, by);
    case 'inspect_items':
      return inspectItems(state, command, at, by);
    case 'record_evidence':
      return recordEvidence(state, command);
    case 'dispose':
      return dispose(state, command, by);
    case 'confirm_disposition':
      return confirmDisposition(state, command, at);
    case 'confirm_items':
      return confirmItems(state, command, at, by);
    case 'take_up':
      return takeUp(state, command);
    case 'set_free':
      return setFree(state, command, by);
    case 'hand_on':
      return handOn(state, command);
    case 'record_work':
      return recordWork(state, command);
    case 'record_recovery':
      return recordRecovery(state, command);
    case 'resolve':
      return attend(state, command, { at, by });
    case 'deadline':
      return deadlinePassed(state, command.deadline, command.due, at);
    case 'refund_update':
      return refundUpdated(state, command, at);
    case 'dispute_update':
      return disputeUpdated(state, command);
    case 'adjust':
      return adjust(state, command);
    case 'settle_clawback':
      return settleClawback(state, command);
    case 'record_consent':
      return recordConsent(state, command);
    case 'choose_remedy':
      return chooseRemedy(state, command);
    case 'ship_anew':
      return shipAnew(state, command);
    case 'pay_exchange':
      return payExchange(state, command);
    case 'ship_exchange':
      return shipExchange(state, command, at);
    case 'drop_exchange':
      return dropExchange(state, command, at);
    case 'choose_for_rejected':
      return chooseForRejected(state, command);
    case 'end_repair':
      return endRepair(state, command);
    case 'quote_repair':
      return quoteRepair(state, command, at);
    case 'answer_repair_quote':
      return answerRepairQuote(state, command);
    case 'stop_goods':
      return stopGoods(state, command);
    case 'release_goods':
      return releaseGoods(state, command);
    case 'stop_stock':
      return stopStock(state, command.recall);
    case 'payments_changed':
      return refreshPayments(state, command.payments);
    case 'basket_changed':
      return refreshBasket(state, command.basket);
    case 'ledger_disagrees':
      return ledgerDisagrees(state, command.detail);
    case 'outcome':
      return effectEnded(state, command.effect, command.outcome, at);
    case 'sync':
      return [];
    default:
      return unreachable(command);
  }
}

/** What a return does without anybody asking, while it is open. */
const byTheRules = {
  fold,
  underWay: (state: ReturnState) => (state.phase === 'initial' || state.phase === 'closed' ? null : state),
  rules: [
    concludeReview,
    askForSecond,
    acceptItems,
    askAboutKits,
    whatPaidRepairNeeds,
    whatRepairNeeds,
    askForChoice,
    whatCollectionNeeds,
    whatClaimsNeed,
    whatDispositionNeeds,
    whatRecallsBar,
    clawBack,
    advance,
    settleWhatIsDue,
    askForNewShipment,
    adjustSettled,
    setOff,
    undoChargebacks,
    thawRefunds,
    holdTowardsGoods,
    whatExchangeNeeds,
    whatHoldNeeds,
    whatChargesNeed,
    pursue,
    resolveMoot,
    closeReturn,
  ],
};
