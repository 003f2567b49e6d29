import { Context } from '@temporalio/activity';
import type { Pool } from 'pg';
import { createEasyPostCarriers } from '../activities/carriers/easypost.ts';
import type { CarrierActivities, Carriers } from '../activities/carriers/port.ts';
import { makeAddresses } from '../activities/journal/addresses.ts';
import { makeJournal } from '../activities/journal/journal.ts';
import { keepLabel } from '../activities/journal/labels.ts';
import type { Journal } from '../activities/journal/port.ts';
import type { Payments } from '../activities/payments/port.ts';
import { createStripePayments } from '../activities/payments/stripe.ts';
import type { Config } from '../config/config.ts';

/** How long one call to a provider may take: short inside a workflow task, whose slot it holds, longer outside. */
const quickMs = 2_500;
const patientMs = 8_000;

/** Everything that workflows may ask for, each under its activity's name. */
export type Activities = Journal & CarrierActivities & Payments;

/** Puts the adapters together: the journal on the pool, carriers and payments in a quick and a patient form. */
export function makeActivities(pool: Pool, config: Pick<Config, 'easypost' | 'stripe'>): Activities {
  const journal = makeJournal(pool);
  const outside = (timeoutMs: number): Carriers & Payments => ({
    ...createEasyPostCarriers({
      apiKey: config.easypost.apiKey,
      baseUrl: config.easypost.baseUrl,
      timeoutMs,
      intents: journal,
      addresses: makeAddresses(pool),
    }),
    ...createStripePayments({
      apiKey: config.stripe.apiKey,
      baseUrl: config.stripe.baseUrl,
      timeoutMs,
      intents: journal,
    }),
  });
  const quick = outside(quickMs);
  const patient = outside(patientMs);
  const fitting = () => (Context.current().info.isLocal ? quick : patient);
  return {
    append: journal.append,
    openReturn: journal.openReturn,
    reserveUnits: journal.reserveUnits,
    buyLabel: async (request) => {
      const { labelUrl: url, ...label } = await fitting().buyLabel(request);
      await keepLabel(pool, { rma: request.rma, parcel: request.parcel, url });
      return label;
    },
    voidLabel: (request) => fitting().voidLabel(request),
    bookPickup: (request) => fitting().bookPickup(request),
    cancelPickup: (request) => fitting().cancelPickup(request),
    openClaim: (request) => fitting().openClaim(request),
    issueRefund: (request) => fitting().issueRefund(request),
    refundStatus: (request) => fitting().refundStatus(request),
  };
}
