import type { Pool } from 'pg';
import { creditMemoNumber } from '../../domain/money/credit-memo.ts';
import type { Money } from '../../domain/money/money.ts';
import { wholeOf } from '../../domain/numbers/rma.ts';
import { partOfMemo } from './credit-memo-parts.ts';

export type CreditMemoRequest = {
  /** Names the credit memo for ever: asked again, it is the one that was issued. */
  readonly reference: string;
  readonly rma: string;
  readonly settlement: string;
  /** The invoice that it cites. */
  readonly order: string;
  readonly amount: Money;
};

/** What gives a business customer credit on its account. */
export interface CreditMemos {
  /**
   * Issues a credit memo under the next number of the order's legal entity, and answers with that number: `main-000017`.
   * Null for a section of a bulk return while a person has not issued the credit memo of the whole.
   */
  issueCreditMemo(request: CreditMemoRequest): Promise<{ readonly creditMemo: string | null }>;
}

// The row of the series is locked until the commit, so the next number is taken only once this one is there, or free again.
const ISSUE = `
  WITH known AS (SELECT legal_entity, number FROM credit_memos WHERE reference = $1),
  next AS (
    INSERT INTO credit_memo_series AS series (legal_entity, last)
    SELECT legal_entity, 1 FROM orders WHERE id = $4 AND NOT EXISTS (SELECT FROM known)
    ON CONFLICT (legal_entity) DO UPDATE SET last = series.last + 1
    RETURNING legal_entity, last),
  issued AS (
    INSERT INTO credit_memos (legal_entity, number, reference, rma, settlement, order_id, amount, currency)
    SELECT legal_entity, last, $1, $2, $3, $4, $5, $6 FROM next
    RETURNING legal_entity, number)
  SELECT legal_entity, number FROM known UNION ALL SELECT legal_entity, number FROM issued`;

/** Credit memos on PostgreSQL, each with its number in one statement: what fails leaves no gap. */
export function makeCreditMemos(pool: Pool): CreditMemos {
  return {
    issueCreditMemo: async (request) => {
      const { reference, rma, settlement, order } = request;
      const { amount, currency } = request.amount;
      const whole = wholeOf(rma);
      if (whole !== null) return { creditMemo: await partOfMemo(pool, whole, request) };
      const { rows } = await pool.query<{ legal_entity: string; number: number }>({
        name: 'issue credit memo',
        text: ISSUE,
        values: [reference, rma, settlement, order, amount, currency],
      });
      const [row] = rows;
      if (row === undefined) throw new Error(`order ${order} is not there`);
      return { creditMemo: creditMemoNumber(row.legal_entity, row.number) };
    },
  };
}
