import type { Decider } from '../process/kind.ts';
import { decide } from './decide.ts';
import { deadlines, effects } from './due.ts';
import { fold } from './evolve.ts';
import type { TripKind } from './kind.ts';
import { project } from './project.ts';
import { initialState, opened } from './state.ts';

/** The rules of a trip. It moves neither stock nor money: the returns and transfers that ride on it do. */
export const tripDecider: Decider<TripKind> = {
  initial: initialState,
  opened,
  decide,
  fold,
  effects,
  deadlines,
  project,
  postings: () => ({ stock: [], money: [] }),
};
