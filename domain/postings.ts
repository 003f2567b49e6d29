import type { MoneyPosting, StockPosting } from './ledger.ts';
import type { MoneyRow } from './money-row.ts';
import type { Postings, Recorded } from './process.ts';

/** A row of the stock ledger that is without its id yet. */
export type StockRow = Omit<StockPosting, 'entry'>;

type Posting<State, Opened, Event> = {
  readonly opened: (state: State) => Opened | null;
  readonly evolve: (state: State, recorded: Recorded<Event>) => State;
  readonly stockOf?: (before: Opened, after: Opened, event: Event) => readonly StockRow[];
  readonly moneyOf: (before: Opened, after: Opened, event: Event) => readonly MoneyRow[];
};

/**
 * Makes the `postings` of a kind of process: what each event of one command writes into both ledgers. `prefix` makes the
 * entries' ids, so the same command never posts twice. What begins a process moves nothing yet.
 */
export const posting =
  <State, Opened, Event>({ opened, evolve, stockOf, moneyOf }: Posting<State, Opened, Event>) =>
  (before: State, recorded: readonly Recorded<Event>[], prefix: string): Postings => {
    const stock: StockPosting[] = [];
    const money: MoneyPosting[] = [];
    let state = before;
    for (const [index, each] of recorded.entries()) {
      const was = opened(state);
      state = evolve(state, each);
      const is = opened(state);
      if (was === null || is === null) continue;
      const named = <Row>(row: Row, n: number) => ({ ...row, entry: `${prefix}/${index}/${n}` });
      stock.push(...(stockOf?.(was, is, each.event) ?? []).map(named));
      money.push(...moneyOf(was, is, each.event).map(named));
    }
    return { stock, money };
  };
