import { type ExecutionItem, itemKey } from '../../execution/item.ts';
import { type Refused, refuse } from '../../execution/refusals.ts';
import { barredByRecall } from '../../execution/stop-sale.ts';
import type { CertifiedDisposalCommand } from '../commands.ts';
import type { CertifiedDisposalEvent } from '../events.ts';
import type { Opened } from '../state.ts';

type Answer = readonly CertifiedDisposalEvent[] | Refused;
type Command<T extends CertifiedDisposalCommand['type']> = Extract<CertifiedDisposalCommand, { type: T }>;
type Named = { readonly rma: string; readonly item: string };

/** Asks the returns of the items for them; the organisation gets what they give. */
export function request({ number, request: asked }: Command<'request'>): Answer {
  if (asked.items.length === 0) return refuse('nothing_left', 'items');
  return [{ type: 'requested', number, request: asked }];
}

/** Some items don't go along after all, before anything has left. */
export function takeBack(state: Opened, { items, note }: Command<'take_back'>): Answer {
  if (state.status !== 'requested') return refuse(late(state, 'already_handed_over'));
  const left = withoutSome(state, items, 'items');
  return 'refusal' in left ? left : [{ type: 'taken_back', items: items.length, note }, ...left.letGo];
}

/** The goods change hands, all or but for some. What is recycled is weighed: else nobody could say what was certified. */
export function handOver(state: Opened, { document, weightGrams, kept }: Command<'hand_over'>): Answer {
  if (state.status !== 'requested') return refuse(late(state, 'already_handed_over'));
  if (weightGrams === null ? state.disposition === 'recycle' : !Number.isSafeInteger(weightGrams) || weightGrams < 1) {
    return refuse('weight_needed', 'weightGrams');
  }
  const left = withoutSome(state, kept, 'kept');
  if ('refusal' in left) return left;
  const barred = barredByRecall(state);
  if (barred !== null) return barred;
  return [
    { type: 'handed_over', document, weightGrams },
    ...(kept.length === 0 ? [] : [{ type: 'taken_back', items: kept.length, note: null } as const]),
    ...left.letGo,
  ];
}

/** The organisation doesn't take the goods, or sends some back: they wait here again. */
export function decline(state: Opened, { items, note }: Command<'decline'>): Answer {
  if (state.status === 'ending' || state.status === 'closed') return refuse('execution_closed');
  if (state.certificate !== null) return refuse('certificate_already_recorded');
  if (items === null) return [{ type: 'refused', note }];
  const left = withoutSome(state, items, 'items');
  return 'refusal' in left ? left : [{ type: 'sent_back', items: items.length, note }, ...left.letGo];
}

/** Called off, while nothing has left. */
export function cancel(state: Opened, note: string | null): Answer {
  return state.status === 'requested' ? [{ type: 'cancelled', note }] : refuse(late(state, 'already_handed_over'));
}

/** Lets some of the held items go; at least one has to be left. */
function withoutSome(
  state: Opened,
  items: readonly Named[],
  field: string,
): { readonly letGo: readonly CertifiedDisposalEvent[] } | Refused {
  const all = Object.values(state.items);
  if (all.some((item) => item.state === 'wanted')) return refuse('still_gathering');
  const held = all.filter((item) => item.state === 'held');
  const named = new Set(items.map(itemKey));
  const isNamed = (item: ExecutionItem) => named.has(itemKey(item));
  const unknown = items.findIndex((each) => !held.some((item) => itemKey(item) === itemKey(each)));
  if (unknown >= 0) return refuse('unknown_item', `${field}.${unknown}`);
  if (held.every(isNamed)) return refuse('nothing_left', field);
  return { letGo: held.filter(isNamed).map(({ rma, item }) => ({ type: 'item_let_go', rma, item })) };
}

/** What is said of a command that comes when it can change nothing any more. */
const late = ({ status }: Opened, otherwise: 'already_handed_over') =>
  status === 'closed' || status === 'ending' ? 'execution_closed' : otherwise;
