import type { PoolClient } from 'pg';
import { foldCredit, type StoreCredit } from '../../domain/store-credit/credit.ts';
import { creditPostings } from '../../domain/store-credit/postings.ts';
import { ledgers } from './append-statement.ts';
import { type Compared, compareRows, type Difference } from './compare-rows.ts';
import { type CreditEntry, creditRows, redemptions, storeCredits } from './store-credit-rows.ts';
import type { Row } from './table.ts';

const compared: Compared<'credit' | 'process'> = {
  store_credits: { scope: 'credit', key: ['credit'], columns: storeCredits },
  store_credit_redemptions: { scope: 'credit', key: ['credit', 'redemption'], columns: redemptions },
  money_entries: {
    scope: 'process',
    key: ['process', 'entry'],
    columns: { process: 'text', ...ledgers.money_entries },
  },
};

type Stored = Omit<CreditEntry, 'at'> & { readonly process: string; readonly command_id: string; readonly at: Date };

/** How the rows of store credits differ from what their journals make. */
export async function compareStoreCredits(client: PoolClient): Promise<readonly Difference[]> {
  const { rows } = await client.query<Stored>(
    `SELECT process, version, command_id, at, by, events FROM journal WHERE process LIKE 'store-credit:%' ORDER BY process, version`,
  );
  const rebuilt = new Map<string, Row[]>(Object.keys(compared).map((table) => [table, []]));
  const journals = Map.groupBy(rows, ({ process }) => process);
  for (const [process, journal] of journals) {
    const made = creditRows(journal.map((row) => ({ ...row, at: row.at.toISOString() })));
    rebuilt.get('store_credits')?.push(made.credit);
    rebuilt.get('store_credit_redemptions')?.push(...made.redemptions);
    rebuilt.get('money_entries')?.push(...postedBy(process, journal));
  }
  const live = await client.query<{ credit: string }>('SELECT credit FROM store_credits');
  return await compareRows(client, compared, rebuilt, {
    process: [...journals.keys()],
    credit: live.rows.map(({ credit }) => credit),
  });
}

function postedBy(process: string, journal: readonly Stored[]): Row[] {
  let state: StoreCredit | null = null;
  return journal.flatMap(({ command_id, events }): Row[] => {
    const posted = creditPostings(state, events, command_id);
    state = foldCredit(state, events);
    return posted.map((entry) => ({ ...entry, process }));
  });
}
