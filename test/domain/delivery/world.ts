import { expect } from 'vitest';
import type { DeliveryResolution } from '../../../domain/delivery/attention.ts';
import type { DeliveryCommand } from '../../../domain/delivery/commands.ts';
import { deliveryDecider } from '../../../domain/delivery/decider.ts';
import type { DeliveryChoice, DeliveryReason } from '../../../domain/delivery/events.ts';
import type { DeliveryKind } from '../../../domain/delivery/kind.ts';
import { type DeliveryTerms, defaultDeliveryTerms } from '../../../domain/delivery/terms.ts';
import type { TrackingStatus } from '../../../domain/return/commands.ts';
import { after } from '../../../domain/time/duration.ts';
import { Driven } from '../driven.ts';

const { deadlines } = deliveryDecider;

/** A parcel that its carrier can't deliver, driven by hand. */
export class Journey extends Driven<DeliveryKind> {
  constructor(terms: Partial<DeliveryTerms> = {}) {
    super(deliveryDecider, {
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
