import type { ExecutionProjection } from '../execution/projection.ts';
import type { ExecutionRefusal } from '../execution/refusals.ts';
import type { Telling, Told } from '../execution/telling.ts';
import type { ExecutionTold } from '../execution/told.ts';
import type { RefurbishmentCommand } from './commands.ts';
import type { RefurbishmentEvent } from './events.ts';
import type { Opened, RefurbishmentState } from './state.ts';

/** A refurbishment, as the shell of every process sees it. */
export type RefurbishmentKind = {
  readonly state: RefurbishmentState;
  readonly opened: Opened;
  readonly command: RefurbishmentCommand;
  readonly event: RefurbishmentEvent;
  readonly refusal: ExecutionRefusal;
  readonly effect: Telling;
  readonly outcome: Told;
  readonly projection: ExecutionProjection;
  readonly told: ExecutionTold;
};
