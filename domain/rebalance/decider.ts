import type { Decider } from '../process/kind.ts';
import { decide } from './decide.ts';
import { deadlines, effects } from './due.ts';
import { fold } from './evolve.ts';
import type { RebalanceKind } from './kind.ts';
import { project } from './project.ts';
import { initialState, opened } from './state.ts';

/** The rules of a rebalancing. It moves neither stock nor money: its transfers do. */
export const rebalanceDecider: Decider<RebalanceKind> = {
  initial: initialState,
  opened,
  decide,
  fold,
  effects,
  deadlines,
  project,
  postings: () => ({ stock: [], money: [] }),
};
