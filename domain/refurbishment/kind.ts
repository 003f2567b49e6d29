import type { ExecutionOf } from '../execution/kind.ts';
import type { RefurbishmentCommand } from './commands.ts';
import type { RefurbishmentEvent, RefurbishmentRequest } from './events.ts';
import type { Opened, RefurbishmentState } from './state.ts';

/** What is of a refurbishment's own. */
export type RefurbishmentParts = {
  readonly state: RefurbishmentState;
  readonly opened: Opened;
  readonly request: RefurbishmentRequest;
  readonly command: RefurbishmentCommand;
  readonly event: RefurbishmentEvent;
};

/** A refurbishment, as the shell of every process sees it. */
export type RefurbishmentKind = ExecutionOf<RefurbishmentParts>;
