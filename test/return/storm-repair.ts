import type { StockAccount, StockPosting } from '../../domain/money/ledger.ts';
import type { Recorded } from '../../domain/return/events.ts';
import { ownerOf } from '../../domain/return/repair.ts';
import type { Opened } from '../../domain/return/state.ts';

/** What of each owner's goods is where, by all that was posted. */
export class Owned {
  readonly #goods = new Map<string, number>();

  post(stock: readonly StockPosting[]): void {
    for (const { from, to, owner, quantity } of stock) {
      this.#goods.set(`${owner} ${from}`, this.of(owner, from) - quantity);
      this.#goods.set(`${owner} ${to}`, this.of(owner, to) + quantity);
    }
  }

  of(owner: StockPosting['owner'], account: StockAccount): number {
    return this.#goods.get(`${owner} ${account}`) ?? 0;
  }

  /** Goods that came to be mended are their owner's until they go, or something else was given for them. */
  problems(state: Opened): string[] {
    const here = (['quarantine', 'inspected', 'in_work'] as const).reduce(
      (sum, at) => sum + this.of('customer', at),
      0,
    );
    const theirs = Object.values(state.items)
      .filter((item) => item.stage !== 'disposed' && ownerOf(state, item) === 'customer')
      .reduce((sum, { quantity }) => sum + quantity, 0);
    const ours = (['sellable', 'refurbished', 'dismantled'] as const).filter((at) => this.of('customer', at) !== 0);
    return [
      ...(here === theirs ? [] : [`${here} of the buyer’s are here, but ${theirs} should be`]),
      ...ours.map((at) => `goods of the buyer are ${at}`),
    ];
  }
}

/** What goes back mended is neither paid nor replaced, and what isn't mended has an end and a remedy, once. */
export function repairProblems(state: Opened, recorded: readonly Recorded[]): string[] {
  const back = recorded.flatMap(({ event }) => (event.type === 'repair_returned' ? [event.item] : []));
  const ended = recorded.flatMap(({ event }) => (event.type === 'repair_ended' ? [event.item] : []));
  const settled = recorded.flatMap(({ event }) => (event.type === 'settlement_due' ? event.items : []));
  const wanted = recorded.filter(({ event }) => event.type === 'replacement_wanted');
  const isAsked = state.instrument === 'repair';
  const unpaid = state.phase !== 'closed' ? [] : ended.filter((item) => state.items[item]?.settled === false);
  return [
    ...back.filter((item) => settled.includes(item) || ended.includes(item)).map((id) => `${id} is mended and paid`),
    ...back.filter((item, n) => back.indexOf(item) < n).map((id) => `${id} went back twice`),
    ...ended.filter((item, n) => ended.indexOf(item) < n).map((id) => `${id} was given up twice`),
    ...unpaid.map((id) => `${id} is neither mended nor paid`),
    ...(wanted.length > 1 ? ['replaced twice'] : []),
    ...(isAsked || back.length + ended.length === 0 ? [] : ['mended without being asked']),
  ];
}
