import { getManifest, getManifestCsv } from './manifest.ts';
import { getLiquidationSale } from './sale.ts';
import { sellingCommands } from './selling.ts';
import { settlingCommands } from './settling.ts';

/** What is read of a liquidation and told to it, beside what all executions have. */
export const liquidationEndpoints = [
  getLiquidationSale,
  getManifest,
  getManifestCsv,
  ...sellingCommands,
  ...settlingCommands,
];
