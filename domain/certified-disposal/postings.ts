import type { MoneyPosting } from '../ledger.ts';
import type { Postings } from '../process.ts';
import { proceedsOf } from './certificate.ts';
import type { Recorded } from './events.ts';
import { evolve } from './evolve.ts';
import type { CertifiedDisposalState, Opened } from './state.ts';

/**
 * What a certified disposal writes into the money ledger once all is certified: what the organisation charges us, and what
 * it pays for materials. The goods leave stock and books with their own returns; what a gift is worth nobody owes.
 */
export function postings(before: CertifiedDisposalState, recorded: readonly Recorded[], prefix: string): Postings {
  let state = before;
  const money = recorded.flatMap((each, index) => {
    state = evolve(state, each);
    const rows = state.status === 'initial' || each.event.type !== 'completed' ? [] : moneyOf(state);
    return rows.map((row, n) => ({ ...row, entry: `${prefix}/${index}/${n}` }));
  });
  return { stock: [], money };
}

function moneyOf({ certificate, currency }: Opened): Omit<MoneyPosting, 'entry'>[] {
  if (certificate === null) return [];
  const subject = certificate.certificate;
  const rows = [
    { debit: 'disposal_costs', credit: 'disposal_payable', amount: certificate.charge, currency, subject },
    { debit: 'cash_clearing', credit: 'recovery', amount: proceedsOf(certificate), currency, subject },
  ] as const;
  return rows.filter(({ amount }) => amount > 0);
}
