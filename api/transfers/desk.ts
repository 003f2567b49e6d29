import { transferAttention } from '../../domain/transfer/attention.ts';
import { transferStatuses } from '../../domain/transfer/state.ts';
import { transferWorkflowId, transferWorkflowType } from '../../workflows/transfer/messages.ts';
import type { NetworkDesk } from '../network/desk.ts';
import { transferProblem } from './refusals.ts';
import { transferSentences } from './sentences.ts';

export const transfers: NetworkDesk = {
  kind: 'transfer',
  noun: 'transfer',
  id: 'Transfer',
  ids: 'Transfers',
  tag: 'Transfers',
  path: '/v1/transfers',
  example: 'TR-73MN-Q9TX-0',
  workflowType: transferWorkflowType,
  workflowId: transferWorkflowId,
  statuses: transferStatuses,
  sentences: transferSentences,
  resolutions: transferAttention,
  refused: transferProblem,
};
