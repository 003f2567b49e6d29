import type { Attended } from '../process/attention.ts';
import { raise } from '../process/attention.ts';
import type { CommonReason } from './attention.ts';
import { type ExecutionItem, type ItemKey, type Items, itemKey } from './item.ts';
import { type Refused, refuse } from './refusals.ts';
import type { ExecutionState } from './state.ts';

type ItemName = { readonly rma: string; readonly item: string };

/** A recall has stopped items of an execution, or was an error. */
export type StopSaleCommand =
  | { readonly type: 'stop_goods'; readonly recall: string; readonly items: readonly ItemName[] }
  | { readonly type: 'release_goods'; readonly recall: string };

export type StopSaleEvent =
  | { readonly type: 'goods_stopped'; readonly recall: string; readonly items: readonly ItemName[] }
  | { readonly type: 'goods_released'; readonly recall: string };

/** The items that recalls stopped while they were here, by the recall's number. */
export type ItemsStopped = Readonly<Record<string, readonly ItemKey[]>>;

type Remembered = Pick<ExecutionState<string, unknown>, 'items' | 'stopped' | 'ending'>;

/** What is with an execution, or on its way into it: what left it, or has ended in it, isn't. */
const isHere = ({ state }: ExecutionItem): boolean => state === 'wanted' || state === 'held';

/** Items that are here and that a recall has stopped. */
export function stoppedHere({ items, stopped }: Pick<Remembered, 'items' | 'stopped'>, recall: string) {
  const keys = stoppedBy(stopped, recall);
  return Object.values(items).filter((item) => isHere(item) && keys.includes(itemKey(item)));
}

const stoppedBy = (stopped: ItemsStopped | undefined, recall: string): readonly ItemKey[] =>
  stopped !== undefined && Object.hasOwn(stopped, recall) ? (stopped[recall] ?? []) : [];

/** A recall stops items that haven't left: they go nowhere before a person has said where. */
export function stopGoods<Reason extends string>(
  state: Remembered & Attended<Reason | CommonReason>,
  { recall, items }: Extract<StopSaleCommand, { type: 'stop_goods' }>,
) {
  if (state.ending !== null) return [];
  const known = stoppedBy(state.stopped, recall);
  const named = items.map(itemKey);
  const news = Object.values(state.items)
    .filter((item) => isHere(item) && named.includes(itemKey(item)) && !known.includes(itemKey(item)))
    .map(({ rma, item }) => ({ rma, item }));
  if (news.length === 0) return [];
  const detail = [...news.slice(0, 20).map(itemKey), ...(news.length > 20 ? ['…'] : [])].join(', ');
  return [
    { type: 'goods_stopped', recall, items: news } as const,
    ...raise<Reason | CommonReason>(state, 'goods_recalled', recall, detail),
  ];
}

/** The recall was an error: its items go on. */
export const releaseGoods = ({ stopped, ending }: Remembered, recall: string) =>
  ending === null && stoppedBy(stopped, recall).length > 0 ? [{ type: 'goods_released', recall } as const] : [];

export function evolveStopped(stopped: ItemsStopped = {}, event: StopSaleEvent): ItemsStopped {
  const { [event.recall]: _, ...others } = stopped;
  if (event.type === 'goods_released') return others;
  return { ...others, [event.recall]: [...stoppedBy(stopped, event.recall), ...event.items.map(itemKey)] };
}

/** Why goods may not leave, nor be sold or worked on: a person has yet to say what becomes of those that a recall has stopped. */
export function barredByRecall({ attention }: Pick<ExecutionState, 'attention'>): Refused | null {
  const open = Object.values(attention).find(({ reason }) => reason === 'goods_recalled');
  return open === undefined ? null : refuse('goods_stopped', undefined, { recall: open.subject });
}

/** The stopped items leave the execution, into quarantine. */
export function takeOutStopped(state: { readonly items: Items; readonly stopped?: ItemsStopped }, recall: string) {
  const all = stoppedHere(state, recall);
  if (all.some((item) => item.state === 'wanted')) return refuse('still_gathering');
  return all.map(({ rma, item }) => ({ type: 'item_let_go', rma, item, instead: 'quarantine' }) as const);
}
