import type { GoodsOut } from '../../return/exchange.ts';
import type { Instant } from '../../time/duration.ts';
import type { TransferEffectOutcome } from '../commands.ts';
import { deadlines, effects } from '../due.ts';
import type { LineUnits, TransferEvent } from '../events.ts';
import { type Refused, refuse } from '../refusals.ts';
import { isAtOrigin, linesOf, type Opened } from '../state.ts';

/** A timer fired. It counts only if the state still has that deadline and its time has come. */
export function deadlinePassed(state: Opened, deadline: string, due: Instant, at: Instant): readonly TransferEvent[] {
  const still = deadlines(state).find((each) => each.deadline === deadline && each.at === due && due <= at);
  if (still === undefined) return [];
  if (deadline === 'shipment' || deadline === 'arrival') return [{ type: 'delayed', what: deadline, due }];
  return [{ type: 'claim_late', claim: deadline.slice(deadline.indexOf(':') + 1) }];
}

/** The stock of a facility has answered; an answer that comes twice, or too late, changes nothing. */
export function effectEnded(state: Opened, key: string, outcome: TransferEffectOutcome): readonly TransferEvent[] {
  const effect = effects(state).find((each) => each.key === key);
  const [, subject = ''] = key.split(':');
  switch (effect?.kind) {
    case 'reserve':
      if (outcome.type === 'refused') return [{ type: 'out_of_stock', code: outcome.code }];
      return outcome.type === 'reserved' ? [{ type: 'reserved', lines: byLine(state, outcome.goods) }] : [];
    case 'release':
      return [{ type: 'stock_released' }];
    case 'add':
      return [{ type: 'stocked', arrival: subject }];
    case 'correct':
      return [{ type: 'origin_corrected', surplus: subject, short: outcome.type === 'taken' ? outcome.short : [] }];
    case undefined:
      return [];
  }
}

/** What the origin keeps of each SKU goes to the lines that want it, the first first. */
function byLine(state: Opened, goods: readonly GoodsOut[]): readonly LineUnits[] {
  const left = new Map(goods.map(({ sku, quantity }) => [sku, quantity]));
  return linesOf(state).flatMap(({ line, sku, quantity, isOut }) => {
    const units = isOut ? 0 : Math.min(quantity, left.get(sku) ?? 0);
    left.set(sku, (left.get(sku) ?? 0) - units);
    return units > 0 ? [{ line, quantity: units }] : [];
  });
}

/** A recall has left the origin without goods for it: it asks anew, for what isn't stopped. */
export function stopStock(state: Opened, recall: string): readonly TransferEvent[] | Refused {
  if (!isAtOrigin(state)) return [];
  if (state.reservation === 'wanted') return refuse('not_reserved_yet');
  return state.reservation === 'held' ? [{ type: 'reservation_doubted', recall }] : [];
}
