import { tripDecider } from '../../domain/trip/decider.ts';
import type { TripParts } from '../../domain/trip/kind.ts';
import { bookedWorkflow } from '../process/booked.ts';
import { act } from './act.ts';
import { messageTypes, tripWorkflowId } from './messages.ts';
import { story } from './story.ts';

/** A vehicle's run, from its plan until everything that rode on it, or should have, has its end. */
export const Trip = bookedWorkflow<TripParts>({
  kind: 'trip',
  decider: tripDecider,
  messageTypes,
  cancel: () => ({ type: 'cancel', note: null }),
  workflowId: tripWorkflowId,
  firstStatus: 'planned',
  statusOf: ({ status }) => status,
  story,
  act,
  unknown: { code: 'unknown_trip' },
  lots: () => [],
  foundBy: ({ depot, loads }) => ({ facility: depot, orders: loads.map(({ reference }) => reference), skus: [] }),
});
