import type { RecallCommand } from '../../../domain/recall/commands.ts';
import type { Decision } from '../../../domain/recall/decide.ts';
import { recallDecider } from '../../../domain/recall/decider.ts';
import type { Recorded } from '../../../domain/recall/events.ts';
import type { Opened, RecallState } from '../../../domain/recall/state.ts';
import { defaultStrategy, type RecallStrategy } from '../../../domain/recall/terms.ts';

const { decide, fold, effects } = recallDecider;

/** A recall, driven by hand. */
export class Journey {
  state: RecallState = recallDecider.initial;
  at = '2026-03-02T09:00:00.000Z';
  last: Decision = { type: 'accepted', events: [] };
  readonly recorded: Recorded[] = [];
  #commands = 0;

  constructor(strategy: Partial<RecallStrategy> = {}) {
    this.send({
      type: 'draft',
      number: 'RC-TEST',
      request: {
        kind: 'recall',
        hazardClass: null,
        depth: 'consumer',
        mandated: false,
        mock: false,
        strategy: { ...defaultStrategy, ...strategy },
      },
    });
  }

  get now(): Opened {
    if (this.state.status === 'initial') throw new Error('not drafted yet');
    return this.state;
  }

  get happened(): string[] {
    return this.last.type === 'accepted' ? this.last.events.map(({ type }) => type) : [];
  }

  get refusal(): string | null {
    return this.last.type === 'refused' ? this.last.refusal.code : null;
  }

  get queue(): string[] {
    return Object.values(this.now.attention).map(({ reason, subject }) => `${reason} ${subject}`);
  }

  get wants(): string[] {
    return effects(this.state).map(({ key }) => key);
  }

  send(command: RecallCommand): this {
    this.#commands += 1;
    this.last = decide(this.state, { commandId: `c${this.#commands}`, at: this.at, by: 'test', command });
    const events = this.last.type === 'accepted' ? this.last.events : [];
    const recorded = events.map((event): Recorded => ({ at: this.at, by: 'test', event }));
    this.state = fold(this.state, recorded);
    this.recorded.push(...recorded);
    return this;
  }

  stops(effect = this.wants[0] ?? ''): this {
    const found = { lots: 1, facilities: 1, shippedUnits: 9, heldUnits: 3, milliseconds: 5 };
    return this.send({ type: 'outcome', effect, outcome: { type: 'stop_sale_placed', ...found } });
  }

  plans(waves: number, consignees = waves, effect = this.wants[0] ?? ''): this {
    return this.send({ type: 'outcome', effect, outcome: { type: 'waves_planned', consignees, amended: 0, waves } });
  }

  done(effect = this.wants[0] ?? ''): this {
    return this.send({ type: 'outcome', effect, outcome: { type: 'done' } });
  }

  /** From its draft until its waves are planned. */
  launched(waves: number): this {
    return this.send({ type: 'launch' }).stops().plans(waves);
  }

  reports(wave: number, report: 'notified' | 'ended', counts: { silent?: number; undeliverable?: number } = {}): this {
    return this.send({ type: 'report_wave', wave, report, silent: 0, undeliverable: 0, ...counts });
  }

  /** Starts what may start and has it send its first notices, until all have. */
  notifiesAll(): this {
    for (let round = 0; round < 1_000 && this.now.status !== 'notified'; round += 1) {
      const next = this.wants.find((key) => key.startsWith('start_wave'));
      if (next !== undefined) this.done(next);
      else this.reports(this.now.waves.sending[0] ?? 0, 'notified');
    }
    return this;
  }
}
