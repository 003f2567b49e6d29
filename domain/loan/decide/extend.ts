import { raise } from '../../process/attention.ts';
import { after, type Instant } from '../../time/duration.ts';
import { extensionFee, feeUpTo } from '../charges.ts';
import type { LoanCommand } from '../commands.ts';
import type { LoanEvent } from '../events.ts';
import { type Refused, refuse } from '../refusals.ts';
import { type Opened, unitsOut } from '../state.ts';

type Answer = readonly LoanEvent[] | Refused;

/**
 * The borrower wants to keep what is out for longer. While the term runs the terms may agree to it by themselves; else a person does.
 * A return that was asked for is called off again.
 */
export function askExtension(state: Opened, until: Instant, at: Instant): Answer {
  if (state.handedOverAt === null) return refuse('not_handed_over_yet');
  if (unitsOut(state).length === 0) return refuse('unit_not_out');
  if (state.extension !== null) return refuse('extension_already_asked');
  if (until <= state.until || until <= at) return refuse('not_longer', 'until', { until: state.until });
  const extension = `E${state.extensions + 1}`;
  const asked: LoanEvent = { type: 'extension_asked', extension, until };
  const { extension: agreed } = state.terms;
  const byItself = agreed !== null && !state.termEnded && until <= after(state.firstUntil, agreed.upTo);
  if (!byItself) return [asked, ...raise(state, 'extension_asked', extension, until)];
  const fee = extensionFee(state, unitsOut(state), until, at);
  return [asked, { type: 'extension_agreed', extension, until, fee, by: 'terms' }];
}

/** A person agrees, or doesn't. What was overdue by then stays charged. */
export function answerExtension(
  state: Opened,
  { extension, agreed, fee }: Extract<LoanCommand, { type: 'answer_extension' }>,
  at: Instant,
): Answer {
  if (state.extension?.extension !== extension) return refuse('unknown_extension', 'extension');
  if (fee !== null && (!Number.isSafeInteger(fee) || fee < 0)) return refuse('amount_not_valid', 'fee');
  const asked = Object.values(state.attention).flatMap(({ attention, reason }): LoanEvent[] =>
    reason === 'extension_asked'
      ? [{ type: 'attention_resolved', attention, resolution: agreed ? 'agree' : 'refuse', note: null }]
      : [],
  );
  return [...asked, ...answered(state, agreed, fee, at)];
}

/** What follows from an answer to what was asked. */
export function answered(state: Opened, agreed: boolean, fee: number | null, at: Instant): readonly LoanEvent[] {
  if (state.extension === null) return [];
  const { extension, until } = state.extension;
  // Too late for the term that was asked for.
  if (!agreed || until <= at) return [{ type: 'extension_refused', extension }];
  const charged = fee ?? extensionFee(state, unitsOut(state), until, at);
  return [...overdueUpTo(state, at), { type: 'extension_agreed', extension, until, fee: charged, by: 'person' }];
}

/** What the fees of all that is out have grown by. */
export function overdueUpTo(state: Opened, at: Instant): LoanEvent[] {
  const units = unitsOut(state)
    .map((unit) => ({ unit: unit.unit, amount: feeUpTo(state, unit, at) - unit.fee }))
    .filter(({ amount }) => amount !== 0);
  return units.length === 0 ? [] : [{ type: 'fees_accrued', units, upTo: at }];
}
