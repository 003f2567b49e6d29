import { after } from '../../../domain/time/duration.ts';
import { assignmentsFor } from '../../../domain/trip/assignments.ts';
import { consolidate } from '../../../domain/trip/consolidate.ts';
import { tripDecider } from '../../../domain/trip/decider.ts';
import type { Candidate } from '../../../domain/trip/insertion.ts';
import type { TripKind } from '../../../domain/trip/kind.ts';
import { planOf } from '../../../domain/trip/state.ts';
import { Driven } from '../driven.ts';
import { aPlan, clock } from './world.ts';

const { effects, deadlines } = tripDecider;

/** A trip driven by hand: that of the plan, from five in the morning. */
export class Drive extends Driven<TripKind> {
  constructor() {
    const request = { ...aPlan(), depot: 'DC-1', vehicle: 'VAN-7', currency: 'EUR' };
    super(tripDecider, { type: 'request', number: 'TP-1', request });
    this.at = clock(-60);
  }

  wait(duration: string): this {
    this.at = after(this.at, duration);
    return this;
  }

  /** Its clock has come to a deadline. */
  fires(deadline: string): this {
    const due = deadlines(this.state).find((each) => each.deadline === deadline)?.at ?? this.at;
    if (due > this.at) this.at = due;
    return this.send({ type: 'deadline', deadline, due });
  }

  /** What a plan has it collect besides. */
  take(candidates: readonly Candidate[]): this {
    const plan = consolidate([{ trip: 'TP-1', plan: planOf(this.now) }], candidates, { most: {}, expected: {} });
    for (const { command } of assignmentsFor(plan, candidates)) this.send(command);
    return this;
  }

  /** Every process that is spoken to takes it, and no other trip passes. */
  answered(): this {
    for (let due = effects(this.state); due.length > 0; due = effects(this.state)) {
      for (const { key, kind } of due) {
        const outcome =
          kind === 'place_again'
            ? ({ type: 'not_placed', code: 'too_dear' } as const)
            : ({ type: 'accepted' } as const);
        this.send({ type: 'outcome', effect: key, outcome });
      }
    }
    return this;
  }
}
