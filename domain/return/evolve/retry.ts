import { countUnits } from '../../goods/units.ts';
import { effectKey, parseEffectKey } from '../effect-key.ts';
import { isPartOf } from '../item-id.ts';
import type { Opened } from '../state.ts';
import { changeParcel, countRetry } from './collection.ts';
import { releaseAgain } from './exchange.ts';
import { changeItem } from './items.ts';
import { changeLine } from './lines.ts';
import { changeRefund } from './money.ts';

/** Sends an effect back to work: a new id for it, and its subject is again in the state that wants it. */
export function retryEffect(state: Opened, key: string): Opened {
  const effect = parseEffectKey(key);
  if (effect === null) throw new Error(`no effect ${key}`);
  const { kind, subject } = effect;
  const counted = countRetry(state, key);
  switch (kind) {
    case 'buy_label':
      return changeParcel(counted, subject, { label: 'wanted' });
    case 'void_label':
      return changeParcel(counted, subject, { label: 'withdrawn' });
    case 'reserve_units':
      return reserveAgain(counted, subject);
    case 'refund':
    case 'issue_credit_memo':
      return changeRefund(counted, subject, { state: 'due', requestedAt: null });
    case 'release_stock':
      return releaseAgain(counted);
    case 'reserve_stock':
    case 'book_pickup':
    case 'cancel_pickup':
    case 'open_claim':
    case 'withdraw_claim':
    case 'take_back_credit':
    case 'place_hold':
    case 'capture_hold':
    case 'release_hold':
    case 'charge_card':
    case 'repay_charge':
      return counted;
  }
}

/** For a line, or for what is still short of an item and of the parts that it was split into. */
function reserveAgain(state: Opened, subject: string): Opened {
  if (state.lines[subject] !== undefined) return changeLine(state, subject, (line) => ({ ...line, reserving: true }));
  return Object.values(state.items)
    .filter((item) => isPartOf(item.item, subject) && countUnits(item.units) < item.quantity)
    .reduce((next, { item }) => {
      const wanted = changeItem(next, item, { reserving: true });
      return item === subject ? wanted : countRetry(wanted, effectKey('reserve_units', item));
    }, state);
}
