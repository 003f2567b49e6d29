import { benchScenarios } from './bench.ts';
import { bulkScenarios } from './bulk.ts';
import { deliveryScenarios } from './deliveries.ts';
import { exchangeScenarios } from './exchanges.ts';
import { paidRepairScenarios } from './paid-repair.ts';
import { programScenarios } from './programs.ts';
import { promotionScenarios } from './promotions.ts';
import { recallScenarios } from './recalls.ts';
import { rentalScenarios } from './rentals.ts';
import type { Scenario } from './scenario.ts';
import { scenarios } from './scenarios.ts';
import { storeCreditScenarios } from './store-credit.ts';
import { troubleScenarios } from './trouble.ts';
import { wayScenarios } from './ways.ts';

/** What `npm run demo -- all` shows. */
export const allScenarios: readonly Scenario[] = [
  ...scenarios,
  ...programScenarios,
  ...recallScenarios,
  ...rentalScenarios,
  ...bulkScenarios,
  ...deliveryScenarios,
  ...wayScenarios,
  ...exchangeScenarios,
  ...promotionScenarios,
  ...storeCreditScenarios,
  ...benchScenarios,
  ...paidRepairScenarios,
  ...troubleScenarios,
];
