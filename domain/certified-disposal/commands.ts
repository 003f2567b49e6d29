import type { CommonCommand } from '../execution/commands.ts';
import type { Envelope as EnvelopeOf } from '../process/kind.ts';
import type { RequestCommand } from '../process/numbered.ts';
import type { CertifiedDisposalResolution } from './attention.ts';
import type { Certificate, WitnessRole } from './certificate.ts';
import type { CertifiedDisposalRequest } from './events.ts';

type Named = { readonly rma: string; readonly item: string };

/** A message to a certified disposal: from a person, a timer, or a return that was told something. */
export type CertifiedDisposalCommand =
  | RequestCommand<CertifiedDisposalRequest>
  | { readonly type: 'take_back'; readonly items: readonly Named[]; readonly note: string | null }
  | {
      readonly type: 'hand_over';
      /** The transfer note or waybill, by its number. */
      readonly document: string;
      /** As it was weighed; null where it wasn't. */
      readonly weightGrams: number | null;
      /** Items that stay here. */
      readonly kept: readonly Named[];
    }
  | {
      readonly type: 'decline';
      /** Null: all. */
      readonly items: readonly Named[] | null;
      readonly note: string | null;
    }
  | { readonly type: 'certify'; readonly certificate: Certificate }
  | { readonly type: 'witness'; readonly role: WitnessRole; readonly reference: string | null }
  | { readonly type: 'cancel'; readonly note: string | null }
  | CommonCommand<CertifiedDisposalResolution>;

export type Envelope = EnvelopeOf<CertifiedDisposalCommand>;
