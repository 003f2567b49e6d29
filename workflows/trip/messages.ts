import type { TripCommand } from '../../domain/trip/commands.ts';

export const tripWorkflowType = 'Trip';
export const tripWorkflowId = (number: string): string => `trip:${number}`;

/** Commands that come from outside, each an update and a signal of its own name. */
export const messageTypes = [
  'assign',
  'withdraw',
  'depart',
  'arrive',
  'collect',
  'fail',
  'refuse',
  'deliver',
  'come_back',
  'cancel',
  'resolve',
  'sync',
] as const satisfies readonly TripCommand['type'][];
