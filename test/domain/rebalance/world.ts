import type { RebalanceCommand, RebalanceEffectOutcome } from '../../../domain/rebalance/commands.ts';
import { rebalanceDecider } from '../../../domain/rebalance/decider.ts';
import type { PlanFigures, RebalanceRequest } from '../../../domain/rebalance/events.ts';
import type { RebalanceKind } from '../../../domain/rebalance/kind.ts';
import { Driven } from '../driven.ts';

export const aRequest: RebalanceRequest = {
  currency: 'EUR',
  terms: { horizonDays: 14, perSpareUnit: 0 },
};

export const figures = (transfers: number): PlanFigures => ({
  ...{ positions: 40, lines: transfers, units: 3 * transfers, transfers, cost: 500, saving: 2_000, mostSaving: 2_100 },
  ...{ excess: 4, excessWorth: 800 },
});

export const anEdit = { sku: 'MUG', origin: 'A', destination: 'B', trip: null, quantity: 0 } as const;

/** A rebalancing, driven by hand. */
export class Balancing extends Driven<RebalanceKind> {
  constructor() {
    super(rebalanceDecider, { type: 'request', number: 'RB-1', request: aRequest });
  }

  /** What it asks for first comes to this. */
  comes(outcome: RebalanceEffectOutcome): this {
    const [effect] = rebalanceDecider.effects(this.state);
    return this.send({ type: 'outcome', effect: effect?.key ?? 'none', outcome });
  }

  planned = (transfers: number): this => this.comes({ type: 'planned', ...figures(transfers) });
  approve = (plan = this.now.plan): this => this.send({ type: 'approve', plan });
  started = (started: number, refused = 0): this => this.comes({ type: 'transfers_started', started, refused });
  seen = (ended: number, late = 0): this =>
    this.comes({ type: 'transfers_seen', ended, late, received: ended, lost: 0 });

  /** The next time that something is due by the clock. */
  wait(): this {
    const [due] = rebalanceDecider.deadlines(this.state);
    if (due === undefined) return this;
    this.at = due.at;
    return this.send({ type: 'deadline', deadline: due.deadline, due: due.at });
  }

  resolve = (resolution: Extract<RebalanceCommand, { type: 'resolve' }>['resolution'], attention = 'A1'): this =>
    this.send({ type: 'resolve', attention, resolution, note: 'N' });
}
