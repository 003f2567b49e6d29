import type { Envelope as EnvelopeOf } from '../process/kind.ts';
import type { OwnNews, RequestCommand } from '../process/numbered.ts';
import type { RebalanceResolution } from './attention.ts';
import type { PlanFigures, RebalanceRequest, TransfersSeen } from './events.ts';
import type { Edit } from './plan/network.ts';

/** What came of planning, of starting transfers, or of looking at them. */
export type RebalanceEffectOutcome =
  | ({ readonly type: 'planned' } & PlanFigures)
  | { readonly type: 'not_planned'; readonly code: string }
  | { readonly type: 'transfers_started'; readonly started: number; readonly refused: number }
  | ({ readonly type: 'transfers_seen' } & TransfersSeen);

/** A message to a rebalancing, from outside. */
export type OwnCommand =
  | { readonly type: 'edit'; readonly edits: readonly Edit[] }
  /** Of the plan that was looked at: a newer one isn't approved by it. */
  | { readonly type: 'approve'; readonly plan: number }
  | { readonly type: 'cancel'; readonly note: string | null }
  | {
      readonly type: 'resolve';
      readonly attention: string;
      readonly resolution: RebalanceResolution;
      readonly note: string;
    }
  | { readonly type: 'sync' };

export type RebalanceCommand = OwnCommand | RequestCommand<RebalanceRequest> | OwnNews<RebalanceEffectOutcome>;

export type Envelope = EnvelopeOf<RebalanceCommand>;
