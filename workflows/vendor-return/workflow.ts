import { vendorReturnDecider } from '../../domain/vendor-return/decider.ts';
import type { VendorReturnParts } from '../../domain/vendor-return/kind.ts';
import { executionWorkflow } from '../execution/execution.ts';
import { messageTypes, vendorReturnWorkflowId } from './messages.ts';
import { story } from './story.ts';

/** Goods on their way back to a vendor, from the request to the credit. */
export const VendorReturn = executionWorkflow<VendorReturnParts>({
  kind: 'vendor_return',
  decider: vendorReturnDecider,
  messageTypes,
  cancel: () => ({ type: 'cancel', note: null }),
  workflowId: vendorReturnWorkflowId,
  firstStatus: 'requested',
  statusOf: ({ status }) => status,
  story,
});
