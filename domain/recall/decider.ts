import type { Decider } from '../process/kind.ts';
import { decide } from './decide.ts';
import { effects } from './due.ts';
import { fold } from './evolve.ts';
import type { RecallProcess } from './kind.ts';
import { project } from './project.ts';
import { initialState, opened } from './state.ts';

/** The rules of a recall. It waits for nothing by the clock (its waves do), and moves neither stock nor money. */
export const recallDecider: Decider<RecallProcess> = {
  initial: initialState,
  opened,
  decide,
  fold,
  effects,
  deadlines: () => [],
  project,
  postings: () => ({ stock: [], money: [] }),
};
