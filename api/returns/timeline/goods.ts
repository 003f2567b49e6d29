import type { Evidence } from '../../../domain/goods/evidence.ts';
import type { ItemEvent } from '../../../domain/return/events/items.ts';
import type { NewShipmentEvent } from '../../../domain/return/events/new-shipment.ts';
import type { PaidRepairEvent } from '../../../domain/return/events/paid-repair.ts';
import type { RejectionEvent } from '../../../domain/return/events/rejection.ts';
import type { RepairEvent } from '../../../domain/return/events/repair.ts';
import type { StopSaleEvent } from '../../../domain/return/events/stop-sale.ts';
import type { WarrantyEvent } from '../../../domain/return/events/warranty.ts';
import type { RecalledGoods } from '../../../domain/return/recalled.ts';
import { unreachable } from '../../../domain/unreachable.ts';
import { moneyInWords } from '../../money.ts';
import { minuteOf, words } from '../../plain-words.ts';
import { instrumentWords, moneySentence, type PaidEvent } from './money.ts';
import { paidRepairSentence } from './paid-repair.ts';

type GoodsEvent =
  | ItemEvent
  | NewShipmentEvent
  | RejectionEvent
  | RepairEvent
  | PaidRepairEvent
  | StopSaleEvent
  | WarrantyEvent;

/** What happened to the goods of a return once they had come; where it is about money, what happened to that. */
export function goodsSentence(event: GoodsEvent | PaidEvent, currency: string): string {
  switch (event.type) {
    case 'parcel_received':
      return `Parcel ${event.parcel} received with ${sum(event.items)} unit(s)${event.partial ? '; more is to come' : ''}.`;
    case 'remedy_chosen':
      return event.remedy === 'refund' ? 'The goods are to be refunded.' : 'The goods are to be sent again.';
    case 'shipped_anew':
      return `Sent again with ${event.carrier}, tracking ${event.tracking}: ${sum(event.lines)} unit(s).`;
    case 'item_inspected':
      return `Item ${event.item} inspected: ${event.into.map((part) => `${part.quantity} of grade ${part.grade}${(part.found ?? []).map((found) => `, ${words(found)}`).join('')}`).join(', ')}.`;
    case 'inspection_confirmed':
      return `Another person came to the same grade for item ${event.item}.`;
    case 'inspection_overdue':
      return `Item ${event.item} waits too long for its inspection.`;
    case 'goods_stopped':
      return `Recall ${event.recall} has stopped goods of this return: ${goodsOut(event.goods)}.`;
    case 'goods_released':
      return `Recall ${event.recall} no longer stops goods of this return.`;
    case 'evidence_recorded':
      return evidenceSentence(event.item, event.evidence);
    case 'item_disposed':
      return `Item ${event.item} goes to ${words(event.choice.disposition)}${event.by === null ? '' : ', as a person chose'}.`;
    case 'item_worked_on':
      return `Item ${event.item} comes back from ${event.execution}: ${event.into.map(({ quantity, outcome, grade }) => `${quantity} ${words(outcome)}, grade ${grade}`).join('; ')}.`;
    case 'disposition_overdue':
      return `Item ${event.item} waits too long to be moved.`;
    case 'disposition_confirmed':
      if (event.disposition === 'restock') return `Item ${event.item} was put away at ${event.evidence}.`;
      return `Item ${event.item}: ${words(event.disposition)} confirmed (${event.evidence})${event.proceeds === undefined ? '' : `, for ${moneyInWords({ amount: event.proceeds, currency })}`}.`;
    case 'item_taken_up':
      return `Item ${event.item} was taken up by ${event.execution}.`;
    case 'item_set_free':
      return `Item ${event.item} was let go by ${event.execution} and waits again.`;
    case 'recovery_recorded':
      return `${moneyInWords({ amount: event.amount, currency })} came back from the ${event.from} for item ${event.item} (${event.reference}).`;
    case 'surplus_accepted':
      return `Item ${event.item}, of which nobody knew, is taken for line ${event.line}.`;
    case 'item_handed_on':
      return `Item ${event.item} is not of this return: ${event.receipt} has it${event.to === null ? '' : `, for return ${event.to}`}.`;
    case 'item_accepted':
      return `Item ${event.item} was accepted.`;
    case 'item_rejected':
      return `Item ${event.item} was not accepted.`;
    case 'warranty_carried_over':
      return `The warranty goes over to what was sent${event.serials.map(({ serial, until }) => `, ${serial} until ${minuteOf(until)}`).join('')}.`;
    case 'choice_due':
      return `The buyer is to choose by ${minuteOf(event.until)} what becomes of item ${event.item}, which is not accepted: ${event.offered.map(words).join(', ')}.`;
    case 'choice_made':
      return event.because === 'chosen'
        ? `The buyer chose for item ${event.item}: ${words(event.choice)}.`
        : `Nothing was chosen for item ${event.item} in time: ${words(event.choice)}.`;
    case 'repair_ended':
      return `Item ${event.item} is not repaired (${words(event.why)}); its owner is settled ${instrumentWords[event.instead]}.`;
    case 'replacement_wanted':
      return `To be replaced as it was not repaired: ${event.goods.map(({ sku, quantity }) => `${quantity} of ${sku}`).join(', ')}.`;
    case 'repair_returned':
      return `Item ${event.item} is back with its owner, repaired${event.serials.map(({ serial, until }) => `, ${serial} covered until ${minuteOf(until)}`).join('')}.`;
    case 'repair_quoted':
    case 'repair_quote_reminded':
    case 'repair_agreed':
    case 'repair_paid':
    case 'paid_repair_ended':
    case 'repair_repaid':
    case 'repair_repayment_refused':
    case 'returned_unrepaired':
      return paidRepairSentence(event);
    default:
      return moneySentence(event, currency);
  }
}

const sum = (items: readonly { readonly quantity: number }[]) => items.reduce((all, { quantity }) => all + quantity, 0);

function evidenceSentence(item: string, evidence: Evidence): string {
  switch (evidence.kind) {
    case 'data_wiped':
      return `Data on ${evidence.serials.length} device(s) of item ${item} were wiped: ${evidence.method} by ${evidence.tool}, certificate ${evidence.certificate}.`;
    case 'activation_unlocked':
      return `The activation lock of ${evidence.serials.length} device(s) of item ${item} is off (${evidence.certificate}).`;
    case 'recall_lifted':
      return `The recall no longer holds for item ${item} (${evidence.certificate}).`;
    default:
      return unreachable(evidence);
  }
}

const goodsOut = (goods: readonly RecalledGoods[]): string =>
  goods
    .map(
      ({ sku, lot, unread }) => `${lot === null ? (unread === true ? 'unread lots' : 'all') : `lot ${lot}`} of ${sku}`,
    )
    .join(', ');
