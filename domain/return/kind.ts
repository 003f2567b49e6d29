import type { AttentionReason } from './attention.ts';
import type { EffectOutcome, ReturnCommand } from './commands.ts';
import type { Effect } from './effects.ts';
import type { ReturnEvent } from './events.ts';
import type { Projection } from './projection.ts';
import type { Refusal } from './refusals.ts';
import type { Opened, ReturnState } from './state.ts';
import type { GoodsStatus, MoneyStatus } from './status.ts';

/** What the sender of a command is told: where the return is after it. */
export type CommandOutcome = {
  readonly rma: string;
  readonly version: number;
  readonly goods: GoodsStatus;
  readonly money: MoneyStatus;
  readonly events: readonly string[];
  readonly attention: readonly AttentionReason[];
};

/** A return, as the shell of every process sees it. */
export type ReturnKind = {
  readonly state: ReturnState;
  readonly opened: Opened;
  readonly command: ReturnCommand;
  readonly event: ReturnEvent;
  readonly refusal: Refusal;
  readonly effect: Effect;
  readonly outcome: EffectOutcome;
  readonly projection: Projection;
  readonly told: CommandOutcome;
};
