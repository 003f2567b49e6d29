import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deliveryResolutions } from '../../../domain/delivery/attention.ts';
import type { DeliveryCommand } from '../../../domain/delivery/commands.ts';
import { deliveryDecider } from '../../../domain/delivery/decider.ts';
import { deliveryChoices, deliveryReasons } from '../../../domain/delivery/events.ts';
import type { DeliveryProjection } from '../../../domain/delivery/projection.ts';
import { remedies } from '../../../domain/delivery/terms.ts';
import { trackingStatuses } from '../../../domain/return/commands.ts';
import { Journey } from './world.ts';

const { effects, deadlines, project, initial } = deliveryDecider;

type Step = { readonly kind: number; readonly pick: number; readonly days: number };
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.nat(99),
  pick: fc.nat(9999),
  days: fc.constantFrom(0, 0, 1, 3, 9),
});
const strange = ['', '__proto__', 'constructor', 'I99', 'A99', 'I0'];
const one = <T>(values: readonly [T, ...T[]] | readonly T[], pick: number): T => values[pick % values.length] as T;

function commandOf(its: Journey, { kind, pick }: Step): DeliveryCommand {
  const { now } = its;
  if (kind < 30) {
    const reason = pick % 3 === 0 ? null : one(deliveryReasons, pick);
    // Late and early news too; the carrier's clock is its own.
    const at = new Date(Date.parse(its.at) + ((pick % 5) - 2) * 3_600_000).toISOString();
    return { type: 'track', status: one(trackingStatuses, pick >> 3), reason, at };
  }
  if (kind < 42) {
    const remedy = pick % 4 === 0 ? one(remedies, pick) : null;
    const choice = one(deliveryChoices, pick >> 2);
    return { type: 'answer', choice, on: null, location: null, withdrawal: pick % 5 === 0, remedy };
  }
  if (kind < 54) {
    const instruction = pick % 6 === 0 ? one(strange, pick) : (now.instruction?.instruction ?? 'I1');
    return { type: 'instruct', instruction, outcome: pick % 4 === 0 ? 'refused' : 'done', until: null };
  }
  if (kind < 66) {
    const attention = one([...Object.keys(now.attention), one(strange, pick)], pick);
    return { type: 'resolve', attention, resolution: one(deliveryResolutions, pick >> 3), note: 'N' };
  }
  if (kind < 78) {
    const effect = effects(now)[0]?.key ?? one(['start_return', 'choose_remedy', ...strange], pick);
    const rma = { type: 'return_started', rma: 'R-1' } as const;
    const refused = { type: 'refused', code: 'no' } as const;
    const fits = effect === 'start_return' ? rma : ({ type: 'accepted' } as const);
    return { type: 'outcome', effect, outcome: one([fits, fits, fits, rma, refused], pick) };
  }
  if (kind < 92) {
    const [due] = deadlines(now);
    return { type: 'deadline', deadline: due?.deadline ?? 'hold', due: due?.at ?? its.at };
  }
  return kind < 97 ? { type: 'choose', remedy: one(remedies, pick) } : { type: 'sync' };
}

/** What must hold after every step, whatever came before. */
function brokenRules(its: Journey): string[] {
  const { now } = its;
  const count = (type: string) => its.recorded.filter(({ event }) => event.type === type).length;
  const busy = effects(now).length + deadlines(now).length + Object.keys(now.attention).length;
  const rules: readonly (readonly [string, boolean])[] = [
    ['comes back twice', count('return_due') > 1 || count('return_started') > 1],
    ['is refunded and sent anew', count('remedy_chosen') > 1 || count('remedy_told') > 1],
    ['is tried too often', now.attempts > now.terms.furtherAttempts],
    ['ends twice', count('closed') > 1],
    ['delivered and coming back', now.outcome === 'delivered' && count('return_due') > 0],
    ['returned without a return', now.outcome === 'returned' && (now.rma === null || now.remedy === null)],
    ['closed and busy', now.status === 'closed' && busy > 0],
    ['stands still', now.status !== 'closed' && now.status !== 'opened' && busy === 0],
  ];
  return rules.filter(([, broken]) => broken).map(([rule]) => rule);
}

/** The rows as append keeps them: by key, the later over the earlier. */
class Rows {
  readonly rows = new Map<string, object>();

  apply({ delivery, attention }: DeliveryProjection): this {
    this.rows.set('delivery', delivery);
    for (const row of attention) {
      const news = Object.entries(row).filter(([, value]) => value !== null);
      this.rows.set(row.attention, { ...this.rows.get(row.attention), ...Object.fromEntries(news) });
    }
    return this;
  }
}

test('whatever comes, a parcel has one end, nothing stands still, and the rows follow from the journal', () => {
  const ends = new Map<string, number>();
  fc.assert(
    fc.property(fc.nat(3), fc.array(step, { minLength: 5, maxLength: 60 }), (furtherAttempts, steps) => {
      const its = new Journey({ furtherAttempts });
      const live = new Rows().apply(project(initial, its.now, its.recorded));
      for (const each of steps) {
        its.later(`P${each.days}D`);
        const before = its.state;
        const known = its.recorded.length;
        its.send(commandOf(its, each));
        if (its.recorded.length > known) live.apply(project(before, its.now, its.recorded.slice(known)));
        expect(brokenRules(its)).toEqual([]);
      }
      const { outcome } = its.now;
      if (outcome !== null) ends.set(outcome, (ends.get(outcome) ?? 0) + 1);
      expect(new Rows().apply(project(initial, its.now, its.recorded)).rows).toEqual(live.rows);
    }),
    { numRuns: 3000 },
  );
  // Enough of them came to each end for this to mean anything.
  expect(Math.min(ends.get('delivered') ?? 0, ends.get('returned') ?? 0)).toBeGreaterThan(50);
});
