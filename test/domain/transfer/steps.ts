import { type TransferResolution, transferAttention, transferResolutions } from '../../../domain/transfer/attention.ts';
import type { TransferCommand } from '../../../domain/transfer/commands.ts';
import { transferDecider } from '../../../domain/transfer/decider.ts';
import { inTransit, linesOf, type Opened } from '../../../domain/transfer/state.ts';

const { deadlines } = transferDecider;

/** What chance says that somebody does: a kind of message from 0 to 69, and what is in it. */
export type Chance = { readonly kind: number; readonly pick: number };

export const strange = ['', '__proto__', 'constructor', 'L9', 'A99', 'C1', 'S1'];
export const skus = ['MUG', 'BOWL', 'VASE'] as const;
const lots = [null, 'M1', 'B1'] as const;

export const one = <T>(values: readonly T[], pick: number): T => values[pick % values.length] as T;

/** Some message to a transfer, whether it makes sense or not. */
export function someCommand(now: Opened, at: string, { kind: drawn, pick }: Chance): TransferCommand {
  const kind = drawn + 30;
  if (kind < 38) {
    const line = one([...Object.keys(now.lines), one(strange, pick)], pick);
    const found = { line, quantity: (pick >> 3) % 12, lot: one(lots, pick >> 5), serials: [] };
    return { type: 'pick', lines: pick % 3 === 0 ? [] : [found] };
  }
  if (kind < 47) {
    const by = one(
      [{ type: 'own' }, { type: 'trip', trip: 'TP-1' }, { type: 'parcel', carrier: 'UPS' }] as const,
      pick,
    );
    const lines = pick % 3 === 0 ? [{ line: one(['L1', 'L2', 'L9'], pick >> 2), quantity: (pick >> 4) % 11 }] : null;
    return { type: 'ship', by, tracking: null, lines };
  }
  if (kind < 66) {
    const line = one(['L1', 'L1', 'L2', 'L2', 'L9'], pick);
    const came = { line, good: (pick >> 3) % 9, damaged: pick % 4 === 0 ? (pick >> 5) % 4 : 0 };
    const others =
      pick % 7 === 0 ? [{ sku: one(skus, pick), lot: one(lots, pick >> 2), quantity: 1 + ((pick >> 4) % 3) }] : [];
    return { type: 'receive', lines: pick % 5 === 0 ? [] : [came], others, last: pick % 3 === 0 };
  }
  if (kind < 80) {
    const attention = one([...Object.keys(now.attention), one(strange, pick)], pick);
    return { type: 'resolve', attention, resolution: one(transferResolutions, pick >> 3), note: 'N' };
  }
  if (kind < 87) {
    const [due] = deadlines(now);
    return { type: 'deadline', deadline: due?.deadline ?? 'arrival', due: due?.at ?? at };
  }
  if (kind < 90)
    return { type: 'stop_goods', recall: 'RC-1', goods: [{ sku: one(skus, pick), lot: one(lots, pick >> 2) }] };
  if (kind < 92) return { type: 'release_goods', recall: 'RC-1' };
  if (kind < 93) return { type: 'stop_stock', recall: 'RC-1' };
  if (kind < 95)
    return { type: 'settle_claim', claim: one(['C1', ...strange], pick), paid: pick % 500, reference: null };
  if (kind < 96) return { type: 'cancel', note: null };
  if (kind < 98) {
    const shipBy = new Date(Date.parse(at) + ((pick % 9) - 2) * 86_400_000).toISOString();
    return { type: 'reschedule', by: null, shipBy: pick % 2 === 0 ? shipBy : null, arriveBy: shipBy };
  }
  return kind < 99 ? { type: 'sync' } : { type: 'ledger_disagrees', detail: 'in_transit:MUG 1' };
}

/** What people who know their work do next, in this order: the first that is taken leads on, whatever came before. */
export function nextSteps(now: Opened): readonly TransferCommand[] {
  const settled = Object.values(now.attention).flatMap(({ attention, reason }) => {
    const ways: readonly TransferResolution[] = transferAttention[reason];
    return ways
      .filter((way) => way !== 'wait' && !(reason === 'transfer_out_of_stock' && isTried(now, way)))
      .map((resolution) => ({ type: 'resolve', attention, resolution, note: 'N' }) as const);
  });
  const lines = linesOf(now).flatMap((line) =>
    inTransit(line) > 0 ? [{ line: line.line, good: inTransit(line), damaged: 0 }] : [],
  );
  const claims = Object.values(now.claims).filter(({ paid }) => paid === null);
  return [
    ...settled,
    { type: 'ship', by: { type: 'own' }, tracking: null, lines: null },
    ...(lines.length === 0 && now.status !== 'shipped'
      ? []
      : [{ type: 'receive', lines, others: [], last: true } as const]),
    ...claims.map(({ claim }) => ({ type: 'settle_claim', claim, paid: 0, reference: null }) as const),
  ];
}

/** There is what there was. */
const isTried = (now: Opened, way: TransferResolution): boolean =>
  way === 'retry' || (way === 'take_what_is_there' && now.partial);
