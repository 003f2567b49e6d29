import { defaultPolicies } from '../../domain/policy/defaults.ts';
import type { Instrument, Policy } from '../../domain/policy/policy.ts';
import type { OrderLineFacts } from '../../domain/sale/order.ts';
import type { Journey } from './journey.ts';
import { aCustomerReturn, type Wish } from './world.ts';

export const policy: Partial<Policy> = defaultPolicies.find(({ program }) => program === 'warranty') ?? {};
export const serials = ['S-1', 'S-2', 'S-3'];
export const broken = { packaging: 'opened', cosmetic: 'light_wear', function: 'defective' } as const;

/** Drills that were delivered on 1 March 2026 have stopped working; those claimed for, of three, under their warranty. */
export const claimedFor = (
  instrument: Instrument,
  wish: Wish = {},
  sold: Partial<OrderLineFacts> = {},
  claimed: readonly string[] = ['S-1'],
): Journey =>
  aCustomerReturn({
    ...wish,
    policy: { ...policy, ...wish.policy },
    lines: [
      {
        reason: 'defective',
        quantity: claimed.length,
        serials: claimed,
        ...wish.lines?.[0],
        sold: { serials, held: [[0, claimed.length]], ...sold },
      },
    ],
    request: { program: 'warranty', instrument, ...wish.request },
  });

/** They come with their serials, and are found broken. */
export const arrived = (journey: Journey, came = ['S-1'], facts: object = {}): Journey =>
  journey
    .labelBought()
    .track('in_transit')
    .receive([{ sku: 'MUG-1', quantity: came.length, serials: came }])
    .inspect('P1-1', { facts: { ...broken, ...facts } });
