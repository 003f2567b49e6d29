import fc from 'fast-check';
import { expect, test } from 'vitest';
import { grades } from '../../../domain/goods/grading.ts';
import { loanResolutions } from '../../../domain/loan/attention.ts';
import { capOf } from '../../../domain/loan/charges.ts';
import type { LoanCommand } from '../../../domain/loan/commands.ts';
import { loanDecider } from '../../../domain/loan/decider.ts';
import type { LoanProjection } from '../../../domain/loan/projection.ts';
import { isAllSettled, unitsOf } from '../../../domain/loan/state.ts';
import { aUnit, Journey, someTerms, worn } from './world.ts';

const { effects, deadlines, project, initial } = loanDecider;

type Step = { readonly kind: number; readonly pick: number; readonly days: number };
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.nat(99),
  pick: fc.nat(9999),
  days: fc.constantFrom(0, 0, 0, 1, 5, 20),
});
const begun = fc.record({
  units: fc.constantFrom(1, 1, 1, 2, 3),
  deposit: fc.constantFrom(0, 1, 9_999, 500_000),
  overdueFee: fc.constantFrom(0, 1, 500),
  overdueCap: fc.constantFrom(null, 0, 700, 10_000),
  grace: fc.constantFrom('PT0S', 'P1D', 'P3D'),
  lostAfter: fc.constantFrom('P2D', 'P30D', 'P90D'),
});
const strange = ['', '__proto__', 'constructor', 'U9', 'A99', 'start_return:R9'];
const one = <T>(values: readonly T[], pick: number): T => values[pick % values.length] as T;

function commandOf(its: Journey, { kind, pick }: Step): LoanCommand {
  const { now } = its;
  const names = [...Object.keys(now.units), one(strange, pick)];
  const some = pick % 2 === 0 ? null : [one(names, pick >> 2)];
  if (now.handedOverAt === null && kind < 70) {
    const units = Object.keys(now.units).map((unit) => ({ unit, facts: worn }));
    return { type: 'hand_over', units: pick % 9 === 0 ? units.slice(1) : units, deposit: now.deposit > 0 ? 'D' : null };
  }
  if (kind < 26) {
    const [due] = deadlines(now);
    return { type: 'deadline', deadline: due?.deadline ?? 'end', due: due?.at ?? its.at };
  }
  if (kind < 42) {
    const due = effects(now);
    const effect = due[pick % Math.max(1, due.length)];
    if (effect === undefined || pick % 11 === 0) {
      return { type: 'outcome', effect: one(['start_return:R1', ...strange], pick), outcome: { type: 'accepted' } };
    }
    if (pick % 4 === 0) return { type: 'outcome', effect: effect.key, outcome: { type: 'refused', code: 'no' } };
    const rma = `rma:${effect.comingBack}`;
    const started = { type: 'return_started', rma } as const;
    return {
      type: 'outcome',
      effect: effect.key,
      outcome: effect.kind === 'start_return' ? started : { type: 'accepted' },
    };
  }
  if (kind < 62) {
    const rmas = Object.keys(now.returns).map((back) => `rma:${back}`);
    const rma = one([...rmas, ...rmas, 'rma:other'], pick);
    const units = Object.keys(now.units).flatMap((unit, index) =>
      (pick >> index) % 2 === 0
        ? []
        : [{ unit, at: its.at, grade: one([...grades, null], pick >> (index + 2)), spared: pick % 7 === 0 }],
    );
    const known = Object.values(now.returns).find((back) => back.rma === rma)?.version ?? 0;
    return { type: 'hear_return', rma, version: known + one([1, 1, 2, 0], pick), units, ended: pick % 5 === 0 };
  }
  if (kind < 72) {
    const attention = one([...Object.keys(now.attention), one(strange, pick)], pick);
    return { type: 'resolve', attention, resolution: one(loanResolutions, pick >> 3), note: 'N' };
  }
  if (kind < 78) {
    const until = new Date(Date.parse(now.until) + one([-1, 1, 10, 40], pick) * 86_400_000).toISOString();
    return { type: 'ask_extension', until };
  }
  if (kind < 81) {
    const extension = now.extension?.extension ?? one(strange, pick);
    return { type: 'answer_extension', extension, agreed: pick % 2 === 0, fee: one([null, 0, 350, -1], pick) };
  }
  if (kind < 84) return { type: 'return_early', units: some };
  if (kind < 87) return { type: 'report_lost', units: some };
  if (kind < 90) return { type: 'buy', units: some };
  if (kind < 94) {
    const amount = one([now.owed, 1, now.owed + 1, 0], pick);
    return { type: 'record_payment', reference: `P-${pick % 8}`, amount };
  }
  if (kind < 96) return { type: 'waive', amount: one([now.owed, 1, 10 ** 9], pick), note: 'N' };
  if (kind < 97) return { type: 'cancel', note: null };
  return kind < 98 ? { type: 'ledger_disagrees', detail: 'loan_deposits:EUR 1' } : { type: 'sync' };
}

