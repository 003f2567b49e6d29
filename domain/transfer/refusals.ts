import { type RefusalOf, type RefusedOf, refusing } from '../process/refusal.ts';

/** Why a command to a transfer was refused; each becomes a problem of the API with the same code. */
export const transferRefusals = [
  'unknown_transfer',
  'already_requested',
  'same_facility',
  'transfer_closed',
  'not_reserved_yet',
  'already_picked',
  'already_shipped',
  'not_shipped_yet',
  'short_pick_open',
  'unknown_line',
  'line_twice',
  'more_than_reserved',
  'more_than_picked',
  'units_differ',
  'quantity_not_valid',
  'lot_differs',
  'serial_unknown',
  'serials_needed',
  'nothing_named',
  'goods_stopped',
  'lot_needed',
  'time_in_the_past',
  'arrival_before_shipment',
  'no_cost_known',
  'other_currency',
  'unknown_claim',
  'claim_settled_already',
  'still_under_way',
  'turned_back_already',
  'already_received',
  'unknown_attention',
  'resolution_not_allowed',
] as const;
export type TransferRefusalCode = (typeof transferRefusals)[number];

export type TransferRefusal = RefusalOf<TransferRefusalCode>;
export type Refused = RefusedOf<TransferRefusalCode>;
export const refuse = refusing<TransferRefusalCode>();
