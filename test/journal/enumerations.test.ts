import { expect, test } from 'vitest';
import type { IntentKind } from '../../activities/intents.ts';
import type { Grade } from '../../domain/grading.ts';
import type { MoneyAccount, StockAccount } from '../../domain/ledger.ts';
import type { CollectionMethod, Instrument, Program } from '../../domain/policy.ts';
import type { RefundLeg } from '../../domain/return/events.ts';
import type {
  ClosingOutcome,
  ItemState,
  LineState,
  ParcelState,
  PickupState,
  RefundState,
} from '../../domain/return/state.ts';
import type { GoodsStatus, MoneyStatus } from '../../domain/return/status.ts';
import { aJournal, value } from './world.ts';

/** Every value of a union; leaving one out, or naming one that isn't in it, does not compile. */
const every = <T extends string>(values: Record<T, true>): readonly string[] => Object.keys(values).sort();

/** Checks of the database that repeat a union of the domain: they must let the same values through. */
const repeated: Readonly<Record<string, readonly string[]>> = {
  returns_program_known: every<Program>({ customer: true }),
  returns_method_known: every<CollectionMethod>({ drop_off: true, pickup: true }),
  returns_instrument_known: every<Instrument>({ original: true, store_credit: true }),
  settlements_instrument_known: every<Instrument>({ original: true, store_credit: true }),
  returns_goods_known: every<GoodsStatus>({
    requested: true,
    in_review: true,
    declined: true,
    authorized: true,
    collecting: true,
    in_transit: true,
    received: true,
    inspected: true,
    disposed: true,
    closed: true,
    cancelled: true,
    expired: true,
    lost: true,
    reconciliation_required: true,
  }),
  returns_money_known: every<MoneyStatus>({ none: true, partial: true, full: true }),
  returns_outcome_known: every<ClosingOutcome>({ completed: true, cancelled: true, declined: true, expired: true }),
  return_lines_verdict_known: every<LineState['verdict']>({
    eligible: true,
    ineligible: true,
    needs_review: true,
    approved: true,
    declined: true,
  }),
  return_items_stage_known: every<ItemState['stage']>({
    received: true,
    inspected: true,
    disposing: true,
    disposed: true,
  }),
  return_items_grade_known: every<Grade>({ A: true, B: true, C: true, D: true }),
  inspections_grade_known: every<Grade>({ A: true, B: true, C: true, D: true }),
  return_items_acceptance_known: every<ItemState['acceptance']>({ pending: true, accepted: true, rejected: true }),
  parcels_method_known: every<ParcelState['method']>({ drop_off: true, pickup: true, unannounced: true }),
  parcels_label_known: every<ParcelState['label']>({
    none: true,
    wanted: true,
    bought: true,
    refused: true,
    withdrawn: true,
    voided: true,
    used: true,
  }),
  parcels_claim_known: every<ParcelState['claim']>({ none: true, wanted: true, opened: true }),
  pickups_state_known: every<PickupState['state']>({
    wanted: true,
    booked: true,
    collected: true,
    failed: true,
    withdrawn: true,
    cancelled: true,
  }),
  refunds_destination_known: every<RefundLeg['to']>({ payment: true, store_credit: true, nowhere: true }),
  refunds_state_known: every<RefundState['state']>({
    due: true,
    requested: true,
    succeeded: true,
    failed: true,
    replaced: true,
    written_off: true,
  }),
  stock_entries_accounts_known: every<StockAccount>({
    customer: true,
    quarantine: true,
    inspected: true,
    sellable: true,
    disposed_of: true,
  }),
  money_entries_accounts_known: every<MoneyAccount>({
    returns: true,
    tax: true,
    payable_to_customer: true,
    store_credit_liability: true,
    cash_clearing: true,
    restocking_fees: true,
    shipping_fees: true,
    diminished_value: true,
    inventory_at_cost: true,
    cost_of_returns: true,
    carrier_costs: true,
    carrier_payable: true,
    write_off: true,
  }),
  intents_kind_known: every<IntentKind>({ label: true, pickup: true, claim: true, refund: true }),
};

test('the database knows the same words as the domain', async () => {
  const { pool } = await aJournal(1);
  for (const [check, words] of Object.entries(repeated)) {
    const definition = await value<string>(
      pool,
      'SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = $1',
      [check],
    );
    const known = new Set(Array.from(definition.matchAll(/'([^']+)'/g), ([, word]) => word));
    expect([...known].sort(), check).toEqual(words);
  }
});
