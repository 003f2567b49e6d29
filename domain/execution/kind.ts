import type { NumberedOf } from '../process/numbered.ts';
import type { ExecutionProjection } from './projection.ts';
import type { ExecutionRefusal } from './refusals.ts';
import type { ExecutionState } from './state.ts';
import type { Telling, Told } from './telling.ts';

/** The types in which the kinds of executions differ. */
export type ExecutionParts = {
  readonly state: object;
  readonly opened: ExecutionState;
  readonly request: object;
  readonly command: { readonly type: string };
  readonly event: { readonly type: string };
};

/** The same with those in which they don't. */
export type ExecutionWhole<P extends ExecutionParts> = {
  readonly state: P['state'];
  readonly opened: P['opened'];
  readonly request: P['request'];
  readonly command: P['command'];
  readonly event: P['event'];
  readonly refusal: ExecutionRefusal;
  readonly effect: Telling;
  readonly outcome: Told;
  readonly projection: ExecutionProjection;
};

/** An execution, as the shell of every process sees it. */
export type ExecutionOf<P extends ExecutionParts> = NumberedOf<ExecutionWhole<P>>;
