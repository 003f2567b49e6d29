import { type Deadline, earliestFirst } from '../process/kind.ts';
import type { GoodsOut } from '../return/exchange.ts';
import { bySku } from '../return/exchange.ts';
import { goodsOf } from './evolve-goods.ts';
import { isExpected } from './questions.ts';
import { isAtOrigin, linesOf, type Opened, type TransferState } from './state.ts';

/** What a transfer asks of the stock of its facilities. Each has a reference that names it for ever. */
export type TransferEffect = { readonly id: string; readonly key: string; readonly reference: string } & (
  | {
      readonly kind: 'reserve';
      readonly goods: readonly GoodsOut[];
      /** Of which lots, as far as that is known. */
      readonly lots: readonly { readonly sku: string; readonly lot: string }[];
      readonly partial: boolean;
    }
  | { readonly kind: 'release'; readonly shipped: readonly GoodsOut[] }
  | { readonly kind: 'add'; readonly facility: string; readonly goods: readonly GoodsOut[] }
  | { readonly kind: 'correct'; readonly goods: readonly GoodsOut[] }
);

/** What is due now. */
export const effects = (state: TransferState): readonly TransferEffect[] =>
  state.status === 'initial' || state.status === 'closed'
    ? []
    : [
        ...ofReservation(state),
        ...Object.entries(state.toStock).map(([arrival, { facility, goods }]) => ({
          ...named(state, `add:${arrival}`, 0),
          ...({ kind: 'add', facility, goods } as const),
        })),
        ...Object.entries(state.toCorrect).map(([surplus, goods]) => ({
          ...named(state, `correct:${surplus}`, 0),
          ...({ kind: 'correct', goods } as const),
        })),
      ];

/** The reservation keeps its reference however often it is tried: what is kept twice under one is kept once. */
function ofReservation(state: Opened): readonly TransferEffect[] {
  const { number, reservation, tries, partial } = state;
  const reference = `${number}:reserve`;
  if (reservation === 'wanted') {
    const wanted = linesOf(state).filter(({ isOut }) => !isOut);
    const lots = wanted.flatMap(({ sku, lot }) => (lot === null ? [] : [{ sku, lot }]));
    return [
      { id: `reserve#${tries}`, key: 'reserve', reference, kind: 'reserve', goods: bySku(wanted), lots, partial },
    ];
  }
  if (reservation !== 'releasing') return [];
  const shipped = goodsOf(
    state,
    linesOf(state).map(({ line, shipped: quantity }) => ({ line, quantity })),
  );
  return [{ id: 'release#0', key: 'release', reference, kind: 'release', shipped }];
}

const named = ({ number }: Opened, key: string, tries: number) => ({
  ...{ id: `${key}#${tries}`, key, reference: `${number}:${key}` },
});

/** What a claim's silence is called. */
const claimDeadline = (claim: string): string => `claim:${claim}`;

/** All that a transfer waits for by the clock, the earliest first. */
export function deadlines(state: TransferState): readonly Deadline[] {
  if (state.status === 'initial' || state.status === 'closed') return [];
  const { shipment, arrival } = state.lateness;
  return [
    ...(isAtOrigin(state) && !shipment.isAsked ? [{ deadline: 'shipment', at: shipment.dueAt }] : []),
    ...(isExpected(state) && !arrival.isAsked ? [{ deadline: 'arrival', at: arrival.dueAt }] : []),
    ...Object.values(state.claims).flatMap(({ claim, dueAt, isLate, paid }) =>
      paid === null && !isLate ? [{ deadline: claimDeadline(claim), at: dueAt }] : [],
    ),
  ].sort(earliestFirst);
}
