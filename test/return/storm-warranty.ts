import { countUnits, withoutUnits } from '../../domain/goods/units.ts';
import type { Recorded } from '../../domain/return/events.ts';
import { unitsTaken } from '../../domain/return/replaced.ts';
import type { Opened } from '../../domain/return/state.ts';

/** A warranty replaces or pays, and goes over to no more than was sent, once. */
export function warrantyProblems(state: Opened, recorded: readonly Recorded[]): string[] {
  const carried = recorded.flatMap(({ event, at }) =>
    event.type === 'warranty_carried_over' ? [{ ...event, at }] : [],
  );
  const { exchange } = state;
  const isReplaced = state.program === 'warranty' && exchange?.kind === 'replacement' && exchange.state === 'shipped';
  if (carried.length !== (isReplaced ? 1 : 0)) return [`a warranty goes over ${carried.length} times`];
  const [over] = carried;
  if (over === undefined || exchange === undefined) return [];
  const sent = exchange.toShip.reduce((sum, { quantity }) => sum + quantity, 0);
  const freed = over.lines.reduce((sum, { units }) => sum + countUnits(units), 0);
  const paid = Object.values(state.refunds).filter(
    ({ settlement, to, state: is }) =>
      state.settlements[settlement]?.instrument === 'replacement' &&
      (to === 'payment' || to === 'store_credit') &&
      is !== 'replaced',
  );
  return [
    ...(freed <= sent ? [] : [`${freed} units are free for ${sent} that were sent`]),
    ...(over.serials.length <= sent ? [] : [`${over.serials.length} serials are covered of ${sent} sent`]),
    ...over.serials.filter(({ until }) => until <= over.at).map(({ serial }) => `${serial} isn’t covered at all`),
    ...over.lines.flatMap(({ line, units }) => {
      const taken = state.lines[line] === undefined ? [] : unitsTaken(state, state.lines[line]);
      return countUnits(withoutUnits(units, taken)) === countUnits(units)
        ? []
        : [`line ${line} takes what it replaced`];
    }),
    ...paid.map(({ refund, amount }) => `${refund} pays ${amount} for what was replaced`),
  ];
}
