import type { DeliveryCommand, DeliveryOutcomeOfEffect } from './commands.ts';
import type { DeliveryEffect } from './due.ts';
import type { DeliveryEvent } from './events.ts';
import type { DeliveryProjection } from './projection.ts';
import type { DeliveryRefusal } from './refusals.ts';
import type { DeliveryState, Opened } from './state.ts';

/** A delivery that went wrong, as the shell of every process sees it. */
export type DeliveryKind = {
  readonly state: DeliveryState;
  readonly opened: Opened;
  readonly command: DeliveryCommand;
  readonly event: DeliveryEvent;
  readonly refusal: DeliveryRefusal;
  readonly effect: DeliveryEffect;
  readonly outcome: DeliveryOutcomeOfEffect;
  readonly projection: DeliveryProjection;
  readonly told: DeliveryTold;
};

/** What the sender of a command is told: where the delivery is after it. */
export type DeliveryTold = {
  readonly tracking: string;
  readonly version: number;
  readonly status: string;
  readonly events: readonly string[];
  readonly attention: readonly string[];
};
