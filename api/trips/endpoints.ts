import { resolveNetworkAttention } from '../network/command.ts';
import { tripCommands } from './commands.ts';
import { consolidateTrips } from './consolidation/endpoint.ts';
import { createTrip, importTrips } from './create.ts';
import { trips } from './desk.ts';
import { getTrip, listTrips } from './read.ts';
import { getTripSavings } from './savings.ts';

/** Scheduled runs of vehicles, and what they collect on their way. */
export const tripEndpoints = [
  createTrip,
  importTrips,
  consolidateTrips,
  getTripSavings,
  listTrips,
  getTrip,
  ...tripCommands,
  resolveNetworkAttention(trips),
];
