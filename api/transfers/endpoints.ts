import { resolveNetworkAttention } from '../network/command.ts';
import { transferCommands } from './commands.ts';
import { createTransfer } from './create.ts';
import { transfers } from './desk.ts';
import { getTransfer, listTransfers } from './read.ts';

/** Goods that move from one facility to another. */
export const transferEndpoints = [
  createTransfer,
  listTransfers,
  getTransfer,
  ...transferCommands,
  resolveNetworkAttention(transfers),
];
