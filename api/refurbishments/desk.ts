import { refurbishmentAttention } from '../../domain/refurbishment/attention.ts';
import type { RefurbishmentKind } from '../../domain/refurbishment/kind.ts';
import { refurbishmentStatuses } from '../../domain/refurbishment/state.ts';
import { refurbishmentWorkflowId, refurbishmentWorkflowType } from '../../workflows/refurbishment/messages.ts';
import type { DeskOf } from '../executions/desk.ts';
import { refurbishmentSentence, refurbishmentSentences } from './sentences.ts';

export const refurbishments: DeskOf<RefurbishmentKind> = {
  kind: 'refurbishment',
  noun: 'refurbishment',
  id: 'Refurbishment',
  ids: 'Refurbishments',
  tag: 'Refurbishments',
  path: '/v1/refurbishments',
  example: 'RF-73MN-Q9TX-0',
  workflowType: refurbishmentWorkflowType,
  workflowId: refurbishmentWorkflowId,
  statuses: refurbishmentStatuses,
  sentences: refurbishmentSentences,
  resolutions: refurbishmentAttention,
  sentenceOf: refurbishmentSentence,
};
