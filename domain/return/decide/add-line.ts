import { decideLine, valueOfReturn } from '../../eligibility/decide-line.ts';
import type { OrderFacts, OrderLineFacts } from '../../sale/order.ts';
import type { Instant } from '../../time/duration.ts';
import type { ReturnCommand } from '../commands.ts';
import type { ReturnEvent } from '../events.ts';
import { type Answer, refuse } from '../refuse.ts';
import type { RequestedLine, ReturnRequest } from '../request.ts';
import type { Opened } from '../state.ts';
import { quoteHeld } from './authorize.ts';
import { barsChange } from './change-way.ts';

/** More lines than a request may have make no return that a person could look at. */
export const mostLines = 250;

/**
 * Takes a further line of the order into the return, as long as no parcel is under way. It is decided by the rules that the
 * return was decided by, as of now, and its units are reserved before they count. What a person would have to decide
 * becomes a return of its own, as the person's decision on this one covers no more than they saw.
 */
export function addLine(
  state: Opened,
  { asked, order }: Extract<ReturnCommand, { type: 'add_line' }>,
  at: Instant,
): Answer {
  const sold = order.lines.find(({ orderLine }) => orderLine === asked.orderLine);
  if (sold === undefined || order.order !== state.order) return refuse('unknown_line', 'orderLine');
  if (!Number.isSafeInteger(asked.quantity) || asked.quantity < 1) return refuse('quantity_not_positive', 'quantity');
  const barred = barsChange(state);
  if (barred !== null) return barred;
  const lines = Object.values(state.lines);
  const same = lines.find((line) => line.sold.orderLine === asked.orderLine);
  if (same !== undefined) return refuse('line_on_return', 'orderLine', { line: same.line });
  if (lines.length >= mostLines) return refuse('too_many_lines', undefined, { most: mostLines });
  // The shop keeps the goods for the buyer that were asked for at first.
  if (state.exchange?.kind === 'replacement') {
    return refuse('line_not_allowed', 'orderLine', { codes: 'instrument_not_offered' });
  }
  const requested: RequestedLine = { line: nextLine(state), ...asked };
  const decided = decideFurther(state, requested, sold, order, at);
  if (decided.verdict !== 'eligible')
    return refuse('line_not_allowed', 'orderLine', { codes: decided.codes.join(', ') });
  return [{ type: 'line_added', line: requested, sold: { ...sold, held: [] } }, decided];
}

/** The name of a line that joins. */
export const nextLine = ({ lines }: Opened): string => `L${Object.keys(lines).length + 1}`;

/** A further line by the rules that the return was decided by, as of now; worth what it brings besides all that the return holds. */
export function decideFurther(
  state: Opened,
  requested: RequestedLine,
  sold: OrderLineFacts,
  order: OrderFacts,
  at: Instant,
): Extract<ReturnEvent, { type: 'line_decided' }> {
  const { program, method, instrument, facility, policy } = state;
  const gift = state.gift === true ? ({ gift: true } as const) : {};
  const along = state.along === undefined ? {} : { along: state.along };
  const request: ReturnRequest = {
    program,
    order: state.order,
    lines: [requested],
    method,
    instrument,
    facility,
    ...gift,
    ...along,
  };
  const value = quoteHeld(state).total.amount + valueOfReturn({ order, request, policy, at });
  const { verdict, codes, rules, floor } = decideLine({ requested, sold, order, request, policy, at, value });
  const covered = floor === null ? {} : { floor };
  return { type: 'line_decided', line: requested.line, verdict, codes, rules, ...covered, units: [] };
}
