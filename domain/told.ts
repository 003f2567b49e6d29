/** What the sender of a command to an execution is told: where it is after it. */
export type ExecutionTold = {
  readonly number: string;
  readonly version: number;
  readonly status: string;
  readonly events: readonly string[];
  readonly attention: readonly string[];
};
