import type { Disposition } from '../goods/disposition.ts';
import type { WorkResult } from '../goods/work.ts';
import type { RecoverySource } from '../return/commands.ts';
import type { ExecutionItem, ItemEvent, Items } from './item.ts';
import { itemKey } from './item.ts';

/** What an execution says to the return of an item, as an effect. */
export type Telling = {
  readonly id: string;
  readonly key: string;
  readonly rma: string;
  readonly item: string;
} & (
  | { readonly kind: 'take_up'; readonly disposition: Disposition; readonly quantity: number }
  | { readonly kind: 'set_free'; readonly instead: Disposition | null }
  | { readonly kind: 'record_recovery'; readonly from: RecoverySource; readonly amount: number }
  | { readonly kind: 'record_work'; readonly results: readonly WorkResult[] }
  | { readonly kind: 'confirm'; readonly salvaged?: number }
);

/** What a return made of it; its own code where it refused. */
export type Told = { readonly type: 'accepted' } | { readonly type: 'refused'; readonly code: string };

/** What is to be said now, an effect an item; `from` is who gives us something for it, null where nobody does. */
export const tellings = (items: Items, disposition: Disposition, from: RecoverySource | null): readonly Telling[] =>
  Object.values(items).flatMap((item) => telling(item, disposition, from));

function telling(item: ExecutionItem, disposition: Disposition, from: RecoverySource | null): Telling[] {
  const { rma, quantity, received, tries, results = [], salvaged } = item;
  const named = (kind: Telling['kind']) => {
    const key = `${kind}:${itemKey(item)}`;
    return { key, id: `${key}#${tries}`, rma, item: item.item };
  };
  switch (item.state) {
    case 'wanted':
      return [{ ...named('take_up'), kind: 'take_up', disposition, quantity }];
    case 'releasing':
      return [{ ...named('set_free'), kind: 'set_free', instead: item.instead ?? null }];
    case 'recovering':
      return from === null ? [] : [{ ...named('record_recovery'), kind: 'record_recovery', from, amount: received }];
    case 'confirming':
      return [{ ...named('confirm'), kind: 'confirm', ...(salvaged === undefined ? {} : { salvaged }) }];
    case 'reporting':
      return [{ ...named('record_work'), kind: 'record_work', results }];
    default:
      return [];
  }
}

/** What follows from a return's answer; nothing where the item has moved on since, as an answer may come twice. */
export function toldOf(items: Items, key: string, told: Told): ItemEvent[] {
  const [kind, subject = ''] = key.split(/:(.*)/);
  const item = Object.hasOwn(items, subject) ? items[subject] : undefined;
  if (item === undefined) return [];
  const { rma, item: id, state } = item;
  const named = { rma, item: id };
  if (kind === 'take_up' && state === 'wanted') {
    return [
      told.type === 'accepted' ? { type: 'item_held', ...named } : { type: 'item_declined', ...named, code: told.code },
    ];
  }
  if (kind === 'set_free' && state === 'releasing') return [{ type: 'item_released', ...named }];
  if (kind === 'record_recovery' && state === 'recovering') {
    return [
      told.type === 'accepted'
        ? { type: 'recovery_told', ...named }
        : { type: 'item_stranded', ...named, code: told.code },
    ];
  }
  if (kind === 'record_work' && state === 'reporting') {
    return [
      told.type === 'accepted'
        ? { type: 'item_handed_back', ...named }
        : { type: 'item_stranded', ...named, code: told.code },
    ];
  }
  if (kind === 'confirm' && state === 'confirming') {
    return [
      told.type === 'accepted'
        ? { type: 'item_confirmed', ...named }
        : { type: 'item_stranded', ...named, code: told.code },
    ];
  }
  return [];
}
