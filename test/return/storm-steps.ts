import fc from 'fast-check';
import type { EffectOutcome } from '../../domain/return/commands.ts';
import type { Effect } from '../../domain/return/effects.ts';
import type { Opened } from '../../domain/return/state.ts';
import { aLabel } from './journey.ts';
import type { Storm, Weather } from './storm.ts';
import { at, commandOf, nonsense, strangeIds, trackOf } from './storm-commands.ts';

/** How often each kind of step happens. */
const weights = {
  sensible: 60,
  end: 12,
  fire: 10,
  track: 6,
  receive: 6,
  inspect: 6,
  many: 4,
  evidence: 4,
  confirm: 3,
  dispose: 3,
  resolve: 8,
  review: 2,
  override: 4,
  cancel: 2,
  change: 5,
  extend: 2,
  pickup: 6,
  trip: 2,
  refund: 3,
  payments: 2,
  others: 3,
  dispute: 4,
  claim: 4,
  adjust: 2,
  anew: 3,
  owed: 2,
  ledger: 1,
  nonsense: 3,
  take: 3,
  execution: 5,
  exchange: 5,
  repair: 2,
  choice: 3,
  quote: 3,
  stop: 3,
  sync: 1,
} as const;
export type Kind = keyof typeof weights;

/** One thing that happens, with numbers that choose among what the state has when its turn comes. */
export type Step = {
  readonly kind: Kind;
  readonly hours: number;
  readonly pick: number;
  readonly other: number;
  /** Now and then an id that the return doesn't have. */
  readonly strange: boolean;
};

export const aStep: fc.Arbitrary<Step> = fc.record({
  kind: fc.oneof(
    ...(Object.entries(weights) as [Kind, number][]).map(([kind, weight]) => ({
      arbitrary: fc.constant(kind),
      weight,
    })),
  ),
  hours: fc.constantFrom(0, 0, 1, 7, 30, 100, 300),
  pick: fc.nat(9999),
  other: fc.nat(9999),
  strange: fc.nat(11).map((n) => n === 0),
});

/** Lets one step happen to a return. */
export function take(
  storm: Storm,
  step: Step,
  sensible: (storm: Weather, state: Opened, pick: number, other: number) => void,
): void {
  const state = storm.opened;
  if (state === null) return;
  storm.wait(step.hours);
  const { pick, other } = step;
  const idOf = (ids: readonly string[]) => (step.strange ? at(strangeIds, pick) : at(ids, pick)) ?? 'P1';
  switch (step.kind) {
    case 'end': {
      const effect = at(storm.inFlight, pick);
      if (effect !== undefined) storm.end(effect, outcomeOf(storm, state, effect, other));
      return;
    }
    case 'sensible':
      sensible(storm, state, pick, other);
      return;
    case 'fire':
      storm.fire();
      return;
    case 'take':
      storm.books.takeOne(state, pick);
      return;
    case 'track': {
      const command = trackOf(storm, idOf(Object.keys(state.parcels)), pick, other);
      storm.send(command);
      storm.again(command);
      return;
    }
    case 'nonsense':
      storm.send(nonsense(storm, pick, other));
      return;
    default:
      storm.send(commandOf(storm, state, { ...step, kind: step.kind }, idOf));
  }
}

function outcomeOf(storm: Storm, state: Opened, effect: Effect, choice: number): EffectOutcome {
  if (choice % 9 === 0) return { type: 'unavailable', code: 'time_out' };
  if (choice % 9 === 1) return { type: 'refused', code: choice % 2 ? 'no' : 'payment_disputed' };
  // That of a section is issued later, for the whole.
  if (effect.kind === 'issue_credit_memo' && choice % 3 === 0)
    return { type: 'refunded', status: 'pending', providerId: '7K3M-Q9TX-C' };
  return success(storm, state, effect, choice);
}

/** What an effect brings where all goes well, with a few of its variants. */
export function success(storm: Pick<Weather, 'books'>, state: Opened, effect: Effect, choice: number): EffectOutcome {
  switch (effect.kind) {
    case 'buy_label':
      return aLabel(effect.parcel);
    case 'void_label':
      return { type: 'label_voided', voided: choice % 2 === 0 };
    case 'book_pickup': {
      const { windowStart, windowEnd, pickup } = effect;
      const cost = { amount: 300, currency: 'EUR' };
      return { type: 'pickup_booked', providerId: `pu_${pickup}`, confirmation: 'C', windowStart, windowEnd, cost };
    }
    case 'cancel_pickup':
      return { type: 'pickup_cancelled', cancelled: choice % 2 === 0 };
    case 'open_claim':
      return { type: 'claim_opened', providerId: 'clm_1' };
    case 'withdraw_claim':
      return { type: 'claim_withdrawn', withdrawn: choice % 2 === 0 };
    case 'reserve_units':
      return { type: 'units_reserved', units: { [effect.line]: storm.books.reserve(effect, state) } };
    case 'reserve_stock':
      return choice % 7 === 6
        ? { type: 'refused', code: 'out_of_stock' }
        : { type: 'stock_reserved', facility: 'RC-1' };
    case 'release_stock':
      return { type: 'stock_released' };
    case 'take_back_credit':
      return choice % 5 === 4
        ? { type: 'unavailable', code: 'unknown' }
        : { type: 'credit_taken', taken: choice % 2 === 0 ? effect.atMost : Math.min(effect.atMost, choice % 700) };
    case 'place_hold':
      return { type: 'hold_placed', providerId: 'pi_hold' };
    case 'charge_card':
      return { type: 'card_charged', providerId: 'pi_charge' };
    case 'capture_hold':
      return { type: 'hold_captured' };
    case 'release_hold':
      return { type: 'hold_released', released: choice % 2 === 0 };
    case 'issue_credit_memo':
      return { type: 'refunded', status: 'succeeded', providerId: 'main-000001' };
    case 'repay_charge':
    case 'refund':
      return {
        type: 'refunded',
        status: at(['succeeded', 'succeeded', 'pending', 'failed'] as const, choice) ?? 'failed',
        providerId: 're_1',
      };
  }
}
