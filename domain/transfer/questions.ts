import type { TransferAttentionReason } from './attention.ts';
import { inTransit, isUnderWay, linesOf, type Opened } from './state.ts';
import { stoppedLines } from './stopped.ts';

export type Question = {
  readonly reason: TransferAttentionReason;
  readonly subject: string;
  readonly detail: string | null;
};

/** All that a person is asked now. The people's queue follows from it: what is no question any more leaves it by itself. */
export function questions(state: Opened): readonly Question[] {
  if (state.status === 'closed') return [];
  const { number, lateness } = state;
  return [
    ...when(state.reservation === 'short', 'transfer_out_of_stock', number, state.shortage),
    ...when(state.isPickedShort, 'transfer_short_pick', number, missing(state)),
    ...when(lateness.shipment.isAsked && !hasLeft(state), 'transfer_late', 'shipment', state.shipBy),
    ...when(lateness.arrival.isAsked && isExpected(state), 'transfer_late', 'arrival', state.arriveBy),
    ...Object.keys(state.recalls ?? {}).flatMap((recall) => {
      const stopped = hasEnded(state) ? [] : stoppedLines(state, recall);
      return when(stopped.length > 0, 'goods_recalled', recall, stopped.map(({ line }) => line).join(', '));
    }),
    ...Object.values(state.holds).flatMap(({ held, line, quantity, cause }) =>
      when(cause === 'damaged', 'transfer_damaged', held, `${line}: ${quantity}`),
    ),
    ...Object.entries(state.surpluses).flatMap(([surplus, { sku, quantity }]) =>
      when(true, 'transfer_surplus', surplus, `${sku}: ${quantity}`),
    ),
    ...linesOf(state).flatMap((line) =>
      when(state.isLast && inTransit(line) > 0, 'transfer_short', line.line, String(inTransit(line))),
    ),
    ...Object.values(state.claims).flatMap(({ claim, isLate }) => when(isLate, 'transfer_claim_late', claim, null)),
    ...Object.values(state.claims).flatMap(({ claim, line, isObsolete = false }) =>
      when(isObsolete, 'claim_obsolete', claim, line),
    ),
    ...Object.entries(state.countsDue).flatMap(([surplus, short]) => when(true, 'stock_count_due', surplus, short)),
    ...when(state.disagreements.length > 0, 'reconciliation', number, state.disagreements[0] ?? null),
  ];
}

const when = (
  isAsked: boolean,
  reason: TransferAttentionReason,
  subject: string,
  detail: string | null,
): readonly Question[] => (isAsked ? [{ reason, subject, detail }] : []);

const hasLeft = (state: Opened): boolean => isUnderWay(state) || hasEnded(state);
const hasEnded = ({ status }: Opened): boolean => status === 'cancelled' || status === 'closed';

/** Whether something is still to come. */
export const isExpected = (state: Opened): boolean =>
  isUnderWay(state) && linesOf(state).some((line) => inTransit(line) > 0);

const missing = (state: Opened): string =>
  linesOf(state)
    .filter(({ isOut, picked, reserved }) => !isOut && picked < reserved)
    .map(({ line, picked, reserved }) => `${line}: ${picked}/${reserved}`)
    .join(', ');
