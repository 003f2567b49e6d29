import type { Recorded } from '../../domain/return/events.ts';
import { isHoldOpen } from '../../domain/return/hold.ts';
import type { Opened } from '../../domain/return/state.ts';

/** What is charged of claims: once each, what was owed, by whoever agreed. */
export function chargeProblems(state: Opened, recorded: readonly Recorded[]): string[] {
  const charges = recorded.flatMap(({ event }) => (event.type === 'charge_succeeded' ? [event] : []));
  const twice =
    charges.length > new Set(charges.map(({ clawback }) => clawback)).size ? ['a claim is charged twice'] : [];
  return Object.values(state.clawbacks ?? {}).reduce((problems, { clawback, charge, total, paid, outstanding }) => {
    const got = charges.filter((each) => each.clawback === clawback).reduce((sum, each) => sum + each.amount.amount, 0);
    if (got > paid || got > total) problems.push(`${got} charged for ${clawback} of ${total}`);
    if ((charge?.state === 'succeeded') !== got > 0) problems.push(`${clawback}: charge ${charge?.state}, got ${got}`);
    if (charge !== undefined && state.consent === undefined) problems.push(`${clawback} charged without consent`);
    if (charge?.state === 'due' && charge.amount !== outstanding) problems.push(`${clawback} charged beside itself`);
    return problems;
  }, twice);
}

/** What is held on a card: no more is taken than was held, for what is owed alone, and nothing goes out first beside it. */
export function holdProblems(state: Opened, recorded: readonly Recorded[]): string[] {
  const problems: string[] = [];
  const { hold } = state;
  const taken = recorded.flatMap(({ event }) => (event.type === 'hold_captured' ? [event] : []));
  const got = taken.reduce((sum, { amount }) => sum + amount.amount, 0);
  if (got > (hold?.amount ?? 0) || taken.length > 1) problems.push(`${got} taken of ${hold?.amount} held`);
  for (const { amount, of } of taken) {
    const shared = of.reduce((sum, each) => sum + each.amount, 0);
    if (shared !== amount.amount) problems.push(`${amount.amount} taken for ${shared} owed`);
  }
  if (hold !== undefined && hold.state === 'captured' && hold.taken !== got)
    problems.push('a capture without an event');
  if (hold !== undefined && (hold.taken < 0 || hold.taken > hold.amount)) problems.push('a hold out of bounds');
  if (hold !== undefined && state.consent === undefined) problems.push('a hold that nobody agreed to');
  if (state.phase === 'closed' && isHoldOpen(state)) problems.push(`closed with a hold ${hold?.state}`);
  if (state.policy.exchange?.firstAgainstHold === undefined) return problems;
  const covered = recorded
    .flatMap(({ event }) => (event.type === 'settlement_due' && event.advanced !== undefined ? [event] : []))
    .flatMap(({ legs }) => legs.filter(({ to }) => to === 'exchange'))
    .reduce((sum, { amount }) => sum + amount, 0);
  if (covered > (hold?.amount ?? 0)) problems.push(`${covered} go out first, ${hold?.amount ?? 0} held for them`);
  return problems;
}
