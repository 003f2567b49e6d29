import { randomBytes } from 'node:crypto';
import { networkNumber } from '../../domain/network/number.ts';
import { makeRma } from '../../domain/numbers/rma.ts';
import { assignmentsFor } from '../../domain/trip/assignments.ts';
import type { TripCommand } from '../../domain/trip/commands.ts';
import { consolidate } from '../../domain/trip/consolidate.ts';
import type { TripRequest } from '../../domain/trip/events.ts';
import type { Candidate } from '../../domain/trip/insertion.ts';
import { type Opened, planOf } from '../../domain/trip/state.ts';
import { tripWorkflowId, tripWorkflowType } from '../../workflows/trip/messages.ts';
import { aPlan, clock } from '../domain/trip/world.ts';
import { anExecution } from './executions.ts';
import { withFacilities } from './orders.ts';
import type { World } from './world.ts';

/** A run that leaves in an hour of the world's clock, from DC-1 to the stores S-1 and S-2. */
export async function aTrip(world: World) {
  const later = (await world.env.currentTimeMs()) + 3_600_000 - Date.parse(clock(0));
  const shifted = (instant: string) => new Date(Date.parse(instant) + later).toISOString();
  const plan = aPlan();
  const stops = plan.stops.map((stop) => ({ ...stop, opens: shifted(stop.opens), closes: shifted(stop.closes) }));
  const request: TripRequest = { ...plan, stops, depot: 'DC-1', vehicle: 'VAN-7', currency: 'EUR' };
  await withFacilities(world.db, ['DC-1', 'S-1', 'S-2']);
  const number = networkNumber('trip', makeRma(randomBytes(8)));
  const its = await anExecution<Opened, TripCommand>(
    world,
    { workflowType: tripWorkflowType, workflowId: tripWorkflowId(number), number },
    request,
  );
  /** Has it collect something on its way, somebody being there all day. */
  async function collects(given: Candidate): Promise<void> {
    const now = await its.until(({ status }) => status === 'planned');
    const candidate = { ...given, readyFrom: shifted(given.readyFrom), until: shifted(given.until) };
    const of = consolidate([{ trip: number, plan: planOf(now) }], [candidate], { most: {}, expected: {} });
    for (const { command } of assignmentsFor(of, [candidate])) await its.tell(command);
  }
  return { ...its, collects, shifted };
}
