import type { FloorCode } from '../policy/law.ts';
import type { LineVerdict } from '../return/events/lines.ts';

/** Why a line may or may not come back; each rule has one code. */
export type DecisionCode =
  | 'within_window'
  /** Too late or a final sale, but not the buyer's fault. */
  | 'exempt_by_fault'
  /** Too late or a final sale by the policy, but within the buyer's legal right to withdraw. */
  | 'exempt_by_law'
  /** Under the warranty, and for what it stands for. */
  | 'within_warranty'
  | 'outside_warranty'
  /** Its warranty is over, and it is mended for what its owner agrees to pay. */
  | 'paid_repair'
  /** The buyer's own wish, or another's fault, is nothing that a warranty stands for. */
  | 'not_a_defect'
  /** It does what was said to be defective. */
  | 'no_fault_found'
  | 'not_delivered'
  | 'outside_window'
  | 'final_sale'
  | 'exceeds_returnable'
  /** A part of a kit that comes back whole or not at all. */
  | 'kit_incomplete'
  | 'opened_hygiene'
  | 'hazardous'
  | 'serial_not_on_order'
  | 'not_on_order'
  | 'buyer_blocked'
  | 'buyer_too_frequent'
  | 'value_above_review'
  | 'under_recall'
  /** Nobody can say of which order the goods are. */
  | 'no_proof_of_purchase'
  /** Somebody has to look at who was given these, and by whom. */
  | 'gift_to_check'
  | 'method_not_offered'
  | 'instrument_not_offered'
  /** Goods of an agreement come back as `unsold`, those of an offer as `trade_in`, assets as `asset_recovery`, and those of a sale under the others. */
  | 'program_not_offered'
  | 'outside_agreement'
  | 'outside_offer'
  /** Only what was never delivered comes back for such a reason. */
  | 'reason_not_offered';

/** The rule of the policy that made each code: its name, or `base`. Codes that no policy has a say in are not there. */
export type RulesByCode = Readonly<Partial<Record<DecisionCode, string>>>;

export type LineDecision = {
  readonly verdict: LineVerdict;
  readonly codes: readonly DecisionCode[];
  readonly rules: RulesByCode;
  /** The law that lets the buyer withdraw from the sale of these goods, whatever the reason; null where none does. */
  readonly floor: FloorCode | null;
};
