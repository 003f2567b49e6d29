import type { WorkTerms } from './events.ts';

/** What a refurbishment waits for where nothing else was agreed: starting points, to be replaced by a merchant's own. */
export const defaultWorkTerms: WorkTerms = { finishWithin: 'P14D', decideWithin: 'P2D', holdWithin: 'P7D' };
