import type { NetworkOf } from '../network/kind.ts';
import type { NetworkProjection } from '../network/projection.ts';
import type { OwnCommand, RebalanceEffectOutcome } from './commands.ts';
import type { RebalanceEffect } from './due.ts';
import type { RebalanceEvent, RebalanceRequest } from './events.ts';
import type { RebalanceRefusal } from './refusals.ts';
import type { Opened, RebalanceState } from './state.ts';

/** What is of a rebalancing's own. */
export type RebalanceParts = {
  readonly state: RebalanceState;
  readonly opened: Opened;
  readonly request: RebalanceRequest;
  readonly command: OwnCommand;
  readonly event: RebalanceEvent;
  readonly refusal: RebalanceRefusal;
  readonly effect: RebalanceEffect;
  readonly outcome: RebalanceEffectOutcome;
  readonly projection: NetworkProjection;
};

/** A rebalancing, as the shell of every process sees it. */
export type RebalanceKind = NetworkOf<RebalanceParts>;
