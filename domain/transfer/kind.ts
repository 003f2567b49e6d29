import type { NetworkOf } from '../network/kind.ts';
import type { NetworkProjection } from '../network/projection.ts';
import type { TransferCommand, TransferEffectOutcome } from './commands.ts';
import type { TransferEffect } from './due.ts';
import type { TransferEvent } from './events.ts';
import type { TransferRefusal } from './refusals.ts';
import type { TransferRequest } from './request.ts';
import type { Opened, TransferState } from './state.ts';

/** What is of a transfer's own. */
export type TransferParts = {
  readonly state: TransferState;
  readonly opened: Opened;
  readonly request: TransferRequest;
  readonly command: TransferCommand;
  readonly event: TransferEvent;
  readonly refusal: TransferRefusal;
  readonly effect: TransferEffect;
  readonly outcome: TransferEffectOutcome;
  readonly projection: NetworkProjection;
};

/** A transfer, as the shell of every process sees it. */
export type TransferKind = NetworkOf<TransferParts>;
