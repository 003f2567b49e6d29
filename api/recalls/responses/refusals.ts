import type { ResponseRefusal, ResponseRefusalCode } from '../../../domain/recall/response.ts';
import { type FieldError, Problem } from '../../problem.ts';

type Params = NonNullable<ResponseRefusal['params']>;

const wordings: Record<ResponseRefusalCode, (params: Params) => string> = {
  recall_not_launched: () => 'this recall is a draft: nobody was asked yet',
  recall_closed: () => 'this recall has come to its end, and takes no answers any more',
  nothing_said: () => 'name at least one position',
  position_twice: () => 'names the goods of a position before it; name each SKU and lot once',
  not_shipped: () => 'none of this was shipped there in this recall; look at its positions',
  quantity_negative: () => 'must be a whole number of units that is not negative',
  more_than_shipped: (p) => `that is ${p['said']} units together, and it can have had ${p['most']} at most`,
  less_than_came_back: (p) => `${p['cameBack']} came back to us already, so not ${p['returned']}`,
  more_passed_on_than_sold: (p) =>
    `${p['passedOn']} units are with those who are named, and only ${p['soldOn']} were sold on`,
  sub_consignee_itself: () => 'is the consignee itself',
  sub_consignee_twice: () => 'is named twice for these goods; name it once with the whole quantity',
  sub_consignee_unknown: () => 'is not a consignee that we know; name it as a new one',
  sub_consignee_too_deep: (p) =>
    `is a ${p['kind']}, and this recall goes to the ${p['depth']} level; count its units as sold on`,
  sub_consignee_too_far: () => 'is further down a chain of consignees than we follow; count its units as sold on',
  sub_consignees_too_many: (p) =>
    `are too many to name by a link, which takes ${p['most']}; they are told over the API`,
  goods_came_from_there: () => 'is where these goods came from',
  answered_for_already: (p) => `${p['consignee']} has answered for ${p['answered']} units of it already`,
};

/** What is wrong with a response, in words. */
export const refusalError = ({ code, field, params = {} }: ResponseRefusal): FieldError => ({
  field,
  code,
  detail: wordings[code](params),
});

/** The problem that a refused response becomes; it names all that contradicts. */
export function responseProblem(refusals: readonly ResponseRefusal[]): Problem {
  const errors = refusals.map(refusalError);
  const [first] = errors;
  if (first === undefined) throw new Error('a refused response has a refusal');
  if (first.field === 'recall') return new Problem(409, first.code, first.detail);
  const others = errors.length > 1 ? ` (and ${errors.length - 1} more, see errors)` : '';
  return new Problem(422, first.code, `${first.field}: ${first.detail}${others}`, { field: first.field, errors });
}