/** What must hold after every step, whatever came before. */
function brokenRules(its: Journey): string[] {
  const { now } = its;
  const all = unitsOf(now);
  const sum = (of: (unit: (typeof all)[number]) => number) => all.reduce((total, unit) => total + of(unit), 0);
  const closed = now.closedAt !== null;
  const busy = effects(now).length + deadlines(now).length + Object.keys(now.attention).length;
  const charged = sum(({ fee, damage, price }) => fee + damage + price) + now.extensionFees;
  const settledBy = now.paid + now.waived + now.writtenOff + now.setOff - now.repaid;
  const rules: readonly (readonly [string, boolean])[] = [
    ['what is owed is not what the ledger says', its.balance('receivable_from_borrower') !== now.owed],
    ['what is owed does not add up', charged - settledBy !== now.owed],
    ['more is paid back than was paid', now.repaid > now.paid + now.setOff],
    [
      'asked to pay back what nobody paid',
      isAllSettled(now) && now.held === 0 && -now.owed > now.paid + now.setOff - now.repaid,
    ],
    [
      'what was let go is others',
      now.letGo.reduce((all, { amount }) => all + amount, 0) !== now.waived + now.writtenOff,
    ],
    ['written off is another', its.balance('write_off') + its.balance('external_collection') !== now.writtenOff],
    ['waived is another', its.balance('goodwill') !== now.waived],
    ['something is left to undo', now.toReverse !== 0],
    ['the deposit is not what the ledger says', -its.balance('loan_deposits') !== now.held],
    ['the deposit is gone twice', now.setOff + now.held > now.deposit],
    ['fees are others', -its.balance('loan_fees') !== sum(({ fee }) => fee) + now.extensionFees],
    ['damage is another', -its.balance('damage_charges') !== sum(({ damage }) => damage)],
    ['a fee is above its cap', all.some((unit) => unit.fee > Math.max(capOf(now, unit), unit.feeBefore))],
    ['a charge is negative', all.some(({ fee, damage, price }) => fee < 0 || damage < 0 || price < 0)],
    ['damage is above the price', all.some(({ damage, replacementPrice }) => damage > replacementPrice)],
    ['goods are elsewhere', its.units('on_loan') !== all.filter(({ stage }) => stage === 'out').length],
    ['lost goods are elsewhere', its.units('disposed_of') !== all.filter(({ stage }) => stage === 'lost').length],
    [
      'the books are others',
      its.balance('fixed_assets') !==
        -sum(({ bookValue, stage }) => (stage === 'lost' || stage === 'purchased' ? bookValue : 0)),
    ],
    ['closed and busy', closed && busy > 0],
    ['closed and owed', closed && (now.owed !== 0 || now.held !== 0)],
    [
      'closed with goods out',
      closed && all.some(({ stage }) => stage === 'out' || stage === 'back' || stage === 'reserved'),
    ],
    ['stands still', !closed && busy === 0 && !all.some(({ stage }) => stage === 'back')],
  ];
  return rules.filter(([, broken]) => broken).map(([rule]) => rule);
}

/** The rows as append keeps them: by key, the later over the earlier. */
class Rows {
  readonly rows = new Map<string, object>();

  apply({ network, loan, loanUnits, attention }: LoanProjection): this {
    this.rows.set('network', network).set('loan', loan);
    for (const row of loanUnits) this.rows.set(row.unit, row);
    for (const row of attention) {
      const news = Object.entries(row).filter(([, value]) => value !== null);
      this.rows.set(row.attention, { ...this.rows.get(row.attention), ...Object.fromEntries(news) });
    }
    return this;
  }
}

test('whatever comes, a loan’s balance is its ledger’s, nothing stands still, and the rows follow from the journal', () => {
  const ends = new Map<string, number>();
  fc.assert(
    fc.property(
      begun,
      fc.array(step, { minLength: 5, maxLength: 80, size: 'max' }),
      ({ units, deposit, ...terms }, steps) => {
        const lent = Array.from({ length: units }, (_, index) => aUnit(index + 1));
        const extension = { upTo: 'P20D', feePerDay: 3 };
        const its = new Journey({ units: lent, deposit, terms: { ...someTerms, ...terms, extension } });
        const live = new Rows().apply(project(initial, its.now, its.recorded));
        for (const each of steps) {
          its.later(`P${each.days}D`);
          const before = its.state;
          const known = its.recorded.length;
          its.send(commandOf(its, each));
          if (its.recorded.length > known) live.apply(project(before, its.now, its.recorded.slice(known)));
          expect(brokenRules(its)).toEqual([]);
        }
        const { outcome } = its.now;
        if (outcome !== null) ends.set(outcome, (ends.get(outcome) ?? 0) + 1);
        expect(new Rows().apply(project(initial, its.now, its.recorded)).rows).toEqual(live.rows);
      },
    ),
    { numRuns: 1500 },
  );
  // Enough of them came to each end for this to mean anything.
  for (const outcome of ['returned', 'lost', 'purchased', 'mixed', 'cancelled']) {
    expect([outcome, (ends.get(outcome) ?? 0) > 0]).toEqual([outcome, true]);
  }
});
