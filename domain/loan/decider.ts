import type { Decider } from '../process/kind.ts';
import { decide } from './decide.ts';
import { deadlines, effects } from './due.ts';
import { fold } from './evolve.ts';
import type { LoanKind } from './kind.ts';
import { postings } from './postings.ts';
import { project } from './project.ts';
import { initialState, opened } from './state.ts';

/** The rules of a loan: goods that are ours and with somebody else for a time. */
export const loanDecider: Decider<LoanKind> = {
  initial: initialState,
  opened,
  decide,
  fold,
  effects,
  deadlines,
  project,
  postings,
};
