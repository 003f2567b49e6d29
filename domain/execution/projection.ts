import type { Disposition } from '../goods/disposition.ts';
import type { AttentionRow } from '../process/attention-rows.ts';
import type { Instant } from '../time/duration.ts';
import type { ItemState } from './item.ts';

/** The kinds of executions: each ends some dispositions. */
export const executionKinds = ['vendor_return', 'liquidation', 'certified_disposal', 'refurbishment'] as const;
export type ExecutionKind = (typeof executionKinds)[number];

/** The rows of the read model that a step of an execution changed; a pure function of its journal. */
export type ExecutionProjection = {
  readonly execution: ExecutionRow;
  readonly executionItems: readonly ExecutionItemRow[];
  /** Of a certified disposal, once its goods were handed over; absent where there is none. */
  readonly certificates?: readonly CertificateRow[];
  readonly attention: readonly AttentionRow[];
};

export type ExecutionRow = {
  readonly number: string;
  readonly kind: ExecutionKind;
  readonly disposition: Disposition;
  /** Null while nobody gets the goods yet. */
  readonly party: string | null;
  readonly facility: string;
  readonly currency: string;
  readonly status: string;
  readonly reference: string | null;
  readonly tracking: string | null;
  readonly expected: number;
  readonly received: number;
  readonly writtenOff: number;
  readonly requestedAt: Instant;
  readonly closedAt: Instant | null;
  readonly nextDeadline: Instant | null;
  readonly outcome: string | null;
  /** Of work on goods: what it may cost and has cost, in minor units. */
  readonly budget?: number;
  readonly spent?: number;
};

export type ExecutionItemRow = {
  readonly rma: string;
  readonly item: string;
  readonly sku: string;
  readonly quantity: number;
  readonly lot: string | null;
  readonly grade: string | null;
  readonly cost: number;
  readonly expected: number;
  readonly received: number;
  readonly state: ItemState;
  readonly code: string | null;
  /** Of work on goods: how many of its units are done, by how that ended. */
  readonly mended?: number;
  readonly beyondRepair?: number;
  readonly givenUp?: number;
};

/** What is known of the hand-over and the certificate of a certified disposal; weights in grams, amounts in minor units. */
export type CertificateRow = {
  readonly kind: string | null;
  readonly certificate: string | null;
  readonly issuedOn: string | null;
  readonly handedOverBy: string;
  readonly handedOverGrams: number | null;
  readonly weightGrams: number | null;
  readonly materials: readonly { readonly material: string; readonly grams: number }[];
  readonly materialGrams: number | null;
  readonly residueGrams: number | null;
  readonly massBasisPoints: number;
  readonly value: number | null;
  readonly charge: number | null;
  readonly proceeds: number | null;
  readonly method: string | null;
  readonly dutyClaimed: boolean;
  readonly witnesses: readonly { readonly role: string; readonly by: string; readonly reference: string | null }[];
};
