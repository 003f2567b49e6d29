import type { ExecutionProjection } from '../execution/projection.ts';
import type { ExecutionRefusal } from '../execution/refusals.ts';
import type { Telling, Told } from '../execution/telling.ts';
import type { ExecutionTold } from '../execution/told.ts';
import type { CertifiedDisposalCommand } from './commands.ts';
import type { CertifiedDisposalEvent } from './events.ts';
import type { CertifiedDisposalState, Opened } from './state.ts';

/** A certified disposal, as the shell of every process sees it. */
export type CertifiedDisposalKind = {
  readonly state: CertifiedDisposalState;
  readonly opened: Opened;
  readonly command: CertifiedDisposalCommand;
  readonly event: CertifiedDisposalEvent;
  readonly refusal: ExecutionRefusal;
  readonly effect: Telling;
  readonly outcome: Told;
  readonly projection: ExecutionProjection;
  readonly told: ExecutionTold;
};
