import { expect } from 'vitest';
import type { ConditionFacts, Grade } from '../../../domain/goods/grading.ts';
import type { LoanResolution } from '../../../domain/loan/attention.ts';
import { loanDecider } from '../../../domain/loan/decider.ts';
import type { LentUnit, LoanRequest } from '../../../domain/loan/events.ts';
import type { LoanKind } from '../../../domain/loan/kind.ts';
import { defaultLoanTerms, type LoanTerms } from '../../../domain/loan/terms.ts';
import type { MoneyAccount, MoneyPosting, StockAccount, StockPosting } from '../../../domain/money/ledger.ts';
import { after, type Instant } from '../../../domain/time/duration.ts';
import { Driven } from '../driven.ts';

const { deadlines, effects, postings, initial, fold } = loanDecider;

/** Lightly worn: grade B. */
export const worn: ConditionFacts = {
  packaging: 'opened',
  cosmetic: 'light_wear',
  function: 'works',
  completeness: 'complete',
  expiry: 'not_applicable',
  contamination: 'none',
};

export const aUnit = (number: number, changes: Partial<LentUnit> = {}): LentUnit => ({
  unit: `U${number}`,
  sku: 'DRILL',
  serial: `S-${number}`,
  category: 'tools',
  bookValue: 20_000,
  replacementPrice: 30_000,
  purchasePrice: 25_000,
  ...changes,
});

/** Five euros a day, at most a hundred. */
export const someTerms: LoanTerms = { ...defaultLoanTerms, overdueFee: 500, overdueCap: 10_000 };

const aRequest = (changes: Partial<LoanRequest> = {}): LoanRequest => ({
  borrower: 'B-1',
  facility: 'RC1',
  currency: 'EUR',
  units: [aUnit(1), aUnit(2)],
  from: '2026-03-02T09:00:00.000Z',
  until: '2026-03-30T22:00:00.000Z',
  deposit: 0,
  terms: someTerms,
  ...changes,
});

/** A loan driven by hand. */
export class Journey extends Driven<LoanKind> {
  #version = 0;
  #posted = { upTo: 0, state: initial, money: [] as MoneyPosting[], stock: [] as StockPosting[] };

  constructor(changes: Partial<LoanRequest> = {}) {
    super(loanDecider, { type: 'request', number: 'LN-1', request: aRequest(changes) });
  }

  handOver(facts = worn): this {
    const units = Object.keys(this.now.units).map((unit) => ({ unit, facts }));
    return this.send({ type: 'hand_over', units, deposit: this.now.deposit > 0 ? 'D-1' : null });
  }

  later(duration: string): this {
    this.at = after(this.at, duration);
    return this;
  }

  /** Waits until the deadline of this name and lets it come, with all before it. */
  waitsOut(name: string): this {
    for (let round = 0; round < 50; round += 1) {
      const [next] = deadlines(this.state);
      if (next === undefined) break;
      if (next.at > this.at) this.at = next.at;
      this.send({ type: 'deadline', deadline: next.deadline, due: next.at });
      if (next.deadline === name) return this;
    }
    throw new Error(`no ${name} is waited for`);
  }

  /** What is due of returns is done: `R1` has the RMA `rma:R1`. */
  returnsAnswer(): this {
    for (const { key, comingBack, kind } of effects(this.state)) {
      const started = { type: 'return_started', rma: `rma:${comingBack}` } as const;
      this.send({ type: 'outcome', effect: key, outcome: kind === 'start_return' ? started : { type: 'accepted' } });
    }
    return this;
  }

  /** A return tells all that it has, with the grades where goods were inspected. */
  hears(
    comingBack: string,
    units: Readonly<Record<string, Grade | null>>,
    { ended = false, spared = false, at = this.at as Instant, version = this.#version + 1 } = {},
  ): this {
    this.#version = version;
    const came = Object.entries(units).map(([unit, grade]) => ({ unit, at, grade, spared }));
    return this.send({ type: 'hear_return', rma: `rma:${comingBack}`, version, units: came, ended });
  }

  resolve(reason: string, resolution: LoanResolution): this {
    const open = Object.values(this.now.attention).find((each) => each.reason === reason);
    expect(open?.reason).toBe(reason);
    return this.send({ type: 'resolve', attention: open?.attention ?? '', resolution, note: 'N' });
  }

  /** What people are asked for, with the amount where it is money. */
  get asked(): string[] {
    const { attention, askedFor, number } = this.now;
    return Object.values(attention).map(
      ({ reason, subject }) =>
        `${reason} ${subject === number && reason !== 'loan_overdue' ? Math.abs(askedFor) : subject}`,
    );
  }

  get postings(): { readonly money: readonly MoneyPosting[]; readonly stock: readonly StockPosting[] } {
    const posted = this.#posted;
    for (const each of this.recorded.slice(posted.upTo)) {
      const made = postings(posted.state, [each], String(posted.upTo));
      posted.money.push(...made.money);
      posted.stock.push(...made.stock);
      posted.state = fold(posted.state, [each]);
      posted.upTo += 1;
    }
    return posted;
  }

  balance(account: MoneyAccount): number {
    return this.postings.money.reduce(
      (sum, { debit, credit, amount }) => sum + (debit === account ? amount : 0) - (credit === account ? amount : 0),
      0,
    );
  }

  units(account: StockAccount): number {
    return this.postings.stock.reduce(
      (sum, { from, to, quantity }) => sum + (to === account ? quantity : 0) - (from === account ? quantity : 0),
      0,
    );
  }
}
