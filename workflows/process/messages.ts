/** The type of the failure that a refused update ends with; its detail is the refusal. */
export const refusedFailure = 'refused';
/** An update without an argument that waits for the first decision; sent with the start. */
export const decisionUpdate = 'decision';
/** Queries: the whole state, and the story as markdown. */
export const stateQuery = 'state';
export const storyQuery = 'story';

/** The argument of each message: `commandId` never repeats in its process, `by` is an id (an API key's, a provider's name). */
export type Message<Command> = { readonly commandId: string; readonly by: string; readonly command: Command };
