import type { ProcessTold } from '../process/told.ts';
import type { RecallCommand, RecallOutcomeOfEffect } from './commands.ts';
import type { RecallEffect } from './due.ts';
import type { RecallEvent } from './events.ts';
import type { RecallProjection } from './projection.ts';
import type { RecallRefusal } from './refusals.ts';
import type { Opened, RecallState } from './state.ts';

/** A recall, as the shell of every process sees it. */
export type RecallProcess = {
  readonly state: RecallState;
  readonly opened: Opened;
  readonly command: RecallCommand;
  readonly event: RecallEvent;
  readonly refusal: RecallRefusal;
  readonly effect: RecallEffect;
  readonly outcome: RecallOutcomeOfEffect;
  readonly projection: RecallProjection;
  readonly told: ProcessTold;
};
