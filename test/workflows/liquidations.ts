import { randomBytes } from 'node:crypto';
import { executionNumber } from '../../domain/execution/number.ts';
import type { LiquidationTerms } from '../../domain/liquidation/events.ts';
import type { Opened } from '../../domain/liquidation/state.ts';
import { makeRma } from '../../domain/numbers/rma.ts';
import {
  type LiquidationMessage,
  liquidationWorkflowId,
  liquidationWorkflowType,
} from '../../workflows/liquidation/messages.ts';
import { terms } from '../domain/liquidation/world.ts';
import { asNew } from '../domain/sale.ts';
import { anExecution, wanted } from './executions.ts';
import { facility } from './orders.ts';
import type { OpenReturn, Processes } from './returns.ts';
import { handOver, receive, refundSucceeds } from './steps.ts';

/** Brings a return of one unit to where its goods wait to be liquidated. */
export async function waitsForSale(its: OpenReturn): Promise<void> {
  await handOver(its);
  await receive(its);
  const worn = { ...asNew, packaging: 'opened', cosmetic: 'damaged' } as const;
  await its.tell({ type: 'inspect', item: 'P1-1', findings: [{ quantity: 1, facts: worn }] });
  await its.tell({ type: 'dispose', item: 'P1-1', disposition: 'liquidate', note: 'N1' });
  await refundSucceeds(its);
}

/** Offers what waits in some returns for sale. */
export function aLiquidation(
  processes: Processes,
  returns: readonly OpenReturn[],
  more: Partial<LiquidationTerms> = {},
) {
  const number = executionNumber('liquidation', makeRma(randomBytes(8)));
  const request = {
    facility,
    currency: 'EUR',
    items: returns.map(wanted),
    reserve: 1500,
    terms: { ...terms, ...more },
  };
  return anExecution<Opened, LiquidationMessage['command']>(
    processes,
    { workflowType: liquidationWorkflowType, workflowId: liquidationWorkflowId(number), number },
    request,
  );
}

/** A bid that stands for years. */
export const aBid = (amount: number, liquidator = 'OUTLET') =>
  ({
    type: 'record_bid',
    liquidator,
    amount,
    currency: 'EUR',
    validUntil: '2999-01-01T00:00:00.000Z',
  }) as const;

export const accepts = (bid: string) =>
  ({ type: 'accept_bid', bid, invoice: 'INV-1', belowReserve: false, note: null }) as const;

export const pays = (amount: number, reference = 'PAY-1') => ({ type: 'record_payment', reference, amount }) as const;

export const fetched = { type: 'ship', carrier: null, reference: 'BOL-1' } as const;
