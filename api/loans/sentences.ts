import type { LoanReason } from '../../domain/loan/attention.ts';
import type { LoanEvent } from '../../domain/loan/events.ts';
import { unreachable } from '../../domain/unreachable.ts';
import { attentionSentence } from '../attention/sentence.ts';
import { moneyInWords } from '../money.ts';
import { minuteOf, words } from '../plain-words.ts';

/** What waits for a person in a loan, and why. */
export const loanSentences: Record<LoanReason, string> = {
  extension_asked: 'The borrower asks for a longer term: agree, or refuse.',
  loan_overdue: 'The term is over and goods are still with the borrower.',
  loan_return_refused: 'The return of the goods could not be started: try again, or see to it otherwise.',
  goods_not_back: 'A return of the loan has ended without all of its goods: ask for them again, or acknowledge.',
  borrower_owes: 'All goods have come to an end and the borrower owes money: say that it was paid, or give it up.',
  loan_repayment: 'All goods have come to an end and money is the borrower’s: pay it back and say so.',
  reconciliation: 'The books of the loan do not add up.',
};

/** What happened, as a person reads it. */
export function loanSentence(event: LoanEvent, currency: string): string {
  const money = (amount: number) => moneyInWords({ amount, currency });
  const sum = (units: readonly { readonly amount: number }[]) =>
    money(units.reduce((total, { amount }) => total + amount, 0));
  const names = (units: readonly { readonly unit: string }[]) => units.map(({ unit }) => unit).join(', ');
  switch (event.type) {
    case 'requested':
      return `${event.request.borrower} is to have ${event.request.units.length} unit(s) until ${minuteOf(event.request.until)}.`;
    case 'handed_over':
      return `Handed over: ${event.units.map(({ unit, grade }) => `${unit} as ${grade}`).join(', ')}.`;
    case 'deposit_taken':
      return `A deposit of ${money(event.amount)} was taken (${event.reference}).`;
    case 'reminded':
      return event.over
        ? `The borrower is reminded that the term ended at ${minuteOf(event.until)}.`
        : `The borrower is reminded that the term ends at ${minuteOf(event.until)}.`;
    case 'extension_asked':
      return `The borrower asks to keep the goods until ${minuteOf(event.until)}.`;
    case 'extension_agreed':
      return `Agreed ${event.by === 'terms' ? 'by the terms' : 'by a person'}: until ${minuteOf(event.until)}, for ${money(event.fee)}.`;
    case 'extension_refused':
      return 'The longer term was refused.';
    case 'term_ended':
      return 'The term is over.';
    case 'overdue':
      return 'The goods are overdue.';
    case 'fees_accrued':
      return `Overdue fees of ${sum(event.units)} for ${names(event.units)}, up to ${minuteOf(event.upTo)}.`;
    case 'return_wanted':
      return `${event.units.join(', ')} to come back (${words(event.why)}); a return is started.`;
    case 'return_started':
      return `They come back by return ${event.rma}.`;
    case 'return_retried':
      return 'The return is asked for again.';
    case 'return_withdrawn':
      return 'The return no longer waits for what will not come.';
    case 'return_given_up':
      return 'The return is not asked for any more.';
    case 'return_heard':
      return heard(event, money);
    case 'units_lost':
      return `Lost (${words(event.why)}): ${names(event.units)}, charged with ${sum(event.units)}.`;
    case 'units_found':
      return `Came back after all: ${names(event.units)}; ${sum(event.units)} are taken back.`;
    case 'units_bought':
      return `Bought by the borrower: ${names(event.units)}, for ${sum(event.units)}.`;
    case 'payment_recorded':
      return `The borrower paid ${money(event.amount)} (${event.reference}).`;
    case 'waived':
      return `${money(event.amount)} were waived.`;
    case 'deposit_set_off':
      return `The deposit of ${money(event.amount)} stands against what is owed.`;
    case 'repaid':
      return `${money(event.amount)} were paid back to the borrower.`;
    case 'written_off':
      return event.to === 'write_off'
        ? `${money(event.amount)} were written off.`
        : `${money(event.amount)} are collected by others.`;
    case 'let_go_reversed':
      return `${money(event.amount)} ${undone[event.to]}, as what it was for is taken back.`;
    case 'cancelled':
      return event.why === 'person' ? 'Cancelled.' : 'Nobody came for the goods before the term was over.';
    case 'reopened':
      return 'Open again, as there is news of its goods.';
    case 'reconciliation_required':
      return `Does not add up: ${event.disagreements.join('; ')}.`;
    case 'closed':
      return `Closed: ${event.outcome}.`;
    case 'attention_raised':
    case 'attention_resolved':
      return attentionSentence(event, loanSentences);
    default:
      return unreachable(event);
  }
}

function heard(
  { rma, came, inspected, ended }: Extract<LoanEvent, { type: 'return_heard' }>,
  money: (amount: number) => string,
): string {
  const parts = [
    ...came.map(({ unit }) => `${unit} is back`),
    ...inspected.map(({ unit, grade, damage }) => `${unit} is ${grade}, damage ${money(damage)}`),
    ...(ended ? ['the return has ended'] : []),
  ];
  return `Return ${rma}: ${parts.join('; ') || 'news'}.`;
}

const undone = {
  write_off: 'are no longer written off',
  external_collection: 'are not to be collected by others any more',
  goodwill: 'are no longer waived',
} as const;
