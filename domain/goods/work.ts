import type { Disposition, DispositionChoice } from './disposition.ts';
import type { ConditionFacts, Grade } from './grading.ts';

/** Dispositions that are work on goods: at a bench of ours, or at a refurbisher's. */
export const workDispositions = [
  'rework',
  'refurbish',
  'repair_and_return',
  'harvest_parts',
] as const satisfies readonly Disposition[];
export type WorkDisposition = (typeof workDispositions)[number];

export const isWork = (disposition: Disposition | undefined): disposition is WorkDisposition =>
  workDispositions.some((each) => each === disposition);

/**
 * How work on a unit ended: `mended`, it passed its test; `beyond_repair`, it is scrap; `given_up`, mending it costs more
 * than it brings, and it is as it was.
 */
export const workOutcomes = ['mended', 'beyond_repair', 'given_up'] as const;
export type WorkOutcome = (typeof workOutcomes)[number];

/** Some units of an item, and what became of them. */
export type WorkResult = {
  readonly quantity: number;
  readonly serials: readonly string[];
  readonly outcome: WorkOutcome;
  /** What they are like now; null where nobody has looked: as they were, but defective where they are beyond repair. */
  readonly facts: ConditionFacts | null;
  /** Minor units by which they are carried higher for the work on them. */
  readonly added: number;
};

/** What an item has been through since it was graded. */
export type WorkDone = {
  readonly disposition: WorkDisposition;
  readonly outcome: WorkOutcome;
  /** How often its units were refurbished under this return. */
  readonly refurbished: number;
  readonly added: number;
  /** The grade in which it came back. */
  readonly found: Grade;
};

/**
 * What refurbishing an item brings over its best other way, before any part or labour, in minor units: the budget of the
 * work. Null where refurbishing wasn't weighed, as nobody knows then.
 */
export function gainOfWork({ alternatives }: Pick<DispositionChoice, 'alternatives'>): number | null {
  const refurbished = alternatives.find(({ disposition }) => disposition === 'refurbish');
  if (refurbished === undefined) return null;
  const others = alternatives.filter(({ disposition }) => disposition !== 'refurbish').map(({ net }) => net);
  return Math.max(0, refurbished.price - refurbished.decay - Math.max(...others, 0));
}

/** Whether work on goods is worth going on with: the figures that the answer is made of, in minor units. */
export type Worth = {
  /** What the work may cost: the gain of all units that it is about, or what a person has granted. */
  readonly budget: number;
  readonly spent: number;
  /** What is still expected to be spent. */
  readonly expected: number;
};

/** Work that has cost and will cost more than it brings is given up. */
export const isWorthIt = ({ budget, spent, expected }: Worth): boolean => spent + expected <= budget;
