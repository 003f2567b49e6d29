/** The type of the failure that a refused update ends with; its detail is the refusal. */
export const refusedFailure = 'refused';
/** An update without an argument that waits for the first decision; sent with the start. */
export const decisionUpdate = 'decision';
/** Queries: the whole state, and the story as markdown. */
export const stateQuery = 'state';
export const storyQuery = 'story';

/** The argument of each message: `commandId` never repeats in its process, `by` is an id (an API key's, a provider's name). */
export type Message<Command> = { readonly commandId: string; readonly by: string; readonly command: Command };

/** The request of a new process, and who made it by which command. */
export type Requested<Request> = { readonly commandId: string; readonly by: string; readonly request: Request };

/**
 * What a process that has a number is started with: `request` only for a new one, as one that is woken again finds its own in the
 * journal; `carried` over continue-as-new.
 */
export type NumberedArguments<State, Request> = {
  readonly number: string;
  readonly request: Requested<Request> | null;
  readonly carried?: { readonly state: State; readonly version: number };
};
