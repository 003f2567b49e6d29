import type { Instant } from '../../time/duration.ts';
import type { EffectOutcome } from '../commands.ts';
import { effectKey } from '../effect-key.ts';
import type { ReturnEvent } from '../events.ts';
import { isRaised, raise } from '../raise.ts';
import { type Answer, refuse } from '../refuse.ts';
import type { Opened } from '../state.ts';
import { drop } from './exchange.ts';

/** What the shop's stock says to a reservation. */
export function stockReserved(state: Opened, subject: string, outcome: EffectOutcome, at: Instant): Answer {
  const { exchange } = state;
  if (exchange?.exchange !== subject) return refuse('unknown_exchange');
  if (outcome.type === 'stock_reserved') {
    const reserved: ReturnEvent = { type: 'exchange_reserved', exchange: subject, facility: outcome.facility };
    if (exchange.stock === 'wanted') return [reserved];
    // Dropped while it was being reserved.
    return exchange.stock === 'released'
      ? [reserved, { type: 'effect_retried', effect: effectKey('release_stock', subject) }]
      : [];
  }
  if (exchange.stock !== 'wanted') return [];
  if (outcome.type === 'refused') {
    return exchange.stoppedBy == null
      ? drop(state, 'out_of_stock', at)
      : raise(state, 'exchange_stopped', subject, exchange.stoppedBy);
  }
  return raise(state, 'stock_unavailable', effectKey('reserve_stock', subject), codeOf(outcome));
}

/** What it says to letting go. */
export function stockReleased(state: Opened, subject: string, outcome: EffectOutcome): Answer {
  if (state.exchange?.stock !== 'releasing') return [];
  if (outcome.type === 'stock_released' || outcome.type === 'refused') {
    return [{ type: 'stock_released', exchange: subject }];
  }
  return raise(state, 'stock_unavailable', effectKey('release_stock', subject), codeOf(outcome));
}

/** A person doesn't try again: goods that weren't reserved aren't sent, and what can't be let go is left to the shop. */
export function withoutStock(state: Opened, key: string, at: Instant): readonly ReturnEvent[] {
  const { exchange } = state;
  if (exchange === undefined) return [];
  return key === effectKey('reserve_stock', exchange.exchange)
    ? drop(state, 'out_of_stock', at)
    : [{ type: 'stock_released', exchange: exchange.exchange }];
}

/**
 * A recall has stopped goods where those for the buyer are kept, and what is left there isn't enough for all: others are looked for,
 * and meanwhile nothing may be shipped. While the stock is being asked nobody knows of which goods it spoke, so that is refused.
 */
export function stopStock(state: Opened, recall: string): Answer {
  const { exchange } = state;
  if (exchange === undefined || exchange.state === 'shipped' || exchange.state === 'dropped') return [];
  const key = effectKey('reserve_stock', exchange.exchange);
  if (exchange.stock === 'wanted') {
    const waits = isRaised(state, 'stock_unavailable', key) || isRaised(state, 'exchange_stopped', exchange.exchange);
    return waits ? [] : refuse('stock_being_asked');
  }
  if (exchange.stock !== 'reserved') return [];
  return [
    { type: 'exchange_stopped', exchange: exchange.exchange, recall },
    { type: 'effect_retried', effect: key },
  ];
}

/** The recall was an error: what it had stopped is looked for again, and no person has to. */
export function stockFreed({ exchange, attention }: Opened, recall: string): readonly ReturnEvent[] {
  if (exchange?.stoppedBy !== recall) return [];
  return Object.values(attention).flatMap(({ attention: id, reason }): ReturnEvent[] =>
    reason === 'exchange_stopped'
      ? [
          { type: 'attention_resolved', attention: id, resolution: 'retry', note: null },
          { type: 'effect_retried', effect: effectKey('reserve_stock', exchange.exchange) },
        ]
      : [],
  );
}

const codeOf = (outcome: EffectOutcome): string | null => ('code' in outcome ? (outcome.code ?? null) : null);
