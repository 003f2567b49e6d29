import type { ExecutionProjection } from '../execution/projection.ts';
import type { ExecutionRefusal } from '../execution/refusals.ts';
import type { Telling, Told } from '../execution/telling.ts';
import type { ExecutionTold } from '../execution/told.ts';
import type { LiquidationCommand } from './commands.ts';
import type { LiquidationEvent } from './events.ts';
import type { LiquidationState, Opened } from './state.ts';

/** A liquidation, as the shell of every process sees it. */
export type LiquidationKind = {
  readonly state: LiquidationState;
  readonly opened: Opened;
  readonly command: LiquidationCommand;
  readonly event: LiquidationEvent;
  readonly refusal: ExecutionRefusal;
  readonly effect: Telling;
  readonly outcome: Told;
  readonly projection: ExecutionProjection;
  readonly told: ExecutionTold;
};
