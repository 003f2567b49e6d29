import type { NetworkOf } from '../network/kind.ts';
import type { LoanOutcomeOfEffect, OwnCommand } from './commands.ts';
import type { LoanEffect } from './due.ts';
import type { LoanEvent, LoanRequest } from './events.ts';
import type { LoanProjection } from './projection.ts';
import type { LoanRefusal } from './refusals.ts';
import type { LoanState, Opened } from './state.ts';

/** The types of a loan. */
export type LoanParts = {
  readonly state: LoanState;
  readonly opened: Opened;
  readonly request: LoanRequest;
  readonly command: OwnCommand;
  readonly event: LoanEvent;
  readonly refusal: LoanRefusal;
  readonly effect: LoanEffect;
  readonly outcome: LoanOutcomeOfEffect;
  readonly projection: LoanProjection;
};

/** A loan, as the shell of every process sees it. */
export type LoanKind = NetworkOf<LoanParts>;
