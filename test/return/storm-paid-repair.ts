import { isWork } from '../../domain/goods/work.ts';
import type { PaidRepairTerms } from '../../domain/policy/paid-repair.ts';
import type { ReturnCommand } from '../../domain/return/commands.ts';
import { awaitsQuote } from '../../domain/return/decide/paid-repair.ts';
import { quoteAnswers, quoteReasons } from '../../domain/return/events/paid-repair.ts';
import type { Recorded } from '../../domain/return/events.ts';
import { isPartOf } from '../../domain/return/item-id.ts';
import { isPaidFor } from '../../domain/return/paid-repair.ts';
import type { ItemState, Opened } from '../../domain/return/state.ts';

type Request = Extract<ReturnCommand, { type: 'request' }>;

const pickOf = <T>(list: readonly T[], choice: number): T | undefined => list[choice % Math.max(1, list.length)];

/** What policies say of repairs against payment: nothing, quotes by hand, or a price for some goods. */
export const paidRepairs: readonly { readonly paidRepair?: PaidRepairTerms }[] = [
  {},
  { paidRepair: { quoteValidFor: 'P14D', reminders: ['P7D'], diagnosisFee: { EUR: 2500 }, coverMonths: 6 } },
  { paidRepair: { quoteValidFor: 'P5D', reminders: [], prices: { toys: { EUR: 3001 } } } },
];

/** The same sale, whose goods broke after their warranty: asked to be mended all the same. */
export function forPayment(asked: Request): Request {
  const { request, facts } = asked;
  const { outbound: _, remedy: _r, wanted: _w, ...rest } = request;
  const { order, policy } = facts;
  const sold = (order.kind ?? 'sale') === 'sale' && request.program !== 'undeliverable';
  if (!sold) return asked;
  const terms = paidRepairs[1 + (order.lines.length % 2)] ?? {};
  return {
    ...asked,
    request: {
      ...{ ...rest, program: 'warranty', instrument: 'repair' },
      lines: request.lines.map((line) => ({ ...line, reason: 'defective' })),
    },
    facts: {
      ...facts,
      policy: {
        ...{ ...policy, program: 'warranty' },
        warranty: { months: 0, byCategory: {}, replacementMonths: 6, ...terms },
      },
    },
  };
}

/** A quote, or what its owner says to it; now and then of nothing, or of less. */
export function quoteOf(item: string, pick: number, other: number): ReturnCommand {
  if (pick % 2 === 0) {
    const shown = other % 11 === 0 ? { total: other } : {};
    return { type: 'answer_repair_quote', item, answer: pickOf(quoteAnswers, other) ?? 'accept', ...shown };
  }
  const parts = other % 17 === 0 ? -1 : (other % 5) * 1000;
  return {
    ...{ type: 'quote_repair', item, because: pickOf(quoteReasons, other) ?? 'out_of_warranty' },
    ...{ parts, labour: (other % 4) * 777, fee: other % 3 === 0 ? 1500 : 0 },
  };
}

/** What somebody says where a quote is due, or waits; null where none does. */
export function quoteAnswer(state: Opened, choice: number): ReturnCommand | null {
  const due = Object.values(state.attention).find(({ reason }) => reason === 'repair_quote_due');
  const unquoted = Object.values(state.items).find(
    (item) => isPartOf(item.item, due?.subject ?? '') && awaitsQuote(state, item.item),
  );
  if (due !== undefined && unquoted !== undefined) return quoteOf(unquoted.item, 1, 4 + 2 * Math.max(0, choice % 6));
  const open = Object.values(state.items).find(({ paidRepair }) => paidRepair?.state === 'open');
  if (open === undefined || choice < 0) return null;
  return { type: 'answer_repair_quote', item: open.item, answer: choice % 5 === 0 ? 'dispose' : 'accept' };
}

/** Minor units that the owner of an item has paid, or is to pay, for work that isn't done, or gets back. */
function heldFor({ paidRepair: paid, stage }: ItemState): number {
  if (paid === undefined || paid.state === 'open') return 0;
  if (paid.state === 'ended') return paid.repay;
  return paid.state === 'paid' && stage === 'disposed' ? 0 : paid.clawback === null ? 0 : paid.total;
}

export const heldForRepairs = (state: Opened): number =>
  Object.values(state.items).reduce((sum, item) => sum + heldFor(item), 0);

/** Work is paid before it begins, earned once it is done, and what was paid for work that isn't done goes back, once. */
export function paidRepairProblems(
  state: Opened,
  recorded: readonly Recorded[],
  balance: (account: string) => number,
): string[] {
  const items = Object.values(state.items);
  const problems: string[] = [];
  for (const item of items) {
    const { paidRepair: paid, execution, choice, stage } = item;
    const isAtBench = execution != null && isWork(choice?.disposition);
    if (isAtBench && isPaidFor(state, item) && paid?.state !== 'paid')
      problems.push(`${item.item} is worked on unpaid`);
    if (paid === undefined) continue;
    const isStopped = paid.state === 'ended' && recorded.some(({ event }) => event.type === 'goods_stopped');
    if ((item.settled || item.instead !== undefined) && !isStopped)
      problems.push(`${item.item} is paid for and settled`);
    if (paid.received > paid.total || paid.tax > paid.total || paid.received < 0 || paid.tax < 0) {
      problems.push(`${item.item}: ${paid.received} paid of ${paid.total}, tax ${paid.tax}`);
    }
    if (stage === 'disposed' && (paid.state === 'open' || paid.state === 'agreed')) {
      problems.push(`${item.item} has gone and its quote is ${paid.state}`);
    }
  }
  const events = recorded.map(({ event }) => event);
  const sold = items
    .filter(
      ({ paidRepair, stage }) => paidRepair?.state === 'paid' && paidRepair.clawback !== null && stage === 'disposed',
    )
    .reduce((sum, { paidRepair }) => sum + (paidRepair?.total ?? 0) - (paidRepair?.tax ?? 0), 0);
  const looked = events.reduce(
    (sum, event) =>
      event.type === 'clawback_due' && event.cause === 'diagnosis' ? sum + event.total.amount - (event.tax ?? 0) : sum,
    0,
  );
  if (-balance('repair_sales') !== sold + looked) {
    problems.push(`${-balance('repair_sales')} earned by repairs, but ${sold} mended and ${looked} looked at`);
  }
  const owed = events.flatMap((event) => (event.type === 'paid_repair_ended' ? [event] : []));
  const repaid = events.flatMap((event) => (event.type === 'repair_repaid' ? [event] : []));
  for (const { item } of repaid) {
    const [of, back] = [owed, repaid].map((all) => all.filter((each) => each.item === item));
    if (of?.length !== 1 || back?.length !== 1) problems.push(`${item} is paid back ${back?.length} times`);
  }
  const [asked, given] = [
    owed.reduce((sum, { repay }) => sum + repay.amount, 0),
    repaid.reduce((sum, { amount }) => sum + amount.amount, 0),
  ];
  if (given > asked || (state.phase === 'closed' && given !== asked)) problems.push(`${given} paid back of ${asked}`);
  return problems;
}

/** What was paid back to owners. */
export const repaidToOwners = (recorded: readonly Recorded[]): number =>
  recorded.reduce((sum, { event }) => (event.type === 'repair_repaid' ? sum + event.amount.amount : sum), 0);
