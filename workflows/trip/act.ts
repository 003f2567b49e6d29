import { proxyActivities } from '@temporalio/workflow';
import type { Returns } from '../../activities/returns/port.ts';
import type { ToldTransfers } from '../../activities/transfers/port.ts';
import type { Trips } from '../../activities/trips/port.ts';
import type { TripEffectOutcome } from '../../domain/trip/commands.ts';
import type { ReturnNews, TripEffect } from '../../domain/trip/due.ts';
import type { Opened } from '../../domain/trip/state.ts';
import { tripWorkflowId } from './messages.ts';

/** Until the return, the transfer or another trip has it, however long that takes. */
const { tellReturn, tellTransfer, placeAgain } = proxyActivities<Returns & ToldTransfers & Trips>({
  startToCloseTimeout: '1 minute',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
});

/** Carries out an effect of a trip. */
export async function act({ number }: Opened, effect: TripEffect): Promise<TripEffectOutcome> {
  const summary = { summary: effect.key };
  if (effect.kind === 'place_again') {
    const { id, candidate } = effect;
    return await placeAgain.executeWithOptions(summary, [{ trip: number, effect: id, candidate }]);
  }
  const by = tripWorkflowId(number);
  const named = { commandId: `${by}:${effect.id}`, by };
  if (effect.kind === 'tell_transfer') {
    const { transfer, told } = effect;
    const carried = { type: 'trip', trip: number } as const;
    const command = { type: 'ship', by: carried, tracking: null, lines: null, units: told.units } as const;
    return await tellTransfer.executeWithOptions(summary, [{ transfer, message: { ...named, command } }]);
  }
  const { rma, load, told } = effect;
  const message = { ...named, command: commandOf(number, load, told) };
  return await tellReturn.executeWithOptions(summary, [{ rma, message }]);
}

function commandOf(trip: string, load: string, news: ReturnNews) {
  if (news.step === 'assigned') {
    const { parcel, windowStart, windowEnd } = news;
    return { type: 'assign_trip', trip, load, parcel, windowStart, windowEnd } as const;
  }
  const { step: outcome, at } = news;
  const counted = news.step === 'collected' ? { units: news.units, of: news.of } : {};
  return { type: 'report_trip', trip, load, outcome, at, ...counted } as const;
}
