import type { CertifiedDisposalReason } from '../../domain/certified-disposal/attention.ts';
import type { Certificate } from '../../domain/certified-disposal/certificate.ts';
import type { CertifiedDisposalEvent } from '../../domain/certified-disposal/events.ts';
import { unreachable } from '../../domain/unreachable.ts';
import { sharedSentence } from '../executions/sentences.ts';
import { moneyInWords } from '../money.ts';
import { words } from '../plain-words.ts';

/** What waits for a person in a certified disposal, and why. */
export const certifiedDisposalSentences: Record<CertifiedDisposalReason, string> = {
  handover_late: 'The goods should have been handed over by now.',
  certificate_late: 'The organisation has the goods; its certificate, or a witness, is missing.',
  certificate_weight_differs:
    'The certificate names another weight than the one that was handed over: accept it, or reject the certificate.',
  item_stranded:
    'The return of an item does not take what it is told: look at the return, then try again or let it be.',
  goods_recalled:
    'A recall has stopped goods that are to be handed over: take them out; what is to be destroyed may go, once that is acknowledged.',
  reconciliation: 'The books of the disposal do not add up.',
};

const ends = { donate: 'as a gift', recycle: 'for recycling', destroy: 'to be destroyed' } as const;

/** What happened, as a person reads it. */
export function certifiedDisposalSentence(event: CertifiedDisposalEvent, currency: string): string {
  const amount = (minor: number) => moneyInWords({ amount: minor, currency });
  switch (event.type) {
    case 'requested':
      return `${event.request.organisation} is to get ${event.request.items.length} item(s), ${ends[event.request.disposition]}.`;
    case 'taken_back':
      return `${event.items} item(s) stay here.`;
    case 'sent_back':
      return `The organisation does not take ${event.items} item(s).`;
    case 'handed_over':
      return `Handed over with ${event.document}${event.weightGrams === null ? '' : `, ${event.weightGrams} g`}.`;
    case 'refused':
      return 'The organisation does not take the goods.';
    case 'reminded':
      return 'The organisation is to be reminded of its certificate.';
    case 'certificate_recorded':
      return certificateSentence(event.certificate, amount);
    case 'certificate_rejected':
      return `Certificate ${event.certificate} was rejected.`;
    case 'witnessed':
      return `${event.role === 'customs' ? 'Customs' : 'A witness'} saw the destruction${event.reference === null ? '' : ` (${event.reference})`}.`;
    case 'completed':
      return 'All is certified.';
    case 'cancelled':
      return 'Cancelled.';
    default:
      return sharedSentence(event, certifiedDisposalSentences);
  }
}

function certificateSentence(certificate: Certificate, amount: (minor: number) => string): string {
  const named = `${certificate.certificate} of ${certificate.issuedOn}`;
  switch (certificate.kind) {
    case 'donation':
      return `Donation receipt ${named}: worth ${amount(certificate.value)}.`;
    case 'recycling':
      return `Recycling certificate ${named}: of ${certificate.weightGrams} g came ${certificate.materials.map(({ material, grams }) => `${grams} g ${material}`).join(', ') || 'no material'} and ${certificate.residueGrams} g residue.`;
    case 'destruction':
      return `Destruction certificate ${named}: ${words(certificate.method)}.`;
    default:
      return unreachable(certificate);
  }
}
