import type { Postings, Recorded } from '../process/kind.ts';
import type { MoneyPosting, StockPosting } from './ledger.ts';
import type { MoneyRow } from './money-row.ts';

/** A row of the stock ledger that is without its id yet. */
export type StockRow = Omit<StockPosting, 'entry'>;

type Posting<State, Opened, Event> = {
  readonly opened: (state: State) => Opened | null;
  readonly stockOf?: (before: Opened, after: Opened, event: Event) => readonly StockRow[];
  readonly moneyOf: (before: Opened, after: Opened, event: Event) => readonly MoneyRow[];
} & (
  | { readonly evolve: (state: State, recorded: Recorded<Event>) => State }
  /** Where folding is more than one event after the other: how the events of one command are taken, each in its turn. */
  | { readonly foldFrom: (state: State) => { readonly take: (recorded: Recorded<Event>) => Taken<State> } }
);

/** What an event is judged by: the state before and after it, as far as it is about it. */
type Taken<State> = { readonly before: State; readonly after: State };

/**
 * Makes the `postings` of a kind of process: what each event of one command writes into both ledgers. `prefix` makes the
 * entries' ids, so the same command never posts twice. What begins a process moves nothing yet.
 */
export const posting =
  <State, Opened, Event>(kind: Posting<State, Opened, Event>) =>
  (before: State, recorded: readonly Recorded<Event>[], prefix: string): Postings => {
    const { opened, stockOf, moneyOf } = kind;
    const stock: StockPosting[] = [];
    const money: MoneyPosting[] = [];
    const take = 'foldFrom' in kind ? kind.foldFrom(before).take : oneByOne(kind.evolve, before);
    for (const [index, each] of recorded.entries()) {
      const taken = take(each);
      const was = opened(taken.before);
      const is = opened(taken.after);
      if (was === null || is === null) continue;
      const named = <Row>(row: Row, n: number) => ({ ...row, entry: `${prefix}/${index}/${n}` });
      stock.push(...(stockOf?.(was, is, each.event) ?? []).map(named));
      money.push(...moneyOf(was, is, each.event).map(named));
    }
    return { stock, money };
  };

function oneByOne<State, Event>(
  evolve: (state: State, recorded: Recorded<Event>) => State,
  start: State,
): (recorded: Recorded<Event>) => Taken<State> {
  let after = start;
  return (recorded) => {
    const before = after;
    after = evolve(before, recorded);
    return { before, after };
  };
}
