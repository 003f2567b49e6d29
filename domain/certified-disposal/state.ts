import type { Instant } from '../duration.ts';
import type { Items } from '../execution/item.ts';
import type { Currency } from '../money.ts';
import type { CertifiedDisposalReason } from './attention.ts';
import type { Certificate, Witness, WitnessRole } from './certificate.ts';
import type { CertifiedDisposalOutcome, CertifiedDisposition, CertifiedTerms } from './events.ts';

export const certifiedDisposalStatuses = ['requested', 'handed_over', 'ending', 'closed'] as const;
export type CertifiedDisposalStatus = (typeof certifiedDisposalStatuses)[number];

/** A certified disposal as its events make it. Plain records and arrays: it crosses continue-as-new as JSON. */
export type CertifiedDisposalState = { readonly status: 'initial' } | Opened;

export type Opened = {
  readonly status: CertifiedDisposalStatus;
  readonly number: string;
  readonly disposition: CertifiedDisposition;
  readonly organisation: string;
  readonly facility: string;
  readonly currency: Currency;
  readonly dutyClaimed: boolean;
  readonly terms: CertifiedTerms;
  readonly items: Items;
  /** Of the hand-over; null before it. Who handed over is no witness of what followed. */
  readonly handover: Handover | null;
  readonly certificate: Certificate | null;
  readonly witnesses: readonly Witness[];
  /** Reminders that are still to be given. */
  readonly reminders: readonly Instant[];
  /** When a person hears that a side takes too long; null while one knows, and at the end. */
  readonly dueAt: Instant | null;
  /** What it will have come to once every return knows; null while it is under way. */
  readonly ending: CertifiedDisposalOutcome | null;
  readonly outcome: CertifiedDisposalOutcome | null;
  readonly disagreements: readonly string[];
  /** Open ones only. */
  readonly attention: Readonly<
    Record<
      string,
      {
        readonly attention: string;
        readonly reason: CertifiedDisposalReason;
        readonly subject: string;
        readonly raisedAt: Instant;
      }
    >
  >;
  readonly attentionRaised: number;
  readonly requestedAt: Instant;
  readonly closedAt: Instant | null;
};

export type Handover = { readonly document: string; readonly weightGrams: number | null; readonly by: string };

export const initialState: CertifiedDisposalState = { status: 'initial' };

/** Who has to see it: for a destruction somebody, and customs where duty is claimed back. */
const witnessesNeeded = ({ disposition, dutyClaimed }: Opened): readonly WitnessRole[] => {
  if (disposition !== 'destroy') return [];
  return dutyClaimed ? ['witness', 'customs'] : ['witness'];
};

/** Witnesses that are still needed. */
export const witnessesMissing = (state: Opened): readonly WitnessRole[] =>
  witnessesNeeded(state).filter((role) => state.witnesses.every((each) => each.role !== role));

/** The certificate and every witness are there. */
export const isProved = (state: Opened): boolean => state.certificate !== null && witnessesMissing(state).length === 0;
