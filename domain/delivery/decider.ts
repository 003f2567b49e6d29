import type { Decider } from '../process/kind.ts';
import { decide } from './decide.ts';
import { deadlines, effects } from './due.ts';
import { fold } from './evolve.ts';
import type { DeliveryKind } from './kind.ts';
import { project } from './project.ts';
import { initialState, opened } from './state.ts';

/** The rules of a delivery that went wrong. It moves neither stock nor money: its return does. */
export const deliveryDecider: Decider<DeliveryKind> = {
  initial: initialState,
  opened,
  decide,
  fold,
  effects,
  deadlines,
  project,
  postings: () => ({ stock: [], money: [] }),
};
