import { proxyActivities } from '@temporalio/workflow';
import type { Loans } from '../../activities/loans/port.ts';
import type { Returns } from '../../activities/returns/port.ts';
import type { LoanOutcomeOfEffect } from '../../domain/loan/commands.ts';
import { loanDecider } from '../../domain/loan/decider.ts';
import type { LoanEffect } from '../../domain/loan/due.ts';
import type { LoanParts } from '../../domain/loan/kind.ts';
import { type Opened, statusOf, unitsOf } from '../../domain/loan/state.ts';
import { bookedWorkflow } from '../process/booked.ts';
import { loanWorkflowId, messageTypes } from './messages.ts';
import { story } from './story.ts';

/** Until the return has it, however long that takes. */
const { startLoanReturn, tellReturn } = proxyActivities<Loans & Returns>({
  startToCloseTimeout: '15 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
});

/** Goods with a borrower, from the request until they are back, or paid for. */
export const Loan = bookedWorkflow<LoanParts>({
  kind: 'loan',
  decider: loanDecider,
  messageTypes,
  cancel: () => ({ type: 'cancel', note: null }),
  workflowId: loanWorkflowId,
  firstStatus: 'requested',
  statusOf,
  story,
  unknown: { code: 'unknown_loan' },
  act,
  lots: () => [],
  foundBy: (state) => ({
    facility: state.facility,
    orders: [state.number],
    skus: unitsOf(state).map(({ sku }) => sku),
  }),
});

async function act(state: Opened, effect: LoanEffect): Promise<LoanOutcomeOfEffect> {
  const { number: loan, facility } = state;
  const summary = { summary: effect.key };
  if (effect.kind === 'start_return') {
    const { comingBack } = effect;
    const units = unitsOf(state).filter(({ unit }) => effect.units.includes(unit));
    const goods = units.map(({ unit, sku }) => ({ unit, sku }));
    return await startLoanReturn.executeWithOptions(summary, [{ loan, comingBack, facility, units: goods }]);
  }
  const id = loanWorkflowId(loan);
  const message = { commandId: `${id}:${effect.id}`, by: id, command: { type: 'cancel', note: null } } as const;
  return await tellReturn.executeWithOptions(summary, [{ rma: effect.rma, message }]);
}
