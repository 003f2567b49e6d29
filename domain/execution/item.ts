import type { Disposition } from '../goods/disposition.ts';
import type { Grade } from '../goods/grading.ts';
import type { WorkResult } from '../goods/work.ts';

/** An item of a return as an execution chose it. */
export type WantedItem = {
  readonly rma: string;
  readonly item: string;
  readonly sku: string;
  readonly quantity: number;
  readonly lot: string | null;
  readonly serials: readonly string[];
  readonly grade: Grade | null;
  /** Minor units that its units cost us. */
  readonly cost: number;
};

/** Names an item beyond its return: `73MN-Q9TX-0/P1-1`. */
export type ItemKey = string;
export const itemKey = ({ rma, item }: { readonly rma: string; readonly item: string }): ItemKey => `${rma}/${item}`;

/**
 * Where an item is with its execution. `wanted`: its return is asked for it; `held`; `declined`: the return didn't give
 * it; `releasing` and `released`: let go; `recovering`, `confirming`, `confirmed`: its return hears what came back for it
 * and that it went its way; `reporting`, `handed_back`: it hears what became of it at a bench, and has it again; `stranded`: its return refused to hear it, and a person looks.
 */
export const itemStates = [
  'wanted',
  'held',
  'declined',
  'releasing',
  'released',
  'recovering',
  'confirming',
  'confirmed',
  'reporting',
  'handed_back',
  'stranded',
] as const;
export type ItemState = (typeof itemStates)[number];

export type ExecutionItem = WantedItem & {
  readonly state: ItemState;
  /** Why its return refused it, or to hear of it. */
  readonly code: string | null;
  /** Minor units that the other side is to give us for it, and has given. */
  readonly expected: number;
  readonly received: number;
  /** Where a person sends it as it is let go; absent where it waits to go the same way. */
  readonly instead?: Disposition;
  /** Its return has what came back for it, or a person has said that it isn't to; absent before. */
  readonly recoveryTold?: true;
  /** What became of its units at a bench; absent where it was at none. */
  readonly results?: readonly WorkResult[];
  /** What the parts that were taken from it are carried at; absent where there are none. */
  readonly salvaged?: number;
  /** A person let go of it once its return wouldn't hear how it ended; what it brought or took stays in the figures. */
  readonly letGoLate?: true;
  /** How often it was sent back to work; part of the effects' ids. */
  readonly tries: number;
};

export type Items = Readonly<Record<ItemKey, ExecutionItem>>;

/** Minor units of one item. */
export type ItemAmount = { readonly rma: string; readonly item: string; readonly amount: number };

/** What happens between an execution and the returns of its items. */
export type ItemEvent =
  | { readonly type: 'item_held'; readonly rma: string; readonly item: string }
  | { readonly type: 'item_declined'; readonly rma: string; readonly item: string; readonly code: string }
  | { readonly type: 'item_let_go'; readonly rma: string; readonly item: string; readonly instead?: Disposition }
  | { readonly type: 'item_released'; readonly rma: string; readonly item: string }
  | { readonly type: 'item_ending'; readonly rma: string; readonly item: string; readonly salvaged?: number }
  | {
      readonly type: 'item_reporting';
      readonly rma: string;
      readonly item: string;
      readonly results: readonly WorkResult[];
    }
  | { readonly type: 'item_handed_back'; readonly rma: string; readonly item: string }
  | { readonly type: 'recovery_told'; readonly rma: string; readonly item: string }
  /** Its return wouldn't take what came back for it: that is the gain of the execution, and a person says that this will do. */
  | { readonly type: 'recovery_kept'; readonly rma: string; readonly item: string }
  | { readonly type: 'item_confirmed'; readonly rma: string; readonly item: string }
  | { readonly type: 'item_stranded'; readonly rma: string; readonly item: string; readonly code: string }
  | { readonly type: 'item_retried'; readonly rma: string; readonly item: string };

/** Items as they come into an execution. */
export const newItems = (wanted: readonly WantedItem[]): Items =>
  Object.fromEntries(
    wanted.map((item) => [
      itemKey(item),
      { ...item, state: 'wanted', code: null, expected: 0, received: 0, tries: 0 } as const,
    ]),
  );

export function evolveItem(items: Items, event: ItemEvent): Items {
  const item = items[itemKey(event)];
  if (item === undefined) throw new Error(`no item ${itemKey(event)}`);
  return { ...items, [itemKey(event)]: { ...item, ...changeOf(item, event) } };
}

/** The items with what amounts change of them. */
export function changeItems(
  items: Items,
  amounts: readonly ItemAmount[],
  change: (item: ExecutionItem, amount: number) => Partial<ExecutionItem>,
): Items {
  const next: Record<ItemKey, ExecutionItem> = { ...items };
  for (const each of amounts) {
    const item = next[itemKey(each)];
    if (item === undefined) throw new Error(`no item ${itemKey(each)}`);
    next[itemKey(each)] = { ...item, ...change(item, each.amount) };
  }
  return next;
}

/** A stranded item's return hears of what came back for it, and not yet that it went its way. */
export const isRecovering = (item: ExecutionItem): boolean => firstWord(item) === 'recovering';

/** What comes back is told before the confirmation, which may close the return; and once, also where that is tried again. */
function firstWord({ received, recoveryTold, results }: ExecutionItem): ItemState {
  if (results !== undefined) return 'reporting';
  return received > 0 && recoveryTold !== true ? 'recovering' : 'confirming';
}

function changeOf(item: ExecutionItem, event: ItemEvent): Partial<ExecutionItem> {
  switch (event.type) {
    case 'item_held':
      return { state: 'held' };
    case 'item_declined':
      return { state: 'declined', code: event.code };
    case 'item_let_go':
      return {
        state: 'releasing',
        ...(event.instead === undefined ? {} : { instead: event.instead }),
        ...(item.state === 'stranded' ? { letGoLate: true, code: null } : {}),
      };
    case 'item_released':
      return { state: 'released' };
    case 'item_ending': {
      const { salvaged = 0 } = event;
      return { state: firstWord(item), ...(salvaged > 0 ? { salvaged } : {}) };
    }
    case 'item_reporting':
      return { state: 'reporting', results: event.results };
    case 'item_handed_back':
      return { state: 'handed_back' };
    case 'recovery_told':
      return { state: 'confirming', recoveryTold: true };
    case 'recovery_kept':
      return { state: 'confirming', recoveryTold: true, code: null, tries: item.tries + 1 };
    case 'item_confirmed':
      return { state: 'confirmed' };
    case 'item_stranded':
      return { state: 'stranded', code: event.code };
    case 'item_retried':
      return { state: firstWord(item), code: null, tries: item.tries + 1 };
  }
}

/** Nothing more happens between the execution and the item's return by itself. */
export const isEnded = ({ state }: ExecutionItem): boolean =>
  ['declined', 'released', 'confirmed', 'handed_back', 'stranded'].includes(state);

/** Items that go the execution's way: held, on their way out of their return, or at their end here. */
export const going = (items: Items): ExecutionItem[] =>
  Object.values(items).filter(
    ({ state, letGoLate }) => letGoLate === true || !['wanted', 'declined', 'releasing', 'released'].includes(state),
  );
