import { expect } from 'vitest';
import type { TransferResolution } from '../../../domain/transfer/attention.ts';
import type { ReceivedUnits, TransferCommand } from '../../../domain/transfer/commands.ts';
import { transferDecider } from '../../../domain/transfer/decider.ts';
import type { TransferKind } from '../../../domain/transfer/kind.ts';
import { defaultTransferTerms, type TransferRequest, type TransferTerms } from '../../../domain/transfer/request.ts';
import { Driven } from '../driven.ts';

const { deadlines, effects, initial, postings } = transferDecider;

/** Ten mugs of one lot and five bowls, from the centre to the store. */
export const aRequestedTransfer = (
  request: Partial<TransferRequest> = {},
  terms: Partial<TransferTerms> = {},
): TransferRequest => ({
  from: 'DC',
  to: 'STORE',
  lines: [
    { line: 'L1', sku: 'MUG', quantity: 10, lot: 'M1', serials: [], unitCost: 300 },
    { line: 'L2', sku: 'BOWL', quantity: 5, lot: null, serials: [], unitCost: null },
  ],
  reason: 'manual',
  plan: null,
  by: { type: 'own' },
  shipBy: '2026-03-03T09:00:00.000Z',
  arriveBy: '2026-03-05T09:00:00.000Z',
  terms: { ...defaultTransferTerms, ...terms },
  currency: 'EUR',
  ...request,
});

/** A transfer between two facilities, driven by hand. */
export class Haul extends Driven<TransferKind> {
  constructor(request: Partial<TransferRequest> = {}, terms: Partial<TransferTerms> = {}) {
    super(transferDecider, { type: 'request', number: 'TR-1', request: aRequestedTransfer(request, terms) });
  }

  /** The stock answers all that it is asked, as if it had enough. */
  stockAnswers(): this {
    for (const effect of effects(this.state)) {
      if (effect.kind === 'reserve') this.outcome(effect.key, { type: 'reserved', goods: effect.goods });
      else this.outcome(effect.key, effect.kind === 'correct' ? { type: 'taken', short: [] } : { type: 'done' });
    }
    return this;
  }

  outcome(effect: string, outcome: Extract<TransferCommand, { type: 'outcome' }>['outcome']): this {
    return this.send({ type: 'outcome', effect, outcome });
  }

  pick(lines: Extract<TransferCommand, { type: 'pick' }>['lines'] = []): this {
    return this.send({ type: 'pick', lines });
  }

  ship(lines: Extract<TransferCommand, { type: 'ship' }>['lines'] = null): this {
    return this.send({ type: 'ship', by: { type: 'parcel', carrier: 'UPS' }, tracking: '1Z', lines });
  }

  receive(lines: readonly ReceivedUnits[], more: Partial<Extract<TransferCommand, { type: 'receive' }>> = {}): this {
    return this.send({ type: 'receive', lines, others: [], last: false, ...more });
  }

  resolve(reason: string, resolution: TransferResolution): this {
    const open = Object.values(this.now.attention).find((each) => each.reason === reason);
    expect(open?.reason).toBe(reason);
    return this.send({ type: 'resolve', attention: open?.attention ?? '', resolution, note: 'N' });
  }

  /** Lets the next deadline come. */
  waits(): this {
    const [next] = deadlines(this.state);
    if (next === undefined) throw new Error('nothing is waited for');
    if (next.at > this.at) this.at = next.at;
    return this.send({ type: 'deadline', deadline: next.deadline, due: next.at });
  }

  /** What the ledgers say after all that happened: units by account and SKU, minor units by account. */
  get books(): { readonly stock: Readonly<Record<string, number>>; readonly money: Readonly<Record<string, number>> } {
    const { stock, money } = postings(initial, this.recorded, 'c');
    const sides = [
      ...stock.flatMap(({ from, to, sku, quantity }) => [
        [`${from} ${sku}`, -quantity] as const,
        [`${to} ${sku}`, quantity] as const,
      ]),
    ];
    const books = money.flatMap(({ debit, credit, amount }) => [[debit, amount] as const, [credit, -amount] as const]);
    return { stock: summed(sides), money: summed(books) };
  }
}

function summed(sides: readonly (readonly [string, number])[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [account, change] of sides) sums[account] = (sums[account] ?? 0) + change;
  return Object.fromEntries(Object.entries(sums).filter(([, sum]) => sum !== 0));
}

export const shipped = (...given: ConstructorParameters<typeof Haul>): Haul =>
  new Haul(...given).stockAnswers().pick().ship().stockAnswers();

export const allCame: readonly ReceivedUnits[] = [
  { line: 'L1', good: 10, damaged: 0 },
  { line: 'L2', good: 5, damaged: 0 },
];
