import type { ProcessTold } from '../process/told.ts';
import type { OwnNews, RequestCommand } from './commands.ts';
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

/** An execution, as the shell of every process sees it. */
export type ExecutionOf<P extends ExecutionParts> = {
  readonly state: P['state'];
  readonly opened: P['opened'];
  readonly command: P['command'] | RequestCommand<P['request']> | OwnNews;
  readonly event: P['event'];
  readonly refusal: ExecutionRefusal;
  readonly effect: Telling;
  readonly outcome: Told;
  readonly projection: ExecutionProjection;
  readonly told: ProcessTold;
};
