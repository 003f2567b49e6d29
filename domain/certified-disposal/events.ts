import type { CommonEvent } from '../execution/events.ts';
import type { ItemAmount, WantedItem } from '../execution/item.ts';
import type { Currency } from '../money/money.ts';
import type { Recorded as RecordedOf } from '../process/kind.ts';
import type { Duration, Instant } from '../time/duration.ts';
import type { CertifiedDisposalReason, CertifiedDisposalResolution } from './attention.ts';
import type { Certificate, WitnessRole } from './certificate.ts';

/** Ends that somebody outside certifies. */
export const certifiedDispositions = ['donate', 'recycle', 'destroy'] as const;
export type CertifiedDisposition = (typeof certifiedDispositions)[number];

/** How long each side may take before a person hears of it, and how far weights may be apart, in basis points. */
export type CertifiedTerms = {
  /** Us, to hand the goods over. */
  readonly handoverWithin: Duration;
  /** The organisation, to certify what became of them. */
  readonly certificateWithin: Duration;
  /** When it is reminded of that, counted from the hand-over. */
  readonly reminders: readonly Duration[];
  /** Of what went into recycling, to what came out of it. */
  readonly massBasisPoints: number;
  /** Of what we handed over, to what is certified. */
  readonly weightBasisPoints: number;
};

/** What is donated, recycled or destroyed: items of one facility and currency. */
export type CertifiedDisposalRequest = {
  readonly disposition: CertifiedDisposition;
  readonly organisation: string;
  readonly facility: string;
  readonly currency: Currency;
  /** Duty on the goods is claimed back, which needs customs to see their destruction. */
  readonly dutyClaimed: boolean;
  readonly items: readonly WantedItem[];
  readonly terms: CertifiedTerms;
};

/** What happened to a certified disposal; the journal's content. */
export type CertifiedDisposalEvent =
  | { readonly type: 'requested'; readonly number: string; readonly request: CertifiedDisposalRequest }
  | { readonly type: 'handed_over'; readonly document: string; readonly weightGrams: number | null }
  /** We keep, or the organisation refuses, some of the items; their letting go comes with it. */
  | { readonly type: 'taken_back'; readonly items: number; readonly note: string | null }
  | { readonly type: 'sent_back'; readonly items: number; readonly note: string | null }
  | { readonly type: 'refused'; readonly note: string | null }
  | { readonly type: 'reminded'; readonly due: Instant }
  | { readonly type: 'certificate_recorded'; readonly certificate: Certificate }
  | { readonly type: 'certificate_rejected'; readonly certificate: string }
  | { readonly type: 'witnessed'; readonly role: WitnessRole; readonly reference: string | null }
  /** All is certified; what was paid for the materials is shared out over the items. */
  | { readonly type: 'completed'; readonly proceeds: readonly ItemAmount[] }
  | { readonly type: 'overdue'; readonly what: 'handover' | 'certificate' }
  | { readonly type: 'cancelled'; readonly note: string | null }
  | { readonly type: 'closed'; readonly outcome: CertifiedDisposalOutcome }
  | CommonEvent<CertifiedDisposalReason, CertifiedDisposalResolution>;

export const certifiedDisposalOutcomes = ['completed', 'refused', 'cancelled'] as const;
export type CertifiedDisposalOutcome = (typeof certifiedDisposalOutcomes)[number];

export type Recorded = RecordedOf<CertifiedDisposalEvent>;
