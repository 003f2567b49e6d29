import { type MoneyRow, posted } from '../money/money-row.ts';
import { posting } from '../money/postings.ts';
import { proceedsOf } from './certificate.ts';
import { evolve } from './evolve.ts';
import { type Opened, opened } from './state.ts';

/**
 * What a certified disposal writes into the money ledger once all is certified: what the organisation charges us, and what
 * it pays for materials. The goods leave stock and books with their own returns; what a gift is worth nobody owes.
 */
export const postings = posting({
  opened,
  evolve,
  moneyOf: (_, after, { type }) => (type === 'completed' ? moneyOf(after) : []),
});

function moneyOf({ certificate, currency }: Opened): MoneyRow[] {
  if (certificate === null) return [];
  const subject = certificate.certificate;
  return [
    ...posted('disposal_costs', 'disposal_payable', certificate.charge, currency, subject),
    ...posted('cash_clearing', 'recovery', proceedsOf(certificate), currency, subject),
  ];
}
