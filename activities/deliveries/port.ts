import type { DeliveryFacts } from '../../domain/delivery/events.ts';
import type { DeliveryKind } from '../../domain/delivery/kind.ts';
import type { ReasonCode } from '../../domain/reasons.ts';
import type { OutboundParcel } from '../../domain/return/request.ts';
import type { JournalPage } from '../journal/port.ts';

/** What a delivery starts from: its journal where it has one, else what was sent in the parcel. */
export type OpenedDelivery =
  | { readonly type: 'known'; readonly rows: JournalPage<DeliveryKind> }
  | { readonly type: 'new'; readonly facts: DeliveryFacts }
  | { readonly type: 'unknown' };

/** What comes back of a delivery, and why. */
export type ComingBack = {
  readonly order: string;
  readonly lines: DeliveryFacts['lines'];
  readonly reason: ReasonCode;
  readonly outbound: OutboundParcel;
  readonly withdrawal: boolean;
};

export type StartedReturn =
  | { readonly type: 'return_started'; readonly rma: string }
  | { readonly type: 'refused'; readonly code: string };

/** The database and the returns, as deliveries see them. */
export interface Deliveries {
  openDelivery(input: { readonly tracking: string }): Promise<OpenedDelivery>;
  /**
   * Starts the return of goods that could not be delivered, and waits until it is decided. Throws while nobody answers;
   * repeated, it finds the return that it started.
   */
  startReturn(input: ComingBack): Promise<StartedReturn>;
}
