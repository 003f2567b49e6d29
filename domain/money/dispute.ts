import type { DisputeFacts, PaymentFacts } from '../sale/order.ts';

/** A dispute that has ended says more than one that is open; of two ends the loss is the one that moved money. */
const rank: Readonly<Record<DisputeFacts['status'], number>> = { open: 0, won: 1, lost: 2 };

/** Whether news of a dispute is newer than what is known of it; providers tell whole seconds, late, twice and out of order. */
function isNewer(news: DisputeFacts, known: DisputeFacts | undefined): boolean {
  if (known === undefined || news.at > known.at) return true;
  return news.at === known.at && rank[news.status] > rank[known.status];
}

/** A payment once news of one of its disputes was taken in; the same where it is none. */
export function withDispute(payment: PaymentFacts, news: DisputeFacts): PaymentFacts {
  const known = payment.disputes ?? [];
  const before = known.find(({ dispute }) => dispute === news.dispute);
  if (!isNewer(news, before)) return payment;
  const disputes = [...known.filter((each) => each !== before), news];
  return { ...payment, disputes, disputed: disputes.some(({ status }) => status === 'open') };
}

/** What the buyer got back through lost disputes, in minor units: never more than the payment itself. */
export function chargedBack({ captured, disputes = [] }: PaymentFacts): number {
  const lost = disputes.reduce((sum, { status, amount }) => sum + (status === 'lost' ? amount : 0), 0);
  return Math.min(captured, lost);
}

/** What of it no settlement counts as paid yet. */
export const uncountedChargeback = (payment: PaymentFacts): number =>
  Math.max(0, chargedBack(payment) - (payment.settledByChargeback ?? 0));

/** What can still be refunded to a payment, or given as store credit or other goods in its place. */
export const roomOf = (payment: PaymentFacts): number =>
  Math.max(0, payment.captured - payment.refunded - (payment.credited ?? 0) - chargedBack(payment));
