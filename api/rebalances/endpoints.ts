import { resolveNetworkAttention } from '../network/command.ts';
import { rebalanceCommands } from './commands.ts';
import { createRebalance } from './create.ts';
import { rebalances } from './desk.ts';
import { listRebalanceExcess, listRebalanceLines } from './lines.ts';
import { getRebalance, listRebalances } from './read.ts';

/** What goes from where there is too much to where it is missing. */
export const rebalanceEndpoints = [
  createRebalance,
  listRebalances,
  getRebalance,
  listRebalanceLines,
  listRebalanceExcess,
  ...rebalanceCommands,
  resolveNetworkAttention(rebalances),
];
