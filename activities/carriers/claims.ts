import { refused } from '../failures.ts';
import { type Intents, mayExist } from '../intents.ts';
import { ask, type Client, find } from './client.ts';
import { codeOf } from './failures.ts';
import type { Carriers } from './port.ts';
import { decimalOf } from './price.ts';
import { type Claim, claimAnswer } from './wire.ts';

/** Whom the insurer writes to about a claim. */
export type ClaimContact = { name: string; email: string };

/** Claims at EasyPost. A claim is one call without an idempotency key: only asking for our reference keeps it single. */
export function createClaims(
  client: Client,
  intents: Intents,
  contact: ClaimContact | undefined,
): Pick<Carriers, 'openClaim' | 'withdrawClaim'> {
  return {
    async openClaim({ reference, rma, tracking, kind, amount }) {
      const opened = ({ id, status }: Claim) => ({ reference, providerId: id, status });
      const intent = await intents.begin(reference, 'claim', rma);
      const known = mayExist(intent) ? await find((id) => client.Claim.retrieve(id), reference, claimAnswer) : null;
      if (known !== null) return opened(known);
      const claim = {
        reference,
        tracking_code: tracking,
        type: kind === 'lost' ? 'loss' : 'damage',
        amount: decimalOf(amount),
        description: kind === 'lost' ? 'Parcel lost in transit.' : 'Parcel damaged in transit.',
        payment_method: 'easypost_wallet',
        ...(contact === undefined ? {} : { contact_email: contact.email, recipient_name: contact.name }),
      };
      try {
        return opened(await ask(() => client.Claim.create(claim), claimAnswer));
      } catch (error) {
        // Whatever the insurer has against it (not insured, too late, no photographs), a person has to look.
        if (/^(CLAIM|INSURANCE)\./.test(codeOf(error) ?? '')) throw refused('carrier.refused', 'claim_not_allowed');
        throw error;
      }
    },
    async withdrawClaim({ reference, providerId }) {
      const known = await find((id) => client.Claim.retrieve(id), providerId ?? reference, claimAnswer);
      if (known === null) return { outcome: 'nothing' };
      if (known.status === 'cancelled') return { outcome: 'withdrawn' };
      try {
        await ask(() => client.Claim.cancel(known.id), claimAnswer);
        return { outcome: 'withdrawn' };
      } catch (error) {
        if (/^CLAIM\./.test(codeOf(error) ?? '')) return { outcome: 'already_decided' };
        throw error;
      }
    },
  };
}
