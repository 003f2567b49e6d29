import { recallDecider } from '../../../domain/recall/decider.ts';
import type { RecallProcess } from '../../../domain/recall/kind.ts';
import { defaultStrategy, type RecallStrategy } from '../../../domain/recall/terms.ts';
import { Driven } from '../driven.ts';

/** A recall, driven by hand. */
export class Journey extends Driven<RecallProcess> {
  constructor(strategy: Partial<RecallStrategy> = {}, request: { readonly mock?: boolean } = {}) {
    super(recallDecider, {
      type: 'draft',
      number: 'RC-TEST',
      request: {
        kind: 'recall',
        hazardClass: null,
        depth: 'consumer',
        mandated: false,
        mock: false,
        ...request,
        strategy: { ...defaultStrategy, ...strategy },
      },
    });
  }

  /** Goods are stopped, and returns under way have heard of it. */
  stops(effect = this.wants[0] ?? ''): this {
    const found = { lots: 1, facilities: 1, shippedUnits: 9, heldUnits: 3, milliseconds: 5 };
    this.send({ type: 'outcome', effect, outcome: { type: 'stop_sale_placed', ...found } });
    const told = this.wants.find((key) => key.startsWith('stop_returns')) ?? '';
    return this.send({ type: 'outcome', effect: told, outcome: { type: 'returns_stopped', returns: 1 } });
  }

  plans(waves: number, consignees = waves, effect = this.wants[0] ?? ''): this {
    return this.send({ type: 'outcome', effect, outcome: { type: 'waves_planned', consignees, amended: 0, waves } });
  }

  done(effect = this.wants[0] ?? ''): this {
    return this.send({ type: 'outcome', effect, outcome: { type: 'done' } });
  }

  draws(consignees: number, checks: number, effect = this.wants[0] ?? ''): this {
    const outcome = { type: 'checks_drawn', consignees, checks, withdrawn: 0 } as const;
    return this.send({ type: 'outcome', effect, outcome });
  }

  /** From its draft until its waves are planned. */
  launched(waves: number): this {
    return this.send({ type: 'launch' }).stops().plans(waves);
  }

  reports(
    wave: number,
    report: 'notified' | 'ended' | 'again',
    counts: { silent?: number; undeliverable?: number } = {},
  ): this {
    return this.send({ type: 'report_wave', wave, report, silent: 0, undeliverable: 0, ...counts });
  }

  /** Starts what may start and has it send its first notices, until all have and it is known whom to check. */
  notifiesAll(): this {
    for (let round = 0; round < 1_000 && this.now.status !== 'notified'; round += 1) {
      const next = this.wants.find((key) => key.startsWith('start_wave'));
      if (next !== undefined) this.done(next);
      else this.reports(this.now.waves.sending[0] ?? 0, 'notified');
    }
    const draw = this.wants.find((key) => key.startsWith('draw_checks'));
    return draw === undefined ? this : this.draws(1, 1, draw);
  }
}
