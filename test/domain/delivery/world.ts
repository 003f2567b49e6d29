import { expect } from 'vitest';
import type { DeliveryResolution } from '../../../domain/delivery/attention.ts';
import type { DeliveryCommand } from '../../../domain/delivery/commands.ts';
import type { Decision } from '../../../domain/delivery/decide.ts';
import { deliveryDecider } from '../../../domain/delivery/decider.ts';
import type { DeliveryChoice, DeliveryReason, Recorded } from '../../../domain/delivery/events.ts';
import type { DeliveryState, Opened } from '../../../domain/delivery/state.ts';
import { type DeliveryTerms, defaultDeliveryTerms } from '../../../domain/delivery/terms.ts';
import { after } from '../../../domain/duration.ts';
import type { TrackingStatus } from '../../../domain/return/commands.ts';

const { decide, fold, effects, deadlines } = deliveryDecider;

/** A parcel that its carrier can't deliver, driven by hand. */
export class Journey {
  state: DeliveryState = deliveryDecider.initial;
  at = '2026-03-02T09:00:00.000Z';
  last: Decision = { type: 'accepted', events: [] };
  readonly recorded: Recorded[] = [];
  #commands = 0;

  constructor(terms: Partial<DeliveryTerms> = {}) {
    this.send({
      type: 'open',
      facts: {
        tracking: 'EZ1000000001',
        carrier: 'UPS',
        order: 'O-1',
        lines: [{ orderLine: 'OL1', sku: 'MUG', quantity: 2 }],
        terms: { ...defaultDeliveryTerms, ...terms },
      },
    });
  }

  get now(): Opened {
    if (this.state.status === 'initial') throw new Error('not opened yet');
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

  get due(): string[] {
    return deadlines(this.state).map(({ deadline }) => deadline);
  }

  get wants(): string[] {
    return effects(this.state).map(({ key }) => key);
  }

  send(command: DeliveryCommand): this {
    this.#commands += 1;
    this.last = decide(this.state, { commandId: `c${this.#commands}`, at: this.at, by: 'test', command });
    const events = this.last.type === 'accepted' ? this.last.events : [];
    const recorded = events.map((event): Recorded => ({ at: this.at, by: 'test', event }));
    this.state = fold(this.state, recorded);
    this.recorded.push(...recorded);
    return this;
  }

  track(status: TrackingStatus, reason: DeliveryReason | null = null, at = this.at): this {
    return this.send({ type: 'track', status, reason, at });
  }

  answer(choice: DeliveryChoice, more: Partial<Extract<DeliveryCommand, { type: 'answer' }>> = {}): this {
    return this.send({ type: 'answer', choice, on: null, location: null, withdrawal: false, remedy: null, ...more });
  }

  instructed(outcome: 'done' | 'refused' = 'done', instruction = this.now.instruction?.instruction ?? ''): this {
    return this.send({ type: 'instruct', instruction, outcome, until: null });
  }

  resolve(reason: string, resolution: DeliveryResolution): this {
    const open = Object.values(this.now.attention).find((each) => each.reason === reason);
    expect(open?.reason).toBe(reason);
    return this.send({ type: 'resolve', attention: open?.attention ?? '', resolution, note: 'N' });
  }

  /** Waits until the deadline of this name and lets it come, with all before it. */
  waitsOut(name: string): this {
    for (let round = 0; round < 20; round += 1) {
      const [next] = deadlines(this.state);
      if (next === undefined) break;
      if (next.at > this.at) this.at = next.at;
      this.send({ type: 'deadline', deadline: next.deadline, due: next.at });
      if (next.deadline === name) return this;
    }
    throw new Error(`no ${name} is waited for`);
  }

  later(duration: string): this {
    this.at = after(this.at, duration);
    return this;
  }

  returnStarts(): this {
    return this.send({ type: 'outcome', effect: 'start_return', outcome: { type: 'return_started', rma: 'R-1' } });
  }

  returnHears(): this {
    return this.send({ type: 'outcome', effect: 'choose_remedy', outcome: { type: 'accepted' } });
  }
}
