import type { Decider } from '../process/kind.ts';
import { decide } from './decide.ts';
import { deadlines, effects } from './due.ts';
import { fold } from './evolve.ts';
import type { CertifiedDisposalKind } from './kind.ts';
import { postings } from './postings.ts';
import { project } from './project.ts';
import { initialState, opened } from './state.ts';

/** The rules of a certified disposal. */
export const certifiedDisposalDecider: Decider<CertifiedDisposalKind> = {
  initial: initialState,
  opened,
  decide,
  fold,
  effects,
  deadlines,
  project,
  postings,
};
