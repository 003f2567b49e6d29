import { refurbishmentDecider } from '../../domain/refurbishment/decider.ts';
import type { RefurbishmentParts } from '../../domain/refurbishment/kind.ts';
import { statusOf } from '../../domain/refurbishment/state.ts';
import { executionWorkflow } from '../execution/execution.ts';
import { messageTypes, refurbishmentWorkflowId } from './messages.ts';
import { story } from './story.ts';

/** Work on goods, from the request of their items to the day when each return has its item back. */
export const Refurbishment = executionWorkflow<RefurbishmentParts>({
  kind: 'refurbishment',
  decider: refurbishmentDecider,
  messageTypes,
  cancel: () => ({ type: 'cancel', partsBack: false, note: null }),
  workflowId: refurbishmentWorkflowId,
  firstStatus: 'requested',
  statusOf,
  story,
});
