import { effectKey, parseEffectKey } from '../effect-key.ts';
import type { Opened } from '../state.ts';
import { changeParcel } from './collection.ts';
import { changeItem } from './items.ts';
import { changeLine } from './lines.ts';
import { changeRefund } from './money.ts';

/** Sends an effect back to work: a new id for it, and its subject is again in the state that wants it. */
export function retryEffect(state: Opened, key: string): Opened {
  const counted: Opened = { ...state, retries: { ...state.retries, [key]: (state.retries[key] ?? 0) + 1 } };
  const { kind, subject } = parseEffectKey(key);
  switch (kind) {
    case 'buy_label':
      return changeParcel(counted, subject, { label: 'wanted' });
    case 'void_label':
      return changeParcel(counted, subject, { label: 'withdrawn' });
    case 'reserve_units':
      return counted.items[subject] === undefined
        ? changeLine(counted, subject, (line) => ({ ...line, reserving: true }))
        : changeItem(counted, subject, { reserving: true });
    case 'refund':
      return changeRefund(counted, subject, { state: 'due', requestedAt: null });
    case 'book_pickup':
    case 'cancel_pickup':
    case 'open_claim':
      return counted;
    default:
      throw new Error(`no effect ${effectKey(kind, subject)}`);
  }
}
