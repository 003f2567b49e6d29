import type { StoreCreditRow } from '../../domain/return/projection.ts';
import { foldCredit, type StoreCreditEvent } from '../../domain/store-credit/credit.ts';
import { creditProcess } from './process.ts';
import type { Row } from './table.ts';

/** The columns of a store credit and of what it paid for, with their types. */
export const storeCredits = {
  credit: 'text',
  currency: 'text',
  buyer_id: 'text',
  cause: 'text',
  rma: 'text',
  refund: 'text',
  issued: 'bigint',
  balance: 'bigint',
  unspent: 'bigint',
  expires_at: 'timestamptz',
  closed: 'boolean',
  issued_at: 'timestamptz',
  issued_by: 'text',
  version: 'int',
} as const;
export const redemptions = {
  credit: 'text',
  redemption: 'text',
  order_id: 'text',
  reference: 'text',
  amount: 'bigint',
  undone: 'bigint',
  reversed: 'boolean',
} as const;

/** One row of a credit's journal. */
export type CreditEntry = {
  readonly version: number;
  readonly at: string;
  readonly by: string;
  readonly events: readonly StoreCreditEvent[];
};

/** The rows that a whole journal of a credit makes. */
export function creditRows(entries: readonly CreditEntry[]): { credit: Row; redemptions: readonly Row[] } {
  const [first] = entries;
  const state = foldCredit(
    null,
    entries.flatMap(({ events }) => events),
  );
  if (first === undefined || state === null) throw new Error('a credit without events has no rows');
  const { credit, currency, buyer, cause, refund, issued, balance, unspent, expiresAt, closed } = state;
  return {
    credit: {
      ...{ credit, currency, buyer_id: buyer, cause, issued, balance, unspent, expires_at: expiresAt, closed },
      ...{ rma: refund?.rma ?? null, refund: refund?.refund ?? null },
      ...{ issued_at: first.at, issued_by: first.by, version: entries.at(-1)?.version },
    },
    redemptions: Object.values(state.redemptions).map(({ order, ...rest }) => ({ ...rest, credit, order_id: order })),
  };
}

/** The row that a refund of a return begins, and the first of its journal. */
export const issuedRow = ({ at, by, issued }: StoreCreditRow): Row =>
  creditRows([{ version: 1, at, by, events: [issued] }]).credit;

export const issueEntry = ({ at, by, issued }: StoreCreditRow): Row => ({
  process: creditProcess(issued.credit),
  command_id: `${issued.refund?.rma}:refund:${issued.refund?.refund}`,
  at,
  by,
  events: [issued],
});
