import type { TrackingStatus } from './commands.ts';
import { isRaised } from './raise.ts';
import type { Opened, ParcelState } from './state.ts';

const underWay: readonly TrackingStatus[] = ['in_transit', 'out_for_delivery', 'available_for_pickup', 'delivered'];

/** The news says that the carrier has it, or that it delivered it. */
export const isScan = (status: TrackingStatus): boolean => underWay.includes(status);

/** Its label is there or about to be, and nobody has used it. */
export const isUsable = ({ label, scanned, received }: ParcelState): boolean =>
  (label === 'wanted' || label === 'bought' || label === 'refused') && !scanned && !received;

/** It was scanned and is neither here nor given up: expiry waits for it, and the lost timer runs. */
export const isUnderWay = (parcel: ParcelState): boolean => parcel.scanned && !parcel.received && !parcel.lost;

export const outstanding = (state: Opened): number =>
  Object.values(state.lines).reduce((sum, line) => sum + line.outstanding, 0);

/** Goods are still to come, nothing is on its way, and nobody is asked about a lost parcel: the receipt timer counts. */
export function awaitsHandover(state: Opened): boolean {
  if (state.phase !== 'open' || outstanding(state) === 0) return false;
  return !Object.values(state.parcels).some(
    (parcel) => isUnderWay(parcel) || isRaised(state, 'parcel_lost', parcel.parcel),
  );
}
