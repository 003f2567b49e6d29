import type { Decider } from '../process/kind.ts';
import { decide } from './decide.ts';
import { deadlines, effects } from './due.ts';
import { fold } from './evolve.ts';
import type { TransferKind } from './kind.ts';
import { postings } from './postings.ts';
import { project } from './project.ts';
import { initialState, opened } from './state.ts';

/** The rules of a transfer of goods between facilities. */
export const transferDecider: Decider<TransferKind> = {
  initial: initialState,
  opened,
  decide,
  fold,
  effects,
  deadlines,
  project,
  postings,
};
