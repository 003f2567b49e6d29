import { bySku, type GoodsOut } from '../return/exchange.ts';
import type { Instant } from '../time/duration.ts';
import { unreachable } from '../unreachable.ts';
import type { LineUnits, TransferEvent } from './events.ts';
import { bound, lineOf, linesOf, type Opened, type TransferLine } from './state.ts';

type GoodsEvent = Extract<
  TransferEvent,
  {
    type:
      | 'reserved'
      | 'picked'
      | 'pick_undone'
      | 'shipped'
      | 'received'
      | 'held_back'
      | 'hold_ended'
      | 'surplus_found'
      | 'surplus_accepted'
      | 'surplus_left_out'
      | 'lost'
      | 'found'
      | 'found_at_origin'
      | 'lines_taken_out';
  }
>;

/** The state after something happened to goods. */
export function evolveGoods(state: Opened, event: GoodsEvent, at: Instant): Opened {
  switch (event.type) {
    case 'reserved':
      return {
        ...counted(state, event.lines, (_, reserved) => ({ reserved })),
        ...{ status: 'reserved', reservation: 'held' },
      };
    case 'picked':
      return picked(state, event);
    case 'pick_undone':
      return {
        ...changed(state, linesOf(state), () => ({ picked: 0 })),
        ...{ status: 'reserved', isPickedShort: false },
      };
    case 'shipped': {
      const { by, tracking } = event;
      return {
        ...counted(state, event.lines, (_, shipped) => ({ shipped })),
        ...{ status: 'shipped', reservation: 'releasing', by, tracking, shippedAt: at, isPickedShort: false },
      };
    }
    case 'received': {
      const into = counted(state, event.lines, (line, units) => ({ received: line.received + units }));
      return {
        ...arriving(into, bound(state), goodsOf(state, event.lines)),
        ...{ status: 'receiving', receipts: state.receipts + 1, isLast: state.isLast || event.last },
      };
    }
    case 'held_back': {
      const { type: _, ...units } = event;
      const { quantity, cause } = units;
      const hold = { ...units, facility: bound(state) };
      const into = counted(state, [hold], (line) => ({
        held: line.held + quantity,
        damaged: line.damaged + (cause === 'damaged' ? quantity : 0),
      }));
      return { ...into, holds: { ...state.holds, [hold.held]: hold }, heldBack: state.heldBack + 1 };
    }
    case 'hold_ended':
      return endHold(state, event);
    case 'surplus_found': {
      const { surplus, sku, lot, quantity } = event;
      const surpluses = { ...state.surpluses, [surplus]: { sku, lot, quantity, facility: bound(state) } };
      return { ...state, surpluses, surplusesFound: state.surplusesFound + 1 };
    }
    case 'surplus_accepted':
    case 'surplus_left_out':
      return endSurplus(state, event);
    case 'lost':
      return counted(state, [event], (line, units) => ({ lost: line.lost + units }));
    case 'found':
      return paidForNothing(
        counted(state, [event], (line, units) => ({ lost: line.lost - units })),
        event.line,
      );
    case 'found_at_origin': {
      const into = counted(state, [event], (line, units) => ({ atOrigin: line.atOrigin + units }));
      return arriving(into, state.from, goodsOf(state, [event]));
    }
    case 'lines_taken_out': {
      const out = event.lines.map((id) => lineOf(state, id));
      return changed(state, out, () => ({ isOut: true, picked: 0 }));
    }
    default:
      return unreachable(event);
  }
}

/** Goods that a carrier has paid for came after all. */
function paidForNothing(state: Opened, line: string): Opened {
  const claims = Object.entries(state.claims).map(([id, claim]) => {
    const isObsolete = claim.line === line && (claim.paid ?? 0) > 0;
    return [id, isObsolete ? { ...claim, isObsolete } : claim] as const;
  });
  return { ...state, claims: Object.fromEntries(claims) };
}

/** What was found of what the origin kept; the rest has nobody looked for. */
function picked(state: Opened, { lines }: Extract<GoodsEvent, { type: 'picked' }>): Opened {
  const named = new Map(lines.map((each) => [each.line, each]));
  const after = changed(state, linesOf(state), ({ line, lot, serials }) => {
    const found = named.get(line);
    const read = found === undefined || found.serials.length === 0 ? serials : found.serials;
    return { picked: found?.quantity ?? 0, lot: lot ?? found?.lot ?? null, serials: read };
  });
  const isShort = linesOf(after).some((line) => !line.isOut && line.picked < line.reserved);
  return { ...after, status: 'picked', isPickedShort: isShort && state.terms.shortPick === 'ask' };
}

function endHold(state: Opened, { held, into }: Extract<GoodsEvent, { type: 'hold_ended' }>): Opened {
  const { [held]: hold, ...holds } = state.holds;
  if (hold === undefined) throw new Error(`no hold ${held}`);
  const end = into === 'stock' ? 'received' : 'disposedOf';
  const after = counted(state, [hold], (line, units) => ({ held: line.held - units, [end]: line[end] + units }));
  const ended = { ...after, holds };
  return into === 'stock' ? arriving(ended, hold.facility, goodsOf(state, [hold])) : ended;
}

function endSurplus(
  state: Opened,
  { type, surplus: id }: Extract<GoodsEvent, { type: 'surplus_accepted' | 'surplus_left_out' }>,
): Opened {
  const { [id]: surplus, ...surpluses } = state.surpluses;
  if (surplus === undefined) throw new Error(`no surplus ${id}`);
  if (type === 'surplus_left_out') return { ...state, surpluses };
  const goods = [{ sku: surplus.sku, quantity: surplus.quantity }];
  const corrected = { ...state, surpluses, toCorrect: { ...state.toCorrect, [id]: goods } };
  return arriving(corrected, surplus.facility, goods);
}

/** Goods that the stock of a facility has yet to count. */
function arriving(state: Opened, facility: string, goods: readonly GoodsOut[]): Opened {
  if (goods.length === 0) return state;
  const arrival = `W${state.arrivals + 1}`;
  return { ...state, toStock: { ...state.toStock, [arrival]: { facility, goods } }, arrivals: state.arrivals + 1 };
}

/** The goods of some units of lines, a row a SKU. */
export const goodsOf = (state: Opened, units: readonly LineUnits[]): readonly GoodsOut[] =>
  bySku(units.map(({ line, quantity }) => ({ sku: lineOf(state, line).sku, quantity }))).filter(
    ({ quantity }) => quantity > 0,
  );

const counted = (
  state: Opened,
  units: readonly LineUnits[],
  change: (line: TransferLine, quantity: number) => Partial<TransferLine>,
): Opened => {
  const lines = { ...state.lines };
  for (const { line: id, quantity } of units) {
    const line = lineOf({ ...state, lines }, id);
    lines[id] = { ...line, ...change(line, quantity) };
  }
  return { ...state, lines };
};

const changed = (
  state: Opened,
  which: readonly TransferLine[],
  change: (line: TransferLine) => Partial<TransferLine>,
): Opened => ({
  ...state,
  lines: { ...state.lines, ...Object.fromEntries(which.map((line) => [line.line, { ...line, ...change(line) }])) },
});
