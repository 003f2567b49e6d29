import { rebalanceAttention } from '../../domain/rebalance/attention.ts';
import { rebalanceStatuses } from '../../domain/rebalance/state.ts';
import { rebalanceWorkflowId, rebalanceWorkflowType } from '../../workflows/rebalance/messages.ts';
import type { NetworkDesk } from '../network/desk.ts';
import { rebalanceProblem } from './refusals.ts';
import { rebalanceSentences } from './sentences.ts';

export const rebalances: NetworkDesk = {
  kind: 'rebalance',
  noun: 'rebalancing',
  id: 'Rebalance',
  ids: 'Rebalances',
  tag: 'Rebalancing',
  path: '/v1/rebalances',
  example: 'RB-73MN-Q9TX-0',
  workflowType: rebalanceWorkflowType,
  workflowId: rebalanceWorkflowId,
  statuses: rebalanceStatuses,
  sentences: rebalanceSentences,
  resolutions: rebalanceAttention,
  refused: rebalanceProblem,
};
