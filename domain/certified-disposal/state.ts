import type { ExecutionState } from '../execution/state.ts';
import type { Instant } from '../time/duration.ts';
import type { CertifiedDisposalReason } from './attention.ts';
import type { Certificate, Witness, WitnessRole } from './certificate.ts';
import type { CertifiedDisposalOutcome, CertifiedDisposition, CertifiedTerms } from './events.ts';

export const certifiedDisposalStatuses = ['requested', 'handed_over', 'ending', 'closed'] as const;
export type CertifiedDisposalStatus = (typeof certifiedDisposalStatuses)[number];

/** A certified disposal as its events make it. Plain records and arrays: it crosses continue-as-new as JSON. */
export type CertifiedDisposalState = { readonly status: 'initial' } | Opened;

export type Opened = ExecutionState<CertifiedDisposalReason, CertifiedDisposalOutcome> & {
  readonly status: CertifiedDisposalStatus;
  readonly disposition: CertifiedDisposition;
  readonly organisation: string;
  readonly dutyClaimed: boolean;
  readonly terms: CertifiedTerms;
  /** Of the hand-over; null before it. Who handed over is no witness of what followed. */
  readonly handover: Handover | null;
  readonly certificate: Certificate | null;
  readonly witnesses: readonly Witness[];
  /** Reminders that are still to be given. */
  readonly reminders: readonly Instant[];
  /** When a person hears that a side takes too long; null while one knows, and at the end. */
  readonly dueAt: Instant | null;
};

export type Handover = { readonly document: string; readonly weightGrams: number | null; readonly by: string };

export const initialState: CertifiedDisposalState = { status: 'initial' };

/** The same state once it has begun. */
export const opened = (state: CertifiedDisposalState): Opened | null => (state.status === 'initial' ? null : state);

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
