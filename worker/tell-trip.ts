import type { Pool } from 'pg';
import { placingAgain } from '../activities/trips/place-again.ts';
import type { Trips } from '../activities/trips/port.ts';
import { tripWorkflowId, tripWorkflowType } from '../workflows/trip/messages.ts';
import { tellProcess } from './tell-process.ts';

const tellTrip: Trips['tellTrip'] = ({ trip, message }) => {
  const summary = `${tripWorkflowType} ${trip}`;
  const args = { number: trip, request: null };
  return tellProcess({ workflowType: tripWorkflowType, workflowId: tripWorkflowId(trip), args, summary }, message);
};

/** Tells trips by updates. */
export const makeTrips = (pool: Pool): Trips => ({ tellTrip, placeAgain: placingAgain(pool, tellTrip) });
