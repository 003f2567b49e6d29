import { Context } from '@temporalio/activity';
import type { Pool } from 'pg';
import { createEasyPostCarriers } from '../activities/carriers/easypost.ts';
import type { CarrierActivities } from '../activities/carriers/port.ts';
import type { Deliveries } from '../activities/deliveries/port.ts';
import { makeAddresses } from '../activities/journal/addresses.ts';
import { type CreditMemos, makeCreditMemos } from '../activities/journal/credit-memos.ts';
import { makeJournal } from '../activities/journal/journal.ts';
import { keepLabel } from '../activities/journal/labels.ts';
import type { Journal } from '../activities/journal/port.ts';
import type { Loans } from '../activities/loans/port.ts';
import { makeNotices } from '../activities/notices/notices.ts';
import { smtpChannel } from '../activities/notices/smtp.ts';
import { createStripeCards } from '../activities/payments/cards.ts';
import type { Cards, Payments } from '../activities/payments/port.ts';
import { createStripePayments } from '../activities/payments/stripe.ts';
import type { Rebalances } from '../activities/rebalances/port.ts';
import { makeRecallDrills } from '../activities/recalls/drills/drills.ts';
import type { RecallDrills } from '../activities/recalls/drills/port.ts';
import type { Notices, Recalls } from '../activities/recalls/port.ts';
import type { Returns } from '../activities/returns/port.ts';
import type { Stock, TransferredStock } from '../activities/stock/port.ts';
import { makeStock } from '../activities/stock/told-levels.ts';
import { makeTransferredStock } from '../activities/stock/transferred.ts';
import { makeStoreCredits } from '../activities/store-credits/credits.ts';
import type { StoreCredits } from '../activities/store-credits/port.ts';
import type { ToldTransfers } from '../activities/transfers/port.ts';
import type { Trips } from '../activities/trips/port.ts';
import type { Config } from '../config/config.ts';
import { makeRebalances } from './rebalances.ts';
import { makeRecalls } from './recall-waves.ts';
import { makeDeliveries, makeLoans } from './start-return.ts';
import { returns } from './tell-return.ts';
import { makeToldTransfers } from './tell-transfer.ts';
import { makeTrips } from './tell-trip.ts';

/**
 * All calls of a quick attempt together: it holds the slot of its workflow task, and what people tell the return waits
 * behind it. Well below the time-out of the local activity, so that no other attempt runs beside it.
 */
const quickMs = 5_000;
/** Each call of an attempt outside. */
const patientMs = 8_000;

function timeoutMs(): number {
  const { isLocal, currentAttemptScheduledTimestampMs } = Context.current().info;
  return isLocal ? Math.max(1, currentAttemptScheduledTimestampMs + quickMs - Date.now()) : patientMs;
}

/** Says that the attempt lives; throws once its worker ends, so that another goes on with what is left. */
function pulse() {
  const context = Context.current();
  return {
    beat: () => {
      context.heartbeat();
      if (context.cancellationSignal.aborted) throw context.cancellationSignal.reason;
    },
  };
}

/** Everything that workflows may ask for, each under its activity's name. */
export type Activities = Journal &
  CarrierActivities &
  Payments &
  Cards &
  Returns &
  Deliveries &
  Loans &
  CreditMemos &
  Stock &
  TransferredStock &
  Rebalances &
  Recalls &
  Notices &
  RecallDrills &
  ToldTransfers &
  Trips &
  StoreCredits;

/** Puts the adapters together: the journal on the pool, carriers and payments with the time that their attempt has. */
export function makeActivities(pool: Pool, config: Pick<Config, 'easypost' | 'stripe' | 'notices'>): Activities {
  const journal = makeJournal(pool);
  const carriers = createEasyPostCarriers({
    apiKey: config.easypost.apiKey,
    baseUrl: config.easypost.baseUrl,
    timeoutMs,
    intents: journal,
    addresses: makeAddresses(pool),
  });
  const stripe = { apiKey: config.stripe.apiKey, baseUrl: config.stripe.baseUrl, timeoutMs, intents: journal };
  const payments = createStripePayments(stripe);
  const { smtpUrl: url, from, connections, reach, responseUrl, linkKeys: keys, linkDays: days } = config.notices;
  const channel = smtpChannel({ url, from, connections });
  return {
    append: journal.append,
    readJournal: journal.readJournal,
    openReturn: journal.openReturn,
    reserveUnits: journal.reserveUnits,
    buyLabel: async (request) => {
      const { labelUrl: url, ...label } = await carriers.buyLabel(request);
      await keepLabel(pool, { rma: request.rma, parcel: request.parcel, url });
      return label;
    },
    voidLabel: carriers.voidLabel,
    bookPickup: carriers.bookPickup,
    cancelPickup: carriers.cancelPickup,
    openClaim: carriers.openClaim,
    withdrawClaim: carriers.withdrawClaim,
    issueRefund: payments.issueRefund,
    refundStatus: payments.refundStatus,
    ...createStripeCards(stripe),
    ...returns,
    ...makeToldTransfers(pool),
    ...makeTrips(pool),
    ...makeDeliveries(pool),
    ...makeLoans(pool),
    issueCreditMemo: makeCreditMemos(pool).issueCreditMemo,
    ...makeStock(pool),
    ...makeTransferredStock(pool),
    ...makeRebalances(pool),
    ...makeRecalls(pool),
    ...makeNotices(pool, { channel, reach, links: { url: responseUrl, keys, days } }, pulse),
    ...makeRecallDrills(pool, channel),
    ...makeStoreCredits(pool),
  };
}
