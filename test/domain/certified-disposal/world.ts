import type {
  CertifiedDisposalReason,
  CertifiedDisposalResolution,
} from '../../../domain/certified-disposal/attention.ts';
import type { Certificate } from '../../../domain/certified-disposal/certificate.ts';
import { certifiedDisposalDecider } from '../../../domain/certified-disposal/decider.ts';
import type {
  CertifiedDisposalRequest,
  CertifiedDisposition,
  CertifiedTerms,
} from '../../../domain/certified-disposal/events.ts';
import type { CertifiedDisposalParts } from '../../../domain/certified-disposal/kind.ts';
import { defaultCertifiedTerms } from '../../../domain/certified-disposal/terms.ts';
import { Execution, three } from '../execution/world.ts';

export const terms: CertifiedTerms = defaultCertifiedTerms;

/** A certified disposal driven by hand, beside what the ledger would hold. */
export class Journey extends Execution<CertifiedDisposalParts> {
  constructor() {
    super(certifiedDisposalDecider);
    this.as('key_1');
  }

  request(disposition: CertifiedDisposition, more: Partial<CertifiedDisposalRequest> = {}): this {
    const request = {
      ...{ disposition, organisation: 'RECYCLER', facility: 'RC-1', currency: 'EUR', dutyClaimed: false },
      ...{ items: three, terms, ...more },
    };
    return this.send({ type: 'request', number: 'CD-7K3M-Q9TX-C', request });
  }

  resolve(reason: CertifiedDisposalReason, resolution: CertifiedDisposalResolution): this {
    return this.send({ type: 'resolve', attention: this.openFor(reason), resolution, note: 'N' });
  }

  handedOver(
    disposition: CertifiedDisposition,
    more: Partial<CertifiedDisposalRequest> = {},
    weightGrams = 3000,
  ): this {
    this.request(disposition, more).returnsAnswer();
    return this.send({ type: 'hand_over', document: 'WB-1', weightGrams, kept: [] });
  }

  certify(certificate: Certificate): this {
    return this.send({ type: 'certify', certificate });
  }
}

const document = { certificate: 'CERT-1', issuedOn: '2026-03-01', charge: 0 };

export const aReceipt = { ...document, kind: 'donation', value: 4500 } as const satisfies Certificate;

/** Of 3 kg came 2.2 kg of two materials and 0.8 kg of residue. */
export const aRecycling = (
  more: Partial<Extract<Certificate, { kind: 'recycling' }>> = {},
): Extract<Certificate, { kind: 'recycling' }> => ({
  ...document,
  kind: 'recycling',
  weightGrams: 3000,
  materials: [
    { material: 'copper', grams: 700 },
    { material: 'abs', grams: 1500 },
  ],
  residueGrams: 800,
  proceeds: 0,
  ...more,
});

export const aDestruction: Certificate = { ...document, kind: 'destruction', method: 'shredded', weightGrams: null };
