import { countUnits, type Units } from '../../goods/units.ts';
import { isOwedKnown, owedUnderHold } from '../claw-back.ts';
import type { EffectOutcome } from '../commands.ts';
import { effectKey } from '../effect-key.ts';
import type { TakenFor } from '../events/hold.ts';
import type { ReturnEvent } from '../events.ts';
import { awaitedInAdvance, holdAsked, holdId, isBeingTaken } from '../hold.ts';
import { raise } from '../raise.ts';
import type { Answer } from '../refuse.ts';
import type { LineState, Opened } from '../state.ts';
import { advanceAgainstHold } from './advance.ts';
import { cardOf } from './card-charge.ts';
import { claimUnits } from './claw-back.ts';

/**
 * A hold is asked for once the goods for the buyer are kept in stock, over what would be settled for those that are to come.
 * It is taken from, once, when it is known what the buyer owes, and let go where nothing is owed any more.
 */
export function whatHoldNeeds(state: Opened): readonly ReturnEvent[] {
  const { hold } = state;
  if (hold === undefined) return holdWanted(state);
  if (hold.state !== 'held' || isNeeded(state)) return [];
  const owed = owedUnderHold(state);
  if (!isOwedKnown(state)) return [];
  const sum = owed.reduce((total, { outstanding }) => total + outstanding, 0);
  const amount = Math.min(sum, hold.amount);
  if (amount === 0) return [{ type: 'hold_release_due', hold: hold.hold }];
  const isGone = owed.some(({ cause }) => cause === 'not_returned') && !hasCome(state);
  const because = isGone ? 'not_returned' : 'not_as_promised';
  return [{ type: 'hold_capture_due', hold: hold.hold, amount, because }];
}

/** Something that goods go out for, or went, is still to come, or to be looked at. */
const isNeeded = ({ lines, exchange }: Opened): boolean =>
  exchange?.state !== 'dropped' && Object.values(lines).some(({ advancedUnits = [] }) => countUnits(advancedUnits) > 0);

const hasCome = ({ items }: Opened): boolean => Object.values(items).some(({ line }) => line !== null);

function holdWanted(state: Opened): readonly ReturnEvent[] {
  const { consent, exchange, currency } = state;
  if (consent === undefined || exchange?.state !== 'wanted' || exchange.stock !== 'reserved') return [];
  const card = cardOf(state);
  const amount = advanceAgainstHold(state)?.total ?? 0;
  if (card === undefined || amount <= 0) return [];
  const { payment, providerPaymentId } = card;
  const of = { payment, providerPaymentId, amount: { amount, currency } };
  return [{ type: 'hold_wanted', hold: holdId, ...of }];
}

/** The time for the goods is over: those that have not come are owed, whether or not they are on their way. */
export const goodsOverdue = (state: Opened): readonly ReturnEvent[] => takeBackAdvance(state, awaitedInAdvance);

/** What was settled against a hold isn't any more, as no goods go out for it. */
export const withdrawAdvance = (state: Opened): readonly ReturnEvent[] =>
  state.hold === undefined ? [] : takeBackAdvance(state, ({ advancedUnits = [] }) => advancedUnits);

function takeBackAdvance(state: Opened, of: (line: LineState) => Units): ReturnEvent[] {
  const goods = Object.values(state.lines)
    .map((line) => ({ line: line.line, units: of(line) }))
    .filter(({ units }) => countUnits(units) > 0);
  return goods.length === 0 ? [] : [claimUnits(state, goods)];
}

/** What the card's bank says to a hold. */
export function holdPlaced(state: Opened, outcome: EffectOutcome): Answer {
  const { hold } = state;
  if (hold?.state !== 'wanted') return [];
  if (outcome.type === 'hold_placed') {
    return [{ type: 'hold_placed', hold: hold.hold, providerId: outcome.providerId }];
  }
  if (outcome.type === 'refused') return [{ type: 'hold_refused', hold: hold.hold, code: outcome.code }];
  return raise(state, 'hold_unavailable', effectKey('place_hold', hold.hold), codeOf(outcome));
}

/** What it says to taking something of it. One that it doesn't keep any more leaves the claims as they are. */
export function holdCaptured(state: Opened, outcome: EffectOutcome): Answer {
  const { hold, currency } = state;
  if (hold === undefined || !isBeingTaken(state)) return [];
  if (outcome.type === 'hold_captured') {
    const amount = { amount: hold.taken, currency };
    return [{ type: 'hold_captured', hold: hold.hold, amount, of: sharedOut(state, hold.taken) }];
  }
  if (outcome.type === 'refused') return [{ type: 'hold_lapsed', hold: hold.hold, code: outcome.code }];
  return raise(state, 'payment_unavailable', effectKey('capture_hold', hold.hold), codeOf(outcome));
}

/** The claims in their order, each with what of an amount goes towards it. */
function sharedOut(state: Opened, amount: number): TakenFor[] {
  let left = amount;
  return owedUnderHold(state).flatMap(({ clawback, outstanding }) => {
    const share = Math.min(left, outstanding);
    left -= share;
    return share > 0 ? [{ clawback, amount: share }] : [];
  });
}

/** What it says to letting go. */
export function holdReleased(state: Opened, outcome: EffectOutcome): Answer {
  const { hold } = state;
  if (hold?.state !== 'releasing') return [];
  if (outcome.type === 'hold_released') {
    return [{ type: 'hold_released', hold: hold.hold, released: outcome.released }];
  }
  if (outcome.type === 'refused') return [{ type: 'hold_released', hold: hold.hold, released: false }];
  return raise(state, 'hold_unavailable', effectKey('release_hold', hold.hold), codeOf(outcome));
}

/** A person doesn't try again: without a hold nothing goes out first, and one that can't be let go ends by itself. */
export function withoutHold(state: Opened, key: string): readonly ReturnEvent[] {
  const { hold } = state;
  if (hold === undefined || holdAsked(state) !== key) return [];
  return hold.state === 'wanted'
    ? [{ type: 'hold_release_due', hold: hold.hold }]
    : [{ type: 'hold_released', hold: hold.hold, released: false }];
}

const codeOf = (outcome: EffectOutcome): string | null => ('code' in outcome ? (outcome.code ?? null) : null);
