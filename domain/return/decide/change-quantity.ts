import type { DecisionCode } from '../../eligibility/codes.ts';
import { barredCodesFor } from '../../eligibility/grounds.ts';
import { countUnits, takeUnits, withoutUnits } from '../../goods/units.ts';
import { rulesFor } from '../../policy/rules-for.ts';
import type { Instant } from '../../time/duration.ts';
import type { ReturnCommand } from '../commands.ts';
import { holdsOf } from '../effects.ts';
import type { ReturnEvent } from '../events.ts';
import { find } from '../find.ts';
import { fold } from '../fold.ts';
import { comesWith, leavesWhole } from '../kit.ts';
import { outstanding } from '../parcel.ts';
import { type Answer, refuse } from '../refuse.ts';
import type { LineState, Opened } from '../state.ts';
import { quoteHeld, requote } from './authorize.ts';
import { barsChange } from './change-way.ts';

/**
 * Changes how many units a line is to bring, as long as no parcel is under way. Fewer are released at once; more are decided
 * by the same rules as of now and reserved before they count.
 */
export function changeQuantity(
  state: Opened,
  { line: id, quantity, note }: Extract<ReturnCommand, { type: 'change_quantity' }>,
  at: Instant,
): Answer {
  const line = find(state.lines, id);
  if (line === undefined) return refuse('unknown_line', 'line');
  if (!Number.isSafeInteger(quantity) || quantity < 0) return refuse('quantity_not_positive', 'quantity');
  const barred = barsChange(state);
  if (barred !== null) return barred;
  if (line.reserving) return refuse('quantity_being_changed', 'line');
  const from = line.requested - line.cancelled;
  if (quantity === from) return refuse('quantity_unchanged', 'quantity');
  const changed: ReturnEvent = { type: 'quantity_changed', line: id, from, to: quantity, note };
  const kit = comesWith(state, line);
  const brings = (each: LineState) => (each.line === id ? quantity : each.requested - each.cancelled);
  if (kit.length > 0 && !leavesWhole(line, kit, brings)) return refuse('kit_comes_whole', 'quantity', { line: id });
  if (quantity < from) return lowered(state, line, changed, from - quantity, at);
  const codes = barMore(state, line, quantity - from, at);
  return codes.length === 0 ? [changed] : refuse('more_not_allowed', 'quantity', { line: id, codes: codes.join(', ') });
}

function lowered(state: Opened, line: LineState, changed: ReturnEvent, by: number, at: Instant): Answer {
  if (by > line.outstanding) {
    const least = line.requested - line.cancelled - line.outstanding;
    return refuse('quantity_below_received', 'quantity', { line: line.line, least });
  }
  const { rest: units } = takeUnits(line.units, countUnits(line.units) - by);
  const events: ReturnEvent[] = [
    changed,
    { type: 'units_released', line: line.line, quantity: by, units, why: 'cancelled' },
  ];
  const after = fold(
    state,
    events.map((event) => ({ at, by: '', event })),
  ) as Opened;
  // With its last unit the whole return is cancelled.
  return [...events, ...(outstanding(after) > 0 ? requote(after) : [{ type: 'cancelled', note: null } as const])];
}

/** Why more units of a line can't come back with this return by the rules as of now; a person's decision covers no more than it saw. */
function barMore(state: Opened, line: LineState, by: number, at: Instant): readonly DecisionCode[] {
  const { policy, currency } = state;
  const { sold, reason } = line;
  if (line.verdict !== 'eligible') return line.codes;
  // The shop keeps as many units for the buyer as were asked for at first.
  if (state.exchange?.kind === 'replacement') return ['instrument_not_offered'];
  const wish = barredCodesFor({
    policy,
    sold,
    at,
    reason,
    opened: line.opened ?? false,
    serials: line.serials,
    works: false,
    repair: state.instrument === 'repair',
  });
  if (wish.length > 0) return wish;
  const free = withoutUnits([[0, sold.fulfilled]], holdsOf(state, line));
  if (countUnits(free) < by) return ['exceeds_returnable'];
  const { total } = quoteHeld(state, { [line.line]: takeUnits(free, by).taken });
  const threshold = rulesFor(policy, sold.category).review.aboveAmount[currency];
  return threshold !== undefined && total.amount > threshold ? ['value_above_review'] : [];
}
