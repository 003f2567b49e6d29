import { countUnits } from '../goods/units.ts';
import type { Opened } from './state.ts';

/** What must agree in a return at any moment, in words with the figures; empty where all does. */
export function reconcile(state: Opened): readonly string[] {
  return [...quantities(state), ...amounts(state)];
}

function quantities(state: Opened): string[] {
  return Object.values(state.lines).flatMap((line) => {
    const { requested, cancelled, kept, outstanding, missing, received } = line;
    const arrived = Object.values(state.items)
      .filter((item) => item.line === line.line)
      .reduce((sum, item) => sum + item.quantity, 0);
    const accounted = cancelled + kept + outstanding + missing + received;
    const problems: string[] = [];
    if (requested !== accounted) problems.push(`line ${line.line}: ${requested} requested, ${accounted} accounted for`);
    if (received !== arrived) problems.push(`line ${line.line}: ${received} received, ${arrived} in items`);
    if (kept !== countUnits(line.keptUnits)) problems.push(`line ${line.line}: ${kept} kept, other units`);
    return problems;
  });
}

/** Each settlement's refunds, the replaced ones aside, add up to its total. */
function amounts(state: Opened): string[] {
  return Object.values(state.settlements).flatMap(({ settlement, total }) => {
    const paid = Object.values(state.refunds)
      .filter((refund) => refund.settlement === settlement && refund.state !== 'replaced')
      .reduce((sum, refund) => sum + refund.amount, 0);
    return paid === total ? [] : [`settlement ${settlement}: ${total} due, ${paid} in refunds`];
  });
}
