import type { ExecutionOf } from '../execution/kind.ts';
import type { LiquidationCommand } from './commands.ts';
import type { LiquidationEvent, LiquidationRequest } from './events.ts';
import type { LiquidationState, Opened } from './state.ts';

/** What is of a liquidation's own. */
export type LiquidationParts = {
  readonly state: LiquidationState;
  readonly opened: Opened;
  readonly request: LiquidationRequest;
  readonly command: LiquidationCommand;
  readonly event: LiquidationEvent;
};

/** A liquidation, as the shell of every process sees it. */
export type LiquidationKind = ExecutionOf<LiquidationParts>;
