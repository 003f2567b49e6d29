import type { PaidRepairEvent } from '../../../domain/return/events/paid-repair.ts';
import { unreachable } from '../../../domain/unreachable.ts';
import { moneyInWords } from '../../money.ts';
import { minuteOf, words } from '../../plain-words.ts';

/** What happened to goods that their owner pays to have mended, as a person reads it. */
export function paidRepairSentence(event: PaidRepairEvent): string {
  switch (event.type) {
    case 'repair_quoted':
      return `Mending item ${event.item} costs ${moneyInWords(event.total)} (${words(event.because)}): its owner is to answer by ${minuteOf(event.until)}${diagnosisOf(event)}.`;
    case 'repair_quote_reminded':
      return `Reminder: the quote for item ${event.item} waits for its owner’s answer.`;
    case 'repair_agreed':
      return event.clawback === null
        ? `Its owner agreed that item ${event.item} is mended, which costs nothing.`
        : `Its owner agreed to the quote for item ${event.item}: it is mended once ${event.clawback} is paid.`;
    case 'repair_paid':
      return `${moneyInWords(event.received)} are paid for item ${event.item}: it may be mended.`;
    case 'paid_repair_ended':
      return `Item ${event.item} is not mended (${words(event.why)})${event.repay.amount === 0 ? '' : `; its owner gets ${moneyInWords(event.repay)} back`}.`;
    case 'repair_repaid':
      return `Its owner got ${moneyInWords(event.amount)} back that were paid for item ${event.item}.`;
    case 'repair_repayment_refused':
      return `The card that paid for item ${event.item} cannot take it back (${words(event.code)}).`;
    case 'returned_unrepaired':
      return `Item ${event.item} is back with its owner as it came.`;
    default:
      return unreachable(event);
  }
}

const diagnosisOf = ({ diagnosis }: Extract<PaidRepairEvent, { type: 'repair_quoted' }>): string =>
  diagnosis.amount === 0 ? '' : `; who doesn’t agree owes ${moneyInWords(diagnosis)} for having it looked at`;
