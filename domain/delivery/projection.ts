import type { AttentionRow } from '../process/attention-rows.ts';
import type { Instant } from '../time/duration.ts';

/** The rows of the read model that a step of a delivery changed; a pure function of its journal. */
export type DeliveryProjection = { readonly delivery: DeliveryRow; readonly attention: readonly AttentionRow[] };

export type DeliveryRow = {
  readonly tracking: string;
  readonly order: string;
  readonly carrier: string;
  readonly status: string;
  readonly reason: string | null;
  readonly carrierStatus: string | null;
  readonly attempts: number;
  readonly instruction: string | null;
  readonly holdUntil: Instant | null;
  readonly remedy: string | null;
  readonly rma: string | null;
  readonly outcome: string | null;
  readonly openedAt: Instant;
  readonly closedAt: Instant | null;
  readonly nextDeadline: Instant | null;
};
