import { vendorReturnAttention } from '../../domain/vendor-return/attention.ts';
import type { VendorReturnKind } from '../../domain/vendor-return/kind.ts';
import { vendorReturnStatuses } from '../../domain/vendor-return/state.ts';
import { vendorReturnWorkflowId, vendorReturnWorkflowType } from '../../workflows/vendor-return/messages.ts';
import type { DeskOf } from '../executions/desk.ts';
import { vendorReturnSentence, vendorReturnSentences } from './sentences.ts';

export const vendorReturns: DeskOf<VendorReturnKind> = {
  kind: 'vendor_return',
  noun: 'vendor return',
  id: 'VendorReturn',
  ids: 'VendorReturns',
  tag: 'Vendor returns',
  path: '/v1/vendor-returns',
  example: 'VR-73MN-Q9TX-0',
  workflowType: vendorReturnWorkflowType,
  workflowId: vendorReturnWorkflowId,
  statuses: vendorReturnStatuses,
  sentences: vendorReturnSentences,
  resolutions: vendorReturnAttention,
  sentenceOf: vendorReturnSentence,
};
