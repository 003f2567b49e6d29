import type { Decider } from '../process/kind.ts';
import { deadlines } from './deadlines.ts';
import { decide } from './decide.ts';
import { effects } from './effects.ts';
import { fold } from './fold.ts';
import type { ReturnKind } from './kind.ts';
import { postings } from './postings.ts';
import { project } from './project.ts';
import { initialState } from './state.ts';

/** The rules of a return. */
export const returnDecider: Decider<ReturnKind> = {
  initial: initialState,
  opened: (state) => (state.phase === 'initial' ? null : state),
  decide,
  fold,
  effects,
  deadlines,
  project,
  postings,
};
