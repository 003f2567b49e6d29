import type { z } from 'zod';
import { openTrips, receivingBeside } from '../../../activities/trips/open-trips.ts';
import { assignmentsFor } from '../../../domain/trip/assignments.ts';
import { type Assignment, type Consolidation, consolidate } from '../../../domain/trip/consolidate.ts';
import type { WhyLeft } from '../../../domain/trip/fleet.ts';
import { legs } from '../../../domain/trip/plan.ts';
import { inTransaction } from '../../../prisma/client.ts';
import type { Api } from '../../api.ts';
import { endpoint, type RawCall } from '../../endpoint.ts';
import { moneyInWords, moneyOut } from '../../money.ts';
import { carryOut } from '../../network/carry-out.ts';
import { minuteOf } from '../../plain-words.ts';
import { Problem } from '../../problem.ts';
import { trips } from '../desk.ts';
import { ConsolidationBody, ConsolidationRequestBody } from './bodies.ts';
import { offered } from './candidates.ts';

export const consolidateTrips = endpoint({
  method: 'post',
  path: `${trips.path}/consolidations`,
  id: 'consolidateTrips',
  tag: trips.tag,
  summary: 'Plan which pickups ride on trips that run anyway, and have them ride',
  description:
    'Each candidate rides where that costs least, if it is less than its carrier takes; the answer says where and why, and why others don’t. ' +
    'With `apply` the trips are told, and by them the returns: a return whose pickup was booked with a carrier gives that up.',
  permission: 'network:decide',
  body: ConsolidationRequestBody,
  responses: { 200: { description: 'The plan.', schema: ConsolidationBody } },
  problems: [422],
  handle: async (call, api) => {
    const { from, until, depot, currency, apply } = call.body;
    return await inTransaction(api.pool, async (client) => {
      // Plans that are applied at once would give one pickup to two trips, or a facility more than it takes.
      if (apply) await client.query(`SELECT pg_advisory_xact_lock(hashtext('trip_consolidations'))`);
      const open = await openTrips(client, { from: new Date(from), until: new Date(until), currency, depot });
      const { candidates, placeless } = await offered(api, client, call.body);
      const size = candidates.length * open.reduce((sum, { plan: { stops } }) => sum + stops.length, 0);
      if (size > mostPlaces) {
        const detail = 'these are more trips and pickups than are planned at once; name a depot, or a shorter time';
        throw new Problem(422, 'plan_too_large', detail, { field: 'from' });
      }
      const plan = consolidate(open, candidates, await receivingBeside(client, open));
      const refused = apply ? await tellAll(api, call, assignmentsFor(plan, candidates)) : [];
      return { status: 200, body: { ...planOut(plan, placeless, currency), applied: apply, refused } };
    });
  },
});

/**
 * Pickups times stops where each could go: so many are planned within about a second, while which no other request is answered and the
 * transaction that bars other plans stays open.
 */
const mostPlaces = 10_000;

/** Tells each trip what it collects besides; those that have changed since they were read refuse it whole. */
async function tellAll(
  api: Api,
  call: Pick<RawCall, 'request' | 'commandId' | 'caller'>,
  assignments: ReturnType<typeof assignmentsFor>,
): Promise<z.infer<typeof ConsolidationBody>['refused']> {
  const refused: { trip: string; code: string }[] = [];
  for (const { trip, command } of assignments) {
    try {
      await carryOut(api, { ...call, commandId: `${call.commandId}:${trip}` }, trips, trip, command);
    } catch (error) {
      if (!(error instanceof Problem) || error.status >= 500) throw error;
      refused.push({ trip, code: error.code });
    }
  }
  return refused;
}

const planOut = (plan: Consolidation, placeless: readonly string[], currency: string) => ({
  saving: moneyOut(plan.saving, currency),
  assigned: plan.assigned.map((each) => ({
    ...each,
    carrierPrice: moneyOut(each.carrierPrice, currency),
    cost: moneyOut(each.cost, currency),
    saving: moneyOut(each.saving, currency),
    why: whyOf(each, currency),
  })),
  left: [
    ...plan.left.map(({ candidate, why }) => ({ candidate, code: why, why: whys[why] })),
    ...placeless.map((candidate) => ({
      candidate,
      code: 'place_unknown',
      why: 'Nobody has said where it is collected.',
    })),
  ],
  trips: plan.trips.map(({ trip, plan: filled }) => ({
    trip,
    legs: legs(filled).map((leg) => ({ ...leg, goods: [...leg.goods] })),
  })),
});

function whyOf({ trip, stop, after, isStopAdded, at, carrierPrice, cost }: Assignment, currency: string): string {
  const amount = (minor: number) => moneyInWords({ amount: minor, currency });
  const where = isStopAdded ? `as a stop more after ${after}` : `at stop ${stop}, which it drives to anyway`;
  return `${trip} passes at ${minuteOf(at)}, ${where}: ${amount(cost)} more than it costs, where a carrier takes ${amount(carrierPrice)}.`;
}

const whys: Readonly<Record<WhyLeft, string>> = {
  receiving_full: 'Its facility takes in no more units on that day.',
  goes_elsewhere: 'No trip passes that goes where it is to go.',
  too_dear: 'A carrier is cheaper.',
  no_such_stop: 'No trip could be driven with it.',
  off_before_on: 'No trip could be driven with it.',
  over_volume: 'No trip that passes has room for it.',
  over_weight: 'No trip that passes may carry its weight.',
  goods_apart: 'It may not ride beside what the trips that pass carry.',
  window_missed: 'No trip could be there in its window without being late elsewhere.',
};
