import { type FloorCode, isException } from '../policy/law.ts';
import { type LineRules, rulesFor, type SaleFloor, type SalePolicy } from '../policy/rules-for.ts';
import { windowOf } from '../policy/window.ts';
import { faultOf, type ReasonCode, undeliveredReasons } from '../reasons.ts';
import type { OrderLineFacts } from '../sale/order.ts';
import { defectReasons, warrantyEnd } from '../sale/warranty.ts';
import type { Instant } from '../time/duration.ts';
import type { DecisionCode } from './codes.ts';
import { codesOf, type Rule, type Rules } from './rules.ts';

/** Goods that come back for a reason, in a state: claimed or found. `at` is when it was asked. */
export type Wanted = {
  readonly sold: OrderLineFacts;
  readonly rules: LineRules;
  readonly law: SaleFloor | undefined;
  readonly at: Instant;
  readonly reason: ReasonCode;
  readonly opened: boolean;
  /** Those that are claimed or came; empty where nobody said. */
  readonly serials: readonly string[];
  /** Somebody has seen that it does what it is for. */
  readonly works: boolean;
  /** Its owner wants it back, mended. */
  readonly repair: boolean;
};

/** What bars goods for why and how they come back: as claimed before they move, as found once they were inspected. */
export function barredCodesFor({
  policy,
  ...wanted
}: Omit<Wanted, 'rules' | 'law'> & { readonly policy: SalePolicy }): DecisionCode[] {
  return barredByWish({ ...wanted, rules: rulesFor(policy, wanted.sold.category), law: policy.law });
}

/** Within a legal right to withdraw neither the policy's time nor its terms of sale take anything away. */
export function barredByWish(wanted: Wanted): DecisionCode[] {
  if (wanted.rules.warranty !== undefined) return codesOf(barringWarranty, wanted);
  if (!isOwnWish(wanted)) return [];
  const codes = codesOf(barringOwnWish, wanted);
  return floorOver(wanted) === null ? codes : codes.filter((code) => code === 'opened_hygiene');
}

/** The law that covers goods in this state when they were asked for; null where it leaves them out or its time is over. */
export function floorOver({ sold, rules, law, at, opened }: Omit<Wanted, 'reason'>): FloorCode | null {
  if (law === undefined || (law.before !== null && Date.parse(at) >= law.before)) return null;
  const ground = rules.exception ?? (sold.hygiene ? 'sealed_hygiene' : null);
  return isException(law, ground, opened) ? null : law.floor;
}

/**
 * Nothing but the buyer's own wish is lost with time, with the sale's terms or by opening the goods; goods that never
 * reached the buyer weren't sent back by one. Rights of conformity
 * (Directive (EU) 2019/771, Art. 13) outlast the window, and a defect is found by opening: Art. 16(e) of Directive
 * 2011/83/EU takes only the withdrawal away. What is opened never becomes stock again all the same (see goods/disposition.ts).
 */
export const isOwnWish = ({ reason, sold }: Pick<Wanted, 'reason' | 'sold'>): boolean =>
  faultOf(reason) === 'buyer' && !undeliveredReasons.includes(reason) && !sold.recalled;

/** The time of the policy is over. */
export const isTooLate: Rule<Pick<Wanted, 'sold' | 'rules' | 'at'>> = ({ sold, rules, at }) =>
  sold.deliveredAt !== null && Date.parse(at) >= windowOf(sold.deliveredAt, rules.window).end;

/** One at least of those that are named is not covered. What is recalled may come back whenever that is found. */
function isOutsideWarranty({ sold, rules, serials, at }: Pick<Wanted, 'sold' | 'rules' | 'serials' | 'at'>): boolean {
  const ends = (serials.length === 0 ? [null] : serials).map((serial) => warrantyEnd(sold, rules, serial));
  return !sold.recalled && ends.some((end) => end !== null && Date.parse(at) >= end);
}

/** No warranty covers it any more, and the policy has it mended against payment. */
export const isMendedForPayment = (wanted: Pick<Wanted, 'sold' | 'rules' | 'serials' | 'at' | 'repair'>): boolean =>
  wanted.repair && wanted.rules.warranty?.paidRepair !== undefined && isOutsideWarranty(wanted);

/** By the sale, or by the policy. */
export const isFinalSale: Rule<Pick<Wanted, 'sold' | 'rules' | 'at'>> = ({ sold, rules }) =>
  sold.finalSale || rules.finalSale;

const isOpenedHygiene: Rule<Wanted> = ({ opened, sold, rules }) => opened && (sold.hygiene || rules.hygiene);

const barringOwnWish: Rules<Wanted> = [
  ['outside_window', isTooLate],
  ['final_sale', isFinalSale],
  ['opened_hygiene', isOpenedHygiene],
];

/** A warranty stands for the goods themselves, whatever the terms of return of their sale say. */
const barringWarranty: Rules<Wanted> = [
  ['not_a_defect', ({ reason, sold }) => !sold.recalled && !defectReasons.includes(reason)],
  ['no_fault_found', ({ reason, sold, works }) => !sold.recalled && works && reason === 'defective'],
  ['outside_warranty', (wanted) => isOutsideWarranty(wanted) && !isMendedForPayment(wanted)],
];
