import { expect, test } from 'vitest';
import type { IntentKind } from '../../activities/intents.ts';
import type { ReportStage } from '../../activities/recalls/keep-report.ts';
import { disputedThings } from '../../api/credit-memos/dispute-rows.ts';
import { certifiedDisposalOutcomes } from '../../domain/certified-disposal/events.ts';
import { certifiedDisposalStatuses } from '../../domain/certified-disposal/state.ts';
import { deliveryOutcomes, deliveryReasons } from '../../domain/delivery/events.ts';
import { deliveryStatuses } from '../../domain/delivery/state.ts';
import { remedies } from '../../domain/delivery/terms.ts';
import { itemStates } from '../../domain/execution/item.ts';
import { executionKinds } from '../../domain/execution/projection.ts';
import { vetoCodes } from '../../domain/goods/disposition.ts';
import { grades } from '../../domain/goods/grading.ts';
import { liquidationOutcomes } from '../../domain/liquidation/events.ts';
import { liquidationStatuses } from '../../domain/liquidation/state.ts';
import { unitStages } from '../../domain/loan/state.ts';
import { moneyAccounts, stockAccounts } from '../../domain/money/ledger.ts';
import { networkKinds } from '../../domain/network/kinds.ts';
import { packagingDirections } from '../../domain/packaging/account.ts';
import { collectionMethods, instruments, programs } from '../../domain/policy/policy.ts';
import { exits, whysMoved } from '../../domain/rebalance/plan/explain.ts';
import { checkMethods, checkOutcomes, checkStates } from '../../domain/recall/checks.ts';
import { confirmationLetters, confirmationStates } from '../../domain/recall/confirmation.ts';
import { drillSkips, drillStates } from '../../domain/recall/drill.ts';
import { recallOutcomes } from '../../domain/recall/events.ts';
import { consigneeKinds, lotLinkKinds } from '../../domain/recall/lots.ts';
import { consigneeStates, noticeKinds, noticeLanguages, noticeStates } from '../../domain/recall/notices.ts';
import { askedCodes, questionStates } from '../../domain/recall/questions.ts';
import { responseChannels } from '../../domain/recall/response.ts';
import { recallStatuses } from '../../domain/recall/state.ts';
import { depths, effectivenessLevels, hazardClasses, recallKinds } from '../../domain/recall/terms.ts';
import { refurbishmentOutcomes } from '../../domain/refurbishment/events.ts';
import { refurbishmentStatuses } from '../../domain/refurbishment/state.ts';
import { chargeStates } from '../../domain/return/card-charge.ts';
import { claimKinds, claimStates } from '../../domain/return/claims.ts';
import type { ClawbackCause } from '../../domain/return/events/claw-back.ts';
import type { RefundLeg } from '../../domain/return/events/money.ts';
import { type ExchangeState, exchangeStates } from '../../domain/return/exchange.ts';
import { holdStates } from '../../domain/return/hold.ts';
import {
  type ClawbackState,
  closingOutcomes,
  type ItemState,
  type LineState,
  type ParcelState,
  type PickupState,
  type RefundState,
} from '../../domain/return/state.ts';
import { goodsStatuses, moneyStatuses } from '../../domain/return/status.ts';
import { type DisputeFacts, orderKinds } from '../../domain/sale/order.ts';
import { transferReasons } from '../../domain/transfer/request.ts';
import { goodsClasses, loadKinds } from '../../domain/trip/load.ts';
import { loadStates, stopStates } from '../../domain/trip/state.ts';
import { vendorReturnOutcomes } from '../../domain/vendor-return/events.ts';
import { vendorReturnStatuses } from '../../domain/vendor-return/state.ts';
import { aJournal, value } from './world.ts';

/** Every value of a union that has no list; leaving one out, or naming one that isn't in it, does not compile. */
const every = <T extends string>(values: Record<T, true>): readonly string[] => Object.keys(values);

