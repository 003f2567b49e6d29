/** What the sender of a command to a process that has a number and a status is told: where it is after it. */
export type ProcessTold = {
  readonly number: string;
  readonly version: number;
  readonly status: string;
  readonly events: readonly string[];
  readonly attention: readonly string[];
};
