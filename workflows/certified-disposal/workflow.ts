import { certifiedDisposalDecider } from '../../domain/certified-disposal/decider.ts';
import type { CertifiedDisposalParts } from '../../domain/certified-disposal/kind.ts';
import { executionWorkflow } from '../execution/execution.ts';
import { certifiedDisposalWorkflowId, messageTypes } from './messages.ts';
import { story } from './story.ts';

/** Goods of many returns that are donated, recycled or destroyed, from the request to the certificate. */
export const CertifiedDisposal = executionWorkflow<CertifiedDisposalParts>({
  kind: 'certified_disposal',
  decider: certifiedDisposalDecider,
  messageTypes,
  cancel: () => ({ type: 'cancel', note: null }),
  workflowId: certifiedDisposalWorkflowId,
  firstStatus: 'requested',
  statusOf: ({ status }) => status,
  story,
});
