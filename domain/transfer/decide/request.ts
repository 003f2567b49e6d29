import type { Instant } from '../../time/duration.ts';
import type { TransferCommand } from '../commands.ts';
import type { TransferEvent } from '../events.ts';
import { type Refused, refuse } from '../refusals.ts';
import { mostTransferLines, type TransferLineRequest } from '../request.ts';
import { isAtOrigin, isUnderWay, type Opened } from '../state.ts';

type Answer = readonly TransferEvent[] | Refused;
type Command<T extends TransferCommand['type']> = Extract<TransferCommand, { type: T }>;

/** What a person could have typed wrong is told by the API; this holds whoever asks. */
export function request({ number, request: asked }: Command<'request'>): Answer {
  const { lines, from, to, shipBy, arriveBy } = asked;
  if (from === to) return refuse('same_facility', 'to');
  if (lines.length === 0 || lines.length > mostTransferLines) return refuse('nothing_named', 'lines');
  if (new Set(lines.map(({ line }) => line)).size < lines.length) return refuse('line_twice', 'lines');
  const wrong = lines.findIndex((line) => !isWhole(line));
  if (wrong >= 0) return refuse('quantity_not_valid', `lines.${wrong}.quantity`);
  if (arriveBy < shipBy) return refuse('arrival_before_shipment', 'arriveBy');
  return [{ type: 'requested', number, request: asked }];
}

const isWhole = ({ quantity, serials }: TransferLineRequest): boolean =>
  isCount(quantity) && (serials.length === 0 || new Set(serials).size === quantity);

const isCount = (quantity: number): boolean => Number.isSafeInteger(quantity) && quantity > 0;

/** Other times, or another way; what has left keeps the way that it left by. */
export function reschedule(state: Opened, command: Command<'reschedule'>, at: Instant): Answer {
  if (!isAtOrigin(state) && !isUnderWay(state)) return refuse('transfer_closed');
  const hasLeft = isUnderWay(state);
  if (hasLeft && (command.by !== null || command.shipBy !== null)) return refuse('already_shipped');
  const by = command.by ?? state.by;
  const shipBy = command.shipBy ?? state.shipBy;
  const arriveBy = command.arriveBy ?? state.arriveBy;
  if (command.shipBy !== null && shipBy <= at) return refuse('time_in_the_past', 'shipBy');
  if (command.arriveBy !== null && arriveBy <= at) return refuse('time_in_the_past', 'arriveBy');
  if (!hasLeft && arriveBy < shipBy) return refuse('arrival_before_shipment', 'arriveBy');
  return [{ type: 'rescheduled', by, shipBy, arriveBy }];
}
