import type { ConfirmationRefusal, ConfirmationRefusalCode } from '../../../domain/recall/confirmation.ts';
import type { FieldError } from '../../problem.ts';
import { Problem } from '../../problem.ts';

type Params = NonNullable<ConfirmationRefusal['params']>;

const wordings: Record<ConfirmationRefusalCode, (params: Params) => string> = {
  recall_not_launched: () => 'this recall is a draft: nothing is stopped yet',
  recall_closed: () => 'this recall has come to its end, and takes no counts any more',
  recall_completed: () => 'this recall is completed, so nobody is asked to count again; accept the count, or leave it',
  being_traced: () => 'its goods are being traced; send it again in a moment',
  position_twice: () => 'names the goods of a count before it; name each SKU and lot once',
  not_stopped: () => 'is not stopped by this recall; where it should be, have the scope widened first',
  location_missing: () => 'is missing: say where the goods were put',
  no_difference: () => 'there is no count of these goods that differs from the books and waits for a person',
  counted_since: (p) => `the count that holds is ${p['found']}; look at it again`,
};

/** Those that are about the recall or its present state, and not about what was sent. */
const conflicts: readonly ConfirmationRefusalCode[] = ['recall_completed', 'no_difference', 'counted_since'];

/** The problem that a refused count becomes; it names all that is wrong. */
export function confirmationProblem(refusals: readonly ConfirmationRefusal[]): Problem {
  const errors = refusals.map(
    ({ code, field, params = {} }): FieldError => ({
      field,
      code,
      detail: wordings[code](params),
    }),
  );
  const [first] = errors;
  if (first === undefined) throw new Error('a refused count has a refusal');
  if (first.field === 'recall') return new Problem(409, first.code, first.detail);
  if (conflicts.some((code) => code === first.code)) {
    return new Problem(409, first.code, first.detail, { field: first.field });
  }
  const others = errors.length > 1 ? ` (and ${errors.length - 1} more, see errors)` : '';
  return new Problem(422, first.code, `${first.field}: ${first.detail}${others}`, { field: first.field, errors });
}
