import { formatMoney } from '../../domain/money/money.ts';
import { faultOf } from '../../domain/reasons.ts';
import type { Judgement } from './judge.ts';

type Sum = { lines: number; amount: number };

/** What was found in one currency; amounts in minor units. */
type Findings = {
  refunded: number;
  due: number;
  /** Refunded more than was due, and less. */
  readonly tooMuch: Sum;
  readonly tooLittle: Sum;
  /** Refunded although our rules bar it, by code, and refused although they don't. */
  readonly barred: Record<string, Sum>;
  readonly refusedThough: Sum;
  /** What a person would have looked at first, by code. */
  readonly toAPerson: Record<string, Sum>;
  /** Refunded for what another was at fault for, less what was claimed; `unknown` where the file tells nothing of claims. */
  readonly unclaimed: { readonly vendor: Sum; readonly carrier: Sum };
  readonly claimsUnknown: Sum;
  /** Fees for the way back that the policy takes; files don't tell whether they were taken. */
  readonly shippingFees: Sum;
  readonly unmatched: Record<string, Sum>;
};

const nothing = (): Sum => ({ lines: 0, amount: 0 });

/** Adds up what the judgements say, in as much memory as there are codes and currencies. */
export class Report {
  readonly counts = { rows: 0, returns: 0, lines: 0, rejected: 0, salesLeftOut: 0 };
  readonly #byCurrency = new Map<string, Findings>();

  unmatched(currency: string, reason: string, amount: number): void {
    add(this.#of(currency).unmatched, reason, amount);
  }

  add(currency: string, { lines, shippingFee }: Judgement): void {
    const found = this.#of(currency);
    this.counts.returns += 1;
    if (shippingFee > 0) count(found.shippingFees, shippingFee);
    for (const { line, verdict, codes, due } of lines) {
      this.counts.lines += 1;
      found.refunded += line.refunded;
      found.due += due;
      if (verdict === 'ineligible' && line.refunded > 0)
        for (const code of codes) add(found.barred, code, line.refunded);
      if (verdict === 'needs_review') for (const code of codes) add(found.toAPerson, code, line.refunded);
      else if (line.refunded > due) count(found.tooMuch, line.refunded - due);
      else if (line.refunded < due) count(found.tooLittle, due - line.refunded);
      if (verdict === 'eligible' && line.refunded === 0 && due > 0) count(found.refusedThough, due);
      const fault = faultOf(line.reason);
      if ((fault === 'vendor' || fault === 'carrier') && line.refunded > 0) {
        if (line.claimed === null) count(found.claimsUnknown, line.refunded);
        if (line.refunded > (line.claimed ?? 0)) count(found.unclaimed[fault], line.refunded - (line.claimed ?? 0));
      }
    }
  }

  /** One object a currency, amounts in minor units. */
  get findings(): Readonly<Record<string, Findings>> {
    return Object.fromEntries([...this.#byCurrency].sort(([a], [b]) => a.localeCompare(b)));
  }

  /** As a person reads it. */
  get text(): string {
    const { rows, returns, lines, rejected, salesLeftOut } = this.counts;
    const left =
      salesLeftOut === 0 ? '' : ` ${salesLeftOut} rows of sales were left out: credits, corrections and fees.`;
    const head = `${rows} rows, ${returns} returns with ${lines} lines put before the rules; ${rejected} rows could not be read.${left}`;
    return [head, ...Object.entries(this.findings).map(([currency, found]) => textOf(currency, found))].join('\n\n');
  }

  #of(currency: string): Findings {
    const known = this.#byCurrency.get(currency);
    if (known !== undefined) return known;
    const fresh: Findings = {
      refunded: 0,
      due: 0,
      tooMuch: nothing(),
      tooLittle: nothing(),
      barred: {},
      refusedThough: nothing(),
      toAPerson: {},
      unclaimed: { vendor: nothing(), carrier: nothing() },
      claimsUnknown: nothing(),
      shippingFees: nothing(),
      unmatched: {},
    };
    this.#byCurrency.set(currency, fresh);
    return fresh;
  }
}

function add(sums: Record<string, Sum>, key: string, amount: number): void {
  const sum = sums[key] ?? nothing();
  sums[key] = sum;
  count(sum, amount);
}

function count(sum: Sum, amount: number): void {
  sum.lines += 1;
  sum.amount += amount;
}

function textOf(currency: string, found: Findings): string {
  const money = (amount: number) => `${formatMoney({ amount, currency })} ${currency}`;
  const row = (what: string, { lines, amount }: Sum) =>
    `  ${what.padEnd(52)} ${String(lines).padStart(7)}  ${money(amount).padStart(20)}`;
  const rows = (title: string, sums: Readonly<Record<string, Sum>>) => {
    const entries = Object.entries(sums).sort(([, a], [, b]) => b.amount - a.amount);
    return entries.length === 0
      ? []
      : [`  ${title}`, ...entries.map(([code, sum]) => row(`  ${code.replaceAll('_', ' ')}`, sum))];
  };
  return [
    `${currency}: refunded ${money(found.refunded)}, due by the rules ${money(found.due)}`,
    row('refunded too much', found.tooMuch),
    row('refunded too little', found.tooLittle),
    row('of it: refused, though nothing bars it', found.refusedThough),
    ...rows('refunded, though the rules bar it', found.barred),
    ...rows('a person would have looked at it first', found.toAPerson),
    row('never claimed from vendors', found.unclaimed.vendor),
    row('never claimed from carriers', found.unclaimed.carrier),
    row('of both: the file tells nothing of claims', found.claimsUnknown),
    row('return shipping that the policy takes (not compared)', found.shippingFees),
    ...rows('no sale could be found for sure', found.unmatched),
  ].join('\n');
}
