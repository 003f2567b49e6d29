import type { ExecutionProjection } from '../execution/projection.ts';
import type { ExecutionRefusal } from '../execution/refusals.ts';
import type { Telling, Told } from '../execution/telling.ts';
import type { ExecutionTold } from '../execution/told.ts';
import type { VendorReturnCommand } from './commands.ts';
import type { VendorReturnEvent } from './events.ts';
import type { Opened, VendorReturnState } from './state.ts';

/** A vendor return, as the shell of every process sees it. */
export type VendorReturnKind = {
  readonly state: VendorReturnState;
  readonly opened: Opened;
  readonly command: VendorReturnCommand;
  readonly event: VendorReturnEvent;
  readonly refusal: ExecutionRefusal;
  readonly effect: Telling;
  readonly outcome: Told;
  readonly projection: ExecutionProjection;
  readonly told: ExecutionTold;
};
