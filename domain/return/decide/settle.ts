import { countUnits, withoutUnits } from '../../goods/units.ts';
import {
  type ComingBack,
  type LineToSettle,
  outboundShippingDue,
  owesWayOut,
  returnShippingFee,
  type SettledLine,
  settleLines,
} from '../../money/settlement.ts';
import type { Instrument } from '../../policy/policy.ts';
import type { Basket } from '../../sale/basket.ts';
import { basketNow } from '../basket.ts';
import { creditToTake } from '../claw-back.ts';
import type { LineUnits } from '../events/lines.ts';
import type { Adjustment, PricedAgain } from '../events/money.ts';
import type { ReturnEvent } from '../events.ts';
import { instrumentFor, instrumentNow, isPayable } from '../exchange.ts';
import { gradeFound } from '../grade-found.ts';
import { shareFor } from '../rejection.ts';
import type { ItemState, Opened, ParcelState } from '../state.ts';
import { isPaid } from './new-shipment.ts';
import { payOut } from './refund.ts';

/** One settlement of all that has become due and is paid alike: accepted items, and units that are settled without goods. */
export function settleWhatIsDue(state: Opened): readonly ReturnEvent[] {
  // What is owed is set off against it, and that isn't known before store credit was asked.
  if (!isPaid(state) || creditToTake(state) !== null) return [];
  const due = Object.values(state.items).filter(
    (item) => item.acceptance === 'accepted' && !item.settled && isPayable(state, item),
  );
  const withoutGoods = Object.values(state.lines).filter((line) => line.dueUnits.length > 0);
  const [next] = due;
  const instrument = withoutGoods.length > 0 || next === undefined ? instrumentNow(state) : instrumentFor(state, next);
  const items = due.filter((item) => instrumentFor(state, item) === instrument);
  const outboundShipping = outboundShippingOf(state, items);
  if (items.length === 0 && withoutGoods.length === 0 && outboundShipping === 0) return [];
  const toSettle: LineToSettle[] = [
    ...items.flatMap((item): LineToSettle[] => {
      const line = item.line === null ? undefined : state.lines[item.line];
      if (line === undefined) return [];
      const { sold, reason, floor } = line;
      const units = withoutUnits(item.units, line.advancedUnits ?? []);
      return [
        {
          line: line.line,
          sold,
          units,
          reason: item.reasonFound ?? reason,
          ...{ grade: gradeFound(item), floor, share: shareFor(state, item) },
        },
      ];
    }),
    ...withoutGoods.map(({ line, sold, dueUnits: units, reason, floor }) => ({
      ...{ line, sold, units, reason, floor },
      grade: null,
    })),
  ];
  const { lines, promotions } = settleLines(toSettle, state.policy, basketNow(state));
  const amount = lines.reduce((sum, line) => sum + line.amount, 0);
  // What a buyer was offered for leaving goods to us is paid as it was told.
  const isWhole = (item: ItemState) => shareFor(state, item) === undefined;
  const feeable = lines.reduce((sum, line, at) => (toSettle[at]?.share === undefined ? sum + line.amount : sum), 0);
  const shippingFee = items.some(isWhole) ? Math.min(feeable, shippingFeeOf(state)) : 0;
  return settlement(state, {
    items: items.map((item) => item.item),
    withoutGoods: withoutGoods.map((line) => line.line),
    lines,
    shippingFee,
    outboundShipping,
    total: amount - shippingFee + outboundShipping,
    ...(state.basket === undefined ? {} : { again: { others: state.basket.others, promotions } }),
    instrument,
  });
}

/** Other returns have settled goods of the same sale since it was read what is left of it. */
export const refreshBasket = (state: Opened, basket: Basket): readonly ReturnEvent[] =>
  state.basket === undefined || JSON.stringify(basket) === JSON.stringify(state.basket)
    ? []
    : [{ type: 'basket_refreshed', basket }];

/**
 * What is given back for the way out with this settlement: once, when with it all is settled that was sent. Where that was
 * settled in advance, it is due by itself when the last of it has come.
 */
function outboundShippingOf(state: Opened, now: readonly ItemState[]): number {
  const settlements = Object.values(state.settlements);
  if ((state.newShipments ?? 0) > 0) return 0;
  if (state.wayOut === undefined || settlements.some(({ outboundShipping = 0 }) => outboundShipping > 0)) return 0;
  const due = new Set(now);
  const settled = Object.values(state.items).filter((item) => item.settled || due.has(item));
  const goods = Object.values(state.lines).map(({ line, floor, reason, keptUnits, compensatedUnits }) => {
    const items = settled.filter((item) => item.line === line);
    const rest = countUnits(keptUnits) + countUnits(compensatedUnits);
    return {
      floor,
      isOwed: items.every(({ reasonFound }) => owesWayOut(state.policy, reasonFound ?? reason)),
      quantity: items.reduce((sum, item) => sum + item.quantity, rest),
    };
  });
  return outboundShippingDue(state.wayOut, goods);
}

/** What a settlement is to pay, and for what. */
export type ToPay = {
  readonly items: readonly string[];
  readonly withoutGoods: readonly string[];
  readonly lines: readonly SettledLine[];
  readonly shippingFee: number;
  readonly outboundShipping?: number;
  readonly total: number;
  readonly advanced?: readonly LineUnits[];
  readonly adjustment?: Adjustment;
  readonly again?: PricedAgain;
  /** Absent: as the return is paid now. */
  readonly instrument?: Instrument;
};

/** Splits a total into refunds; what no payment can take goes to a person. */
export function settlement(
  state: Opened,
  { total, outboundShipping = 0, instrument: asked, ...toPay }: ToPay,
): ReturnEvent[] {
  const id = `S${Object.keys(state.settlements).length + 1}`;
  const { currency } = state;
  const instrument = asked ?? instrumentNow(state, toPay.adjustment);
  const { legs, events } = payOut(state, id, total, instrument);
  const due: ReturnEvent = {
    type: 'settlement_due',
    settlement: id,
    ...toPay,
    ...(outboundShipping > 0 ? { outboundShipping } : {}),
    total: { amount: total, currency },
    instrument,
    legs,
  };
  return [due, ...events];
}

/** The fee for the way back with a label of ours, until one settlement has taken it; by the reasons of what comes back, as found where known. */
function shippingFeeOf(state: Opened): number {
  if (Object.values(state.settlements).some((settled) => settled.shippingFee > 0)) return 0;
  const parcels = Object.values(state.parcels);
  const isCharged = ({ label, outbound }: ParcelState) => label !== 'none' || outbound === true;
  if (!parcels.some((parcel) => isCharged(parcel) && (parcel.scanned || parcel.received))) return 0;
  const goods = Object.values(state.lines).flatMap((line): ComingBack[] => {
    if (line.cancelled === line.requested) return [];
    const { category } = line.sold;
    const items = Object.values(state.items).filter((item) => item.line === line.line);
    if (items.length === 0) return [{ category, reason: line.reason }];
    return items.map((item) => ({ category, reason: item.reasonFound ?? line.reason }));
  });
  return returnShippingFee(state.policy, state.currency, goods);
}
