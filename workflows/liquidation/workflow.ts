import { liquidationDecider } from '../../domain/liquidation/decider.ts';
import type { LiquidationParts } from '../../domain/liquidation/kind.ts';
import { executionWorkflow } from '../execution/execution.ts';
import { liquidationWorkflowId, messageTypes } from './messages.ts';
import { story } from './story.ts';

/** Goods of many returns that are sold together, from the first bid to the last payment. */
export const Liquidation = executionWorkflow<LiquidationParts>({
  kind: 'liquidation',
  decider: liquidationDecider,
  messageTypes,
  cancel: () => ({ type: 'cancel', note: null, instead: null }),
  workflowId: liquidationWorkflowId,
  firstStatus: 'open',
  statusOf: ({ status }) => status,
  story,
});
