import type { ExecutionOf } from '../execution/kind.ts';
import type { VendorReturnCommand } from './commands.ts';
import type { VendorReturnEvent, VendorReturnRequest } from './events.ts';
import type { Opened, VendorReturnState } from './state.ts';

/** What is of a vendor return's own. */
export type VendorReturnParts = {
  readonly state: VendorReturnState;
  readonly opened: Opened;
  readonly request: VendorReturnRequest;
  readonly command: VendorReturnCommand;
  readonly event: VendorReturnEvent;
};

/** A vendor return, as the shell of every process sees it. */
export type VendorReturnKind = ExecutionOf<VendorReturnParts>;
