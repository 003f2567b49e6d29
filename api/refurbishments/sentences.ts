import type { RefurbishmentReason } from '../../domain/refurbishment/attention.ts';
import type { ItemUnits, RefurbishmentEvent } from '../../domain/refurbishment/events.ts';
import { sharedSentence } from '../executions/sentences.ts';
import { moneyInWords } from '../money.ts';
import { minuteOf, words } from '../plain-words.ts';

/** What waits for a person in a refurbishment, and why. */
export const refurbishmentSentences: Record<RefurbishmentReason, string> = {
  work_late: 'The work should be done by now.',
  parts_late: 'The parts that the work waits for should have come by now.',
  work_not_worth_it:
    'The work costs more than it brings: raise the budget with a reason, or give it up. Without an answer it is given up.',
  hold_long: 'The goods at the bench have been on hold for long.',
  item_stranded:
    'The return of an item does not take what became of it: look at the return, then try again or let it be.',
  goods_recalled:
    'A recall has stopped goods at the bench: they are on hold; give up what is left, so that their returns have them again.',
  reconciliation: 'The books of the refurbishment do not add up.',
};

const some = ({ quantity, item, rma }: ItemUnits): string => `${quantity} unit(s) of item ${item} of ${rma}`;

/** What happened, as a person reads it. */
export function refurbishmentSentence(event: RefurbishmentEvent, currency: string): string {
  const amount = (minor: number) => moneyInWords({ amount: minor, currency });
  switch (event.type) {
    case 'requested':
      return `${event.request.items.length} item(s) of ${event.request.sku} are asked for, to ${words(event.request.disposition)} at ${event.request.party}.`;
    case 'begun':
      return 'The work has begun.';
    case 'estimated':
      return `${event.minutes} minute(s) of work and ${amount(event.parts)} of parts are still expected.`;
    case 'part_used':
      return `${event.quantity} × ${event.sku} were built in, for ${amount(event.cost)}.`;
    case 'labour_booked':
      return `${event.minutes} minute(s) of work, for ${amount(event.cost)}.`;
    case 'charge_booked':
      return `${event.reference}: ${amount(event.amount)} were charged.`;
    case 'parts_awaited':
      return `Waits for ${event.sku} until ${minuteOf(event.until)}.`;
    case 'parts_arrived':
      return 'The parts are here.';
    case 'over_budget':
      return `Costs more than it brings: ${amount(event.worth.spent)} spent and ${amount(event.worth.expected)} expected, for ${amount(event.worth.budget)}.`;
    case 'budget_raised':
      return `A person granted ${amount(event.by)} more.`;
    case 'put_on_hold':
      return `On hold (${event.code}).`;
    case 'hold_lifted':
      return 'The hold was lifted.';
    case 'test_failed':
      return `${some(event.units)} did not pass the test.`;
    case 'units_finished':
      return `${some(event.units)}: ${words(event.outcome)}.`;
    case 'taken_apart':
      return `Item ${event.item} of ${event.rma} was taken apart: ${event.parts.map(({ sku, quantity, cost }) => `${quantity} × ${sku} at ${amount(cost)}`).join(', ')}.`;
    case 'work_ended':
      return `The work has ended: goods are carried ${amount(event.capitalised)} higher, ${amount(event.expensed)} are an expense.`;
    case 'cancelled':
      return `Cancelled${event.partsBack ? '; its parts are back in stock' : ''}.`;
    default:
      return sharedSentence(event, refurbishmentSentences);
  }
}
