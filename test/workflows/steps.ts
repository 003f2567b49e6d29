import { expect } from 'vitest';
import type { ConditionFacts } from '../../domain/goods/grading.ts';
import type { ReturnCommand } from '../../domain/return/commands.ts';
import type { GoodsStatus } from '../../domain/return/status.ts';
import type { CommandOutcome } from '../../workflows/return/messages.ts';
import { asNew } from '../domain/sale.ts';
import type { AskedReturn } from './returns.ts';
import type { Books } from './sandbox.ts';

type Receive = Extract<ReturnCommand, { type: 'receive' }>;

/** What a buyer and a bench ordinarily do, for the parts of a scenario that it isn't about. */
export const hasLabel = (its: AskedReturn) => its.until((state) => state.parcels['P1']?.label === 'bought');

/** The carrier scans the parcel for the first time. */
export async function handOver(its: AskedReturn): Promise<void> {
  await hasLabel(its);
  await its.signal({ type: 'track', parcel: 'P1', status: 'in_transit', at: await its.now() });
  await its.until((state) => state.parcels['P1']?.tracking === 'in_transit');
}

/** Kettles arrive; all that was asked back, unless the test says otherwise. */
export const receive = (its: AskedReturn, quantity = 1, more: Partial<Receive> = {}): Promise<CommandOutcome> =>
  its.tell({ type: 'receive', parcel: 'P1', contents: [{ sku: 'KETTLE', quantity }], partial: false, ...more });

/** All units of an item are in one state. */
export const inspect = (
  its: AskedReturn,
  item = 'P1-1',
  quantity = 1,
  facts: ConditionFacts = asNew,
): Promise<CommandOutcome> => its.tell({ type: 'inspect', item, findings: [{ quantity, facts }] });

export const refundSucceeds = (its: AskedReturn, refund = 'S1-1') =>
  its.until((state) => state.refunds[refund]?.state === 'succeeded');

/** The goods arrive where they were to go. */
export async function confirm(its: AskedReturn, ...items: readonly string[]): Promise<CommandOutcome | undefined> {
  let last: CommandOutcome | undefined;
  for (const item of items) last = await its.tell({ type: 'confirm_disposition', item, evidence: 'A-01-02' });
  return last;
}

/** From a label to the end, with nothing in the way. */
export async function complete(its: AskedReturn): Promise<void> {
  await handOver(its);
  await receive(its);
  await inspect(its);
  await refundSucceeds(its);
  await confirm(its, 'P1-1');
}

/** What the books of carrier and payment provider must say in the end; one label that was used is the ordinary case. */
export type Expected = { readonly money?: 'none' | 'partial' | 'full' } & Partial<Books>;

/** The return has ended, and the outside world agrees on what was done for it. */
export async function hasEnded(its: AskedReturn, goods: GoodsStatus, expected: Expected = {}): Promise<void> {
  await its.until((state) => state.phase === 'closed');
  expect(await its.closed()).toMatchObject({
    goods,
    ...(expected.money === undefined ? {} : { money: expected.money }),
  });
  expect(await its.books()).toEqual({
    labels: expected.labels ?? usedLabel,
    pickups: expected.pickups ?? {},
    refunds: expected.refunds ?? {},
    claims: expected.claims ?? {},
  });
}

export const usedLabel: Books['labels'] = { 'label:P1': { bought: 1, voided: 0 } };
export const voidedLabel: Books['labels'] = { 'label:P1': { bought: 1, voided: 1 } };

/** The books' line of one refund in cents: `S1-1` unless named. */
export const oneRefund = (amount: number, refund = 'S1-1'): Books['refunds'] => ({
  [`refund:${refund}`]: { count: 1, amount },
});

/** By the wall clock, for tests on the real server. */
export const later = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

/** More time for the buyer. */
export const extension = () =>
  ({ type: 'extend', schedule: { reminders: [], escalation: later(40), expiry: later(50) }, note: 'N1' }) as const;
