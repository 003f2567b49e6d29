import { countUnits, type Units } from '../../domain/goods/units.ts';
import { chargedBack } from '../../domain/money/dispute.ts';
import type { Effect } from '../../domain/return/effects.ts';
import type { RefundLeg } from '../../domain/return/events/money.ts';
import { unitsTaken } from '../../domain/return/replaced.ts';
import type { Opened } from '../../domain/return/state.ts';
import type { PaymentFacts } from '../../domain/sale/order.ts';

/** The unit holds and payments that the database keeps beside a return, with other returns taking what is free. */
export class Books {
  readonly #held = new Map<string, Set<number>>();
  readonly #pending = new Map<string, Set<number>>();
  readonly #taken = new Map<string, Set<number>>();
  readonly #others = new Map<string, number>();
  readonly #counted = new Map<string, number>();

  constructor(opened: Opened) {
    this.#meet(opened);
    for (const payment of opened.payments) {
      this.#others.set(payment.payment, payment.refunded - liveLegs(opened, payment.payment));
    }
  }

  /** What `reserveUnits` does: holds up to the total, and answers with what it holds beyond the known units. */
  reserve(effect: Extract<Effect, { kind: 'reserve_units' }>, state: Opened): Units {
    const line = state.lines[effect.line];
    if (line === undefined) return [];
    const held = this.#of(this.#held, effect.line);
    const pending = this.#of(this.#pending, effect.line);
    const taken = this.#of(this.#taken, effect.line);
    for (let unit = 0; unit < line.sold.fulfilled && held.size + pending.size < effect.total; unit += 1) {
      if (!held.has(unit) && !pending.has(unit) && !taken.has(unit)) pending.add(unit);
    }
    const known = new Set(positions(effect.known));
    return [...held, ...pending].filter((unit) => !known.has(unit)).map((unit) => [unit, unit + 1] as const);
  }

  /** What an append does with the holds that it names; says which it names without the database holding them. */
  append(state: Opened): string[] {
    this.#meet(state);
    return Object.values(state.lines).flatMap((line) => {
      const named = new Set(positions(unitsTaken(state, line)));
      const held = this.#of(this.#held, line.line);
      const pending = this.#of(this.#pending, line.line);
      const foreign = [...named].filter((unit) => !held.has(unit) && !pending.has(unit));
      this.#held.set(line.line, named);
      this.#pending.set(
        line.line,
        state.phase === 'closed' ? new Set() : new Set([...pending].filter((unit) => !named.has(unit))),
      );
      return foreign.map((unit) => `line ${line.line} names unit ${unit} without holding it`);
    });
  }

  /** Another return takes a unit that is free. */
  takeOne(state: Opened, choice: number): void {
    const lines = Object.values(state.lines);
    const line = lines[choice % lines.length];
    if (line === undefined) return;
    const held = this.#of(this.#held, line.line);
    const pending = this.#of(this.#pending, line.line);
    const unit = [...Array(line.sold.fulfilled).keys()].find((each) => !held.has(each) && !pending.has(each));
    if (unit !== undefined) this.#of(this.#taken, line.line).add(unit);
  }

  /** The payments as the database has them, after another return took some of one, or a dispute began or ended. */
  payments(state: Opened, choice: number): PaymentFacts[] {
    return state.payments.map((each, index) => {
      const ours = liveLegs(state, each.payment);
      const others = this.#others.get(each.payment) ?? 0;
      const isChosen = index === choice % state.payments.length;
      const room = each.captured - ours - chargedBack(each) - inPlaceOf(state, each.payment);
      const grown = isChosen ? Math.max(others, Math.min(others + (choice % 700), room)) : others;
      const disputed = isChosen && choice % 3 === 0 ? !each.disputed : each.disputed;
      this.#others.set(each.payment, grown);
      return { ...each, refunded: grown + ours, disputed };
    });
  }

  /**
   * Every payment: what is refunded or about to be is what we count, never more than was captured, and nothing is added to
   * what a bank took; what settlements count as charged back was.
   */
  disagreements(state: Opened): string[] {
    return state.payments.flatMap((each) => {
      const refunded = (this.#others.get(each.payment) ?? 0) + liveLegs(state, each.payment);
      const before = this.#counted.get(each.payment) ?? 0;
      this.#counted.set(each.payment, refunded);
      const back = liveLegs(state, each.payment, 'chargeback');
      const credited = inPlaceOf(state, each.payment);
      return [
        ...(refunded === each.refunded ? [] : [`${each.payment}: ${refunded} refunded, ${each.refunded} counted`]),
        ...(credited === (each.credited ?? 0)
          ? []
          : [`${each.payment}: ${credited} credited, ${each.credited} counted`]),
        ...(refunded + credited <= each.captured || credited === 0
          ? []
          : [`${each.payment}: ${credited} credited beside`]),
        ...(refunded <= each.captured ? [] : [`${each.payment}: ${refunded} refunded of ${each.captured}`]),
        ...(refunded <= before || refunded + chargedBack(each) <= each.captured
          ? []
          : [`${each.payment}: ${refunded} refunded beside ${chargedBack(each)} charged back of ${each.captured}`]),
        ...(back <= chargedBack(each) ? [] : [`${each.payment}: ${back} settled by ${chargedBack(each)} charged back`]),
      ];
    });
  }

  /** Lines that the return has had from the start, or that were added since. */
  #meet(opened: Opened): void {
    for (const line of Object.values(opened.lines).filter((each) => !this.#held.has(each.line))) {
      this.#held.set(line.line, new Set());
      this.#pending.set(line.line, new Set(positions(line.sold.held)));
      this.#taken.set(line.line, new Set());
    }
  }

  #of(map: Map<string, Set<number>>, line: string): Set<number> {
    const set = map.get(line);
    if (set === undefined) throw new Error(`no line ${line}`);
    return set;
  }
}

const positions = (units: Units): number[] =>
  units.flatMap(([from, to]) => Array.from({ length: to - from }, (_, index) => from + index));

/** Store credit and other goods that were given in the place of a payment. */
const inPlaceOf = (state: Opened, payment: string): number =>
  liveLegs(state, payment, 'store_credit') + liveLegs(state, payment, 'exchange');

const liveLegs = (state: Opened, payment: string, to: RefundLeg['to'] = 'payment'): number =>
  Object.values(state.refunds)
    .filter((refund) => refund.payment === payment && refund.to === to)
    .filter((refund) => ['due', 'frozen', 'requested', 'succeeded'].includes(refund.state))
    .reduce((sum, refund) => sum + refund.amount, 0);

/** Positions of a line that more than one of its parts claims to hold. */
export function heldTwice(state: Opened): string[] {
  return Object.values(state.lines).flatMap((line) => {
    const items = Object.values(state.items).filter((item) => item.line === line.line);
    const parts = [
      line.units,
      line.missingUnits,
      line.compensatedUnits,
      line.keptUnits,
      ...items.map((item) => item.units),
    ];
    const all = parts.flatMap(positions);
    const outside = all.filter((unit) => unit < 0 || unit >= line.sold.quantity);
    return [
      ...(new Set(all).size === all.length ? [] : [`line ${line.line} holds a unit twice: ${JSON.stringify(parts)}`]),
      ...outside.map((unit) => `line ${line.line} holds unit ${unit} of ${line.sold.quantity}`),
      ...(countUnits(line.units) === line.outstanding ? [] : [`line ${line.line}: outstanding without units`]),
      ...items
        .filter((item) => countUnits(item.units) > item.quantity)
        .map(({ item }) => `item ${item} holds more than it is`),
    ];
  });
}