/** Checks of the database that repeat a union of the domain: they must let the same values through. */
const repeated: Readonly<Record<string, readonly string[]>> = {
  returns_program_known: programs,
  returns_method_known: collectionMethods,
  returns_instrument_known: instruments,
  // What is repaired isn't settled.
  settlements_instrument_known: instruments.filter((instrument) => instrument !== 'repair'),
  returns_goods_known: goodsStatuses,
  returns_money_known: moneyStatuses,
  returns_outcome_known: closingOutcomes,
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
  return_items_grade_known: grades,
  return_items_vetoes_known: vetoCodes,
  inspections_grade_known: grades,
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
  claims_kind_known: claimKinds,
  claims_state_known: claimStates,
  pickups_state_known: every<PickupState['state']>({
    wanted: true,
    booked: true,
    collected: true,
    failed: true,
    withdrawn: true,
    cancelled: true,
  }),
  executions_kind_known: executionKinds,
  network_processes_kind_known: networkKinds,
  packaging_movements_direction_known: packagingDirections,
  loan_units_stage_known: unitStages,
  loan_units_grade_out_known: grades,
  loan_units_grade_back_known: grades,
  orders_kind_known: orderKinds,
  transfers_reason_known: transferReasons,
  trip_stops_state_known: stopStates,
  trip_loads_kind_known: loadKinds,
  trip_loads_goods_known: goodsClasses,
  trip_loads_state_known: loadStates,
  rebalance_lines_why_known: whysMoved,
  rebalance_leftovers_exit_known: exits,
  executions_status_known: [
    ...new Set([
      ...vendorReturnStatuses,
      ...liquidationStatuses,
      ...certifiedDisposalStatuses,
      ...refurbishmentStatuses,
    ]),
  ],
  executions_outcome_known: [
    ...new Set([
      ...vendorReturnOutcomes,
      ...liquidationOutcomes,
      ...certifiedDisposalOutcomes,
      ...refurbishmentOutcomes,
    ]),
  ],
  execution_items_state_known: itemStates,
  deliveries_status_known: deliveryStatuses,
  deliveries_reason_known: deliveryReasons,
  deliveries_remedy_known: remedies,
  deliveries_outcome_known: deliveryOutcomes,
  recalls_kind_known: recallKinds,
  recalls_hazard_class_known: hazardClasses,
  recalls_depth_known: depths,
  recalls_effectiveness_known: effectivenessLevels,
  recall_checks_state_known: checkStates,
  recall_checks_method_known: checkMethods,
  recall_checks_outcome_known: checkOutcomes,
  recall_check_attempts_method_known: checkMethods,
  recall_check_attempts_outcome_known: checkOutcomes,
  recall_facilities_state_known: confirmationStates,
  recall_facilities_letter_known: confirmationLetters,
  recall_facilities_hazard_class_known: hazardClasses,
  recalls_status_known: recallStatuses,
  recalls_outcome_known: recallOutcomes,
  recall_drills_state_known: drillStates,
  recall_drills_skipped_for_known: drillSkips,
  recall_drill_schedules_depth_known: depths,
  recall_final_reports_stage_known: every<ReportStage>({ completed: true, terminated: true }),
  recall_consignees_state_known: consigneeStates,
  recall_consignees_due_kind_known: noticeKinds,
  recall_texts_language_known: noticeLanguages,
  recall_questions_code_known: askedCodes,
  recall_questions_state_known: questionStates,
  recall_responses_channel_known: responseChannels,
  notices_kind_known: noticeKinds,
  notices_state_known: noticeStates,
  refunds_destination_known: every<RefundLeg['to']>({
    payment: true,
    store_credit: true,
    credit_memo: true,
    exchange: true,
    chargeback: true,
    offset: true,
    nowhere: true,
  }),
  refunds_state_known: every<RefundState['state']>({
    due: true,
    frozen: true,
    requested: true,
    succeeded: true,
    failed: true,
    replaced: true,
    written_off: true,
  }),
  exchanges_kind_known: every<ExchangeState['kind']>({ exchange: true, replacement: true }),
  exchanges_state_known: exchangeStates,
  exchanges_stock_known: every<ExchangeState['stock']>({
    none: true,
    wanted: true,
    reserved: true,
    releasing: true,
    released: true,
  }),
  payment_holds_state_known: holdStates,
  card_charges_state_known: chargeStates,
  clawbacks_cause_known: every<ClawbackCause>({
    not_returned: true,
    regraded: true,
    adjusted: true,
    way_back: true,
    repair: true,
    diagnosis: true,
  }),
  clawbacks_state_known: every<ClawbackState['state']>({
    open: true,
    offset: true,
    paid: true,
    waived: true,
    written_off: true,
    external: true,
  }),
  disputes_status_known: every<DisputeFacts['status']>({ open: true, won: true, lost: true }),
  credit_memo_disputes_about_known: disputedThings,
  stock_entries_accounts_known: stockAccounts,
  money_entries_accounts_known: moneyAccounts,
  consignees_kind_known: consigneeKinds,
  lot_links_kind_known: lotLinkKinds,
  intents_kind_known: every<IntentKind>({
    label: true,
    pickup: true,
    claim: true,
    refund: true,
    hold: true,
    capture: true,
    charge: true,
  }),
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
    expect([...known].sort(), check).toEqual([...words].sort());
  }
});
