import { tripAttention } from '../../domain/trip/attention.ts';
import { tripStatuses } from '../../domain/trip/state.ts';
import { tripWorkflowId, tripWorkflowType } from '../../workflows/trip/messages.ts';
import type { NetworkDesk } from '../network/desk.ts';
import { tripProblem } from './refusals.ts';
import { tripSentences } from './sentences.ts';

export const trips: NetworkDesk = {
  kind: 'trip',
  noun: 'trip',
  id: 'Trip',
  ids: 'Trips',
  tag: 'Trips',
  path: '/v1/trips',
  example: 'TP-73MN-Q9TX-0',
  workflowType: tripWorkflowType,
  workflowId: tripWorkflowId,
  statuses: tripStatuses,
  sentences: tripSentences,
  resolutions: tripAttention,
  refused: tripProblem,
};
