import { certifiedDisposalAttention } from '../../domain/certified-disposal/attention.ts';
import type { CertifiedDisposalKind } from '../../domain/certified-disposal/kind.ts';
import { certifiedDisposalStatuses } from '../../domain/certified-disposal/state.ts';
import {
  certifiedDisposalWorkflowId,
  certifiedDisposalWorkflowType,
} from '../../workflows/certified-disposal/messages.ts';
import type { DeskOf } from '../executions/desk.ts';
import { certifiedDisposalSentence, certifiedDisposalSentences } from './sentences.ts';

export const certifiedDisposals: DeskOf<CertifiedDisposalKind> = {
  kind: 'certified_disposal',
  noun: 'certified disposal',
  id: 'CertifiedDisposal',
  ids: 'CertifiedDisposals',
  tag: 'Certified disposals',
  path: '/v1/certified-disposals',
  example: 'CD-73MN-Q9TX-0',
  workflowType: certifiedDisposalWorkflowType,
  workflowId: certifiedDisposalWorkflowId,
  statuses: certifiedDisposalStatuses,
  sentences: certifiedDisposalSentences,
  resolutions: certifiedDisposalAttention,
  sentenceOf: certifiedDisposalSentence,
};
