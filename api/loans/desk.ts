import { loanAttention } from '../../domain/loan/attention.ts';
import { loanStatuses } from '../../domain/loan/state.ts';
import { loanWorkflowId, loanWorkflowType } from '../../workflows/loan/messages.ts';
import type { NetworkDesk } from '../network/desk.ts';
import { loanProblem } from './refusals.ts';
import { loanSentences } from './sentences.ts';

export const loans: NetworkDesk = {
  kind: 'loan',
  noun: 'loan',
  id: 'Loan',
  ids: 'Loans',
  tag: 'Loans',
  path: '/v1/loans',
  example: 'LN-73MN-Q9TX-0',
  workflowType: loanWorkflowType,
  workflowId: loanWorkflowId,
  statuses: loanStatuses,
  sentences: loanSentences,
  resolutions: loanAttention,
  refused: loanProblem,
};
