import { liquidationAttention } from '../../domain/liquidation/attention.ts';
import type { LiquidationKind } from '../../domain/liquidation/kind.ts';
import { liquidationStatuses } from '../../domain/liquidation/state.ts';
import { liquidationWorkflowId, liquidationWorkflowType } from '../../workflows/liquidation/messages.ts';
import type { DeskOf } from '../executions/desk.ts';
import { liquidationSentence, liquidationSentences } from './sentences.ts';

export const liquidations: DeskOf<LiquidationKind> = {
  kind: 'liquidation',
  noun: 'liquidation',
  id: 'Liquidation',
  ids: 'Liquidations',
  tag: 'Liquidations',
  path: '/v1/liquidations',
  example: 'LQ-73MN-Q9TX-0',
  workflowType: liquidationWorkflowType,
  workflowId: liquidationWorkflowId,
  statuses: liquidationStatuses,
  sentences: liquidationSentences,
  resolutions: liquidationAttention,
  sentenceOf: liquidationSentence,
};
