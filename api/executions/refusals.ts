import type { ExecutionRefusalCode } from '../../domain/execution/refusals.ts';
import { Problem } from '../problem.ts';
import type { RefusalGiven } from '../trouble.ts';

type Params = Readonly<Record<string, string | number>>;
type Wording = { readonly status: 404 | 409 | 422; readonly sentence: (params: Params) => string };

const says = (status: Wording['status'], sentence: string): Wording => ({ status, sentence: () => sentence });

const wordings: Record<ExecutionRefusalCode, Wording> = {
  unknown_execution: says(404, 'there is nothing with this number'),
  already_requested: says(409, 'this was requested already'),
  execution_closed: says(409, 'this has come to its end, so nothing is left to be done here'),
  still_gathering: says(409, 'the returns of its items are still being asked for them; do this again in a moment'),
  not_awaiting_authorization: says(409, 'the vendor has answered already'),
  not_authorized_yet: says(409, 'the vendor has not given its number yet; record its authorization first'),
  not_shipped_yet: says(409, 'nothing was shipped yet, so nothing is owed'),
  already_shipped: says(409, 'the goods have left already, so this can no longer be changed'),
  nothing_left: says(422, 'no item would be left; refuse or cancel the whole instead'),
  unknown_item: says(404, 'that item does not go this way'),
  amount_not_positive: says(422, 'an amount must be more than nothing'),
  credit_exceeds_expected: {
    status: 422,
    sentence: (p) =>
      `${p['asked'] ?? '?'} minor unit(s) are more than the ${p['available'] ?? '?'} that can be credited here`,
  },
  memo_already_recorded: says(409, 'this credit memo was recorded already'),
  time_in_the_past: says(422, 'that time lies in the past; choose a later one'),
  unknown_attention: says(404, 'nothing of that name waits for a person here'),
  resolution_not_allowed: {
    status: 422,
    sentence: (p) =>
      `${p['reason'] ?? ''} cannot be resolved with ${p['resolution'] ?? ''}; allowed: ${p['allowed'] ?? ''}`,
  },
};

/** The problem that a refusal of an execution becomes, with the refusal's own code. */
export function executionProblem(refusal: RefusalGiven): Problem {
  // A newer worker may refuse with a code that this API doesn't know yet.
  const wording: Wording = isKnown(refusal.code)
    ? wordings[refusal.code]
    : says(409, `this was refused: ${refusal.code}`);
  const field = refusal.field?.replace(/\.(\d+)(?=\.|$)/g, '[$1]');
  return new Problem(wording.status, refusal.code, wording.sentence(refusal.params ?? {}), { field });
}

const isKnown = (code: string): code is ExecutionRefusalCode => Object.hasOwn(wordings, code);
