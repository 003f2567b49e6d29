import type { ExecutionOf } from '../execution/kind.ts';
import type { CertifiedDisposalCommand } from './commands.ts';
import type { CertifiedDisposalEvent, CertifiedDisposalRequest } from './events.ts';
import type { CertifiedDisposalState, Opened } from './state.ts';

/** What is of a certified disposal's own. */
export type CertifiedDisposalParts = {
  readonly state: CertifiedDisposalState;
  readonly opened: Opened;
  readonly request: CertifiedDisposalRequest;
  readonly command: CertifiedDisposalCommand;
  readonly event: CertifiedDisposalEvent;
};

/** A certified disposal, as the shell of every process sees it. */
export type CertifiedDisposalKind = ExecutionOf<CertifiedDisposalParts>;
