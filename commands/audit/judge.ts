import type { Grade } from '../../domain/goods/grading.ts';
import { settleLine } from '../../domain/money/settlement.ts';
import { floorUnder } from '../../domain/policy/law.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { ReasonCode } from '../../domain/reasons.ts';
import { decide } from '../../domain/return/decide.ts';
import { fold } from '../../domain/return/fold.ts';
import { initialState } from '../../domain/return/state.ts';
import type { OrderFacts, OrderLineFacts } from '../../domain/sale/order.ts';
import type { Sold } from './sales.ts';

/** A line of a past return, with the sale that it is of. */
export type PastLine = {
  readonly sold: Sold;
  readonly quantity: number;
  /** The position of its first unit: how many units of the line had come back before. */
  readonly from: number;
  readonly reason: ReasonCode;
  readonly opened: boolean | null;
  readonly grade: Grade | null;
  /** Minor units; what the line itself got. */
  readonly refunded: number;
  /** Minor units that a vendor or carrier gave back; null where the file doesn't tell. */
  readonly claimed: number | null;
};

/** What our rules say of it. `due` is what would be settled; 0 where it is barred. */
export type Judged = {
  readonly line: PastLine;
  readonly verdict: 'eligible' | 'ineligible' | 'needs_review';
  readonly codes: readonly string[];
  readonly due: number;
};

export type Judgement = { readonly lines: readonly Judged[]; readonly shippingFee: number };

/**
 * Puts a past return before the very decider that decides new ones, as of the moment when it was asked.
 *
 * @param recentReturns of its buyer before it, within the policy's days
 */
export function judge(lines: readonly PastLine[], at: Date, policy: Policy, recentReturns: number): Judgement {
  const first = lines[0]?.sold.row;
  if (first === undefined) return { lines: [], shippingFee: 0 };
  const instant = at.toISOString();
  const placedAt = first.placedAt.toISOString();
  const arrivals = lines.map(({ sold }) => (sold.row.deliveredAt ?? sold.row.placedAt).toISOString());
  const order: OrderFacts = {
    order: first.order,
    currency: first.currency,
    channel: first.channel,
    country: first.country,
    placedAt,
    lastDeliveredAt: arrivals.toSorted().at(-1) ?? placedAt,
    buyer: first.buyer,
    buyerBlocked: false,
    buyerGroup: first.buyerGroup,
    recentReturns,
    lines: lines.map(factsOf),
    payments: [],
  };
  const program = 'customer';
  const floor = floorUnder({ program, channel: order.channel, country: order.country, placedAt });
  const envelope = {
    commandId: 'audit',
    at: instant,
    by: 'audit',
    command: {
      type: 'request',
      rma: 'AUDIT',
      request: {
        program,
        order: order.order,
        lines: lines.map(({ sold, quantity, reason, opened }, index) => ({
          line: `L${index + 1}`,
          orderLine: sold.orderLine,
          quantity,
          reason,
          ...(opened === null ? {} : { opened }),
        })),
        method: policy.methods[0] ?? 'drop_off',
        instrument: policy.refund.instruments[0] ?? 'original',
        facility: 'AUDIT',
      },
      facts: { order, policy, floor, schedule: { reminders: [], escalation: instant, expiry: instant } },
    },
  } as const;
  const decision = decide(initialState, envelope);
  if (decision.type === 'refused') throw new Error(`the request was refused: ${decision.refusal.code}`);
  const state = fold(
    initialState,
    decision.events.map((event) => ({ at: instant, by: 'audit', event })),
  );
  if (state.phase === 'initial') throw new Error('the request left no return');
  const quoted = decision.events.find((event) => event.type === 'quoted');
  const judged = lines.map((line, index): Judged => {
    const decided = decision.events.find((event) => event.type === 'line_decided' && event.line === `L${index + 1}`);
    if (decided?.type !== 'line_decided') throw new Error(`no decision on line L${index + 1}`);
    const { verdict, codes } = decided;
    const facts = factsOf(line);
    const { reason, grade } = line;
    const settled = settleLine({
      line: decided.line,
      sold: facts,
      units: facts.held,
      reason,
      grade,
      floor: decided.floor,
      policy: state.policy,
    });
    return { line, verdict, codes, due: verdict === 'ineligible' ? 0 : settled.amount };
  });
  return { lines: judged, shippingFee: quoted?.shippingFee ?? 0 };
}

/** Nobody knows when goods arrived that the file doesn't say it of: then at the moment of the sale, which holds most against the buyer. */
function factsOf({ sold: { row, orderLine }, quantity, from }: PastLine): OrderLineFacts {
  const held = Math.min(quantity, row.quantity - from);
  return {
    orderLine,
    sku: row.sku,
    category: row.category,
    quantity: row.quantity,
    fulfilled: row.quantity,
    deliveredAt: (row.deliveredAt ?? row.placedAt).toISOString(),
    price: row.price,
    discount: row.discount,
    tax: row.tax,
    finalSale: row.finalSale,
    hygiene: row.hygiene,
    hazardous: row.hazardous,
    recalled: false,
    lotControlled: row.lotControlled,
    ...(row.dataBearing ? { dataBearing: true } : {}),
    lots: row.lots,
    serials: row.serials,
    unitCost: row.unitCost,
    unitWeightGrams: row.unitWeightGrams,
    returnable: row.quantity - from,
    held: held <= 0 ? [] : [[from, from + held]],
  };
}
