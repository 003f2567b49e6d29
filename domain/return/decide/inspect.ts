import { barredCodesFor } from '../../eligibility/grounds.ts';
import { type ConditionFacts, factNames, gradeOf } from '../../goods/grading.ts';
import { factsOf, type QuestionSet, questionsFor } from '../../goods/inspection.ts';
import { countUnits, takeUnits } from '../../goods/units.ts';
import { rulesFor } from '../../policy/rules-for.ts';
import { awaitsSecond } from '../agreement.ts';
import type { ReturnCommand } from '../commands.ts';
import { costOf } from '../cost.ts';
import type { InspectedItem } from '../events/items.ts';
import type { ReturnEvent } from '../events.ts';
import { find } from '../find.ts';
import type { Finding } from '../findings.ts';
import { fold } from '../fold.ts';
import { categoryOf } from '../item-category.ts';
import { isPartOf } from '../item-id.ts';
import { isAskedAbout } from '../raise.ts';
import { type Answer, type Refused, refuse } from '../refuse.ts';
import type { ItemState, LineState, Opened } from '../state.ts';
import { discrepancyOf } from './discrepancies.ts';

/**
 * Records what was found on an item's units and grades them. Several findings split the item; what was not looked at
 * stays behind. The same item can be graded again until it has moved. Where two people have to agree, a second one who
 * comes to the same grade confirms it, and another grade takes the place of the first and waits for a second in its turn.
 */
export function inspect(state: Opened, command: Extract<ReturnCommand, { type: 'inspect' }>, by: string): Answer {
  if (state.phase === 'closed') return refuse('return_closed');
  const item = find(state.items, command.item);
  if (item === undefined) return refuse('unknown_item', 'item');
  if (item.stage === 'disposed') return refuse('item_already_moved', 'item');
  if (item.execution != null) return refuse('item_in_execution', 'item', { execution: item.execution });
  if (item.paidRepair !== undefined) return refuse('repair_quoted', 'item', { item: item.item });
  const { findings } = command;
  const bad = findings.findIndex((finding) => !Number.isSafeInteger(finding.quantity) || finding.quantity < 1);
  if (bad >= 0 || findings.length === 0)
    return refuse('quantity_not_positive', `findings.${Math.max(bad, 0)}.quantity`);
  const quantity = findings.reduce((sum, finding) => sum + finding.quantity, 0);
  if (quantity > item.quantity) {
    return refuse('quantity_exceeds_item', 'findings', { asked: quantity, available: item.quantity });
  }
  const category = categoryOf(state, item) ?? '';
  const seen = whatWasSeen(questionsFor(rulesFor(state.policy, category).inspection, category), findings);
  if ('refusal' in seen) return seen;
  const whole = findings.length === 1 && quantity === item.quantity;
  const [first] = seen;
  const news = (first?.finding.found ?? []).some((each) => !(item.found ?? []).includes(each));
  if (whole && first !== undefined && awaitsSecond(state, item) && isSame(first.facts, item.facts) && !news) {
    if (item.gradedBy.includes(by)) return refuse('second_person_needed', 'item', { item: item.item });
    return [{ type: 'inspection_confirmed', item: item.item }];
  }
  const taken = whole ? 0 : Object.keys(state.items).filter((id) => id.startsWith(`${item.item}.`)).length;
  let { units } = item;
  // Serials that some finding names are not given to the others.
  const claimed = new Set(findings.flatMap((finding) => finding.serials ?? []));
  let serials = item.serials.filter((serial) => !claimed.has(serial));
  const into = seen.map(({ finding, facts }, index): InspectedItem => {
    const part = takeUnits(units, Math.min(finding.quantity, countUnits(units)));
    units = part.rest;
    const named = finding.serials ?? serials.slice(0, finding.quantity);
    serials = serials.filter((serial) => !named.includes(serial));
    return {
      item: whole ? item.item : `${item.item}.${taken + index + 1}`,
      quantity: finding.quantity,
      units: part.taken,
      serials: named,
      facts,
      ...('answers' in finding ? { answers: finding.answers } : {}),
      grade: gradeOf(category, facts),
      reasonFound: finding.reason ?? item.reasonFound,
      ...(finding.found === undefined || finding.found.length === 0 ? {} : { found: finding.found }),
    };
  });
  const inspected: ReturnEvent = { type: 'item_inspected', item: item.item, into };
  if (bringsMoreThanItCosts(state, item, inspected)) {
    return refuse('recovery_recorded', 'item', { item: item.item });
  }
  return [inspected, ...notAsClaimed(state, item, into)];
}

/** Goods that are carried at the credit of their grade cost less in a worse one, perhaps less than others have given for them. */
function bringsMoreThanItCosts(state: Opened, item: ItemState, inspected: ReturnEvent): boolean {
  if ((item.recovered ?? 0) === 0) return false;
  const after = fold(state, [{ at: item.waitsSince, by: '', event: inspected }]) as Opened;
  return Object.values(after.items).some(
    (part) => isPartOf(part.item, item.item) && (part.recovered ?? 0) > costOf(after, part),
  );
}

type Seen = { readonly finding: Finding; readonly facts: ConditionFacts };

/** The facts of each finding, or the first answer that can't be read. */
function whatWasSeen(questions: QuestionSet, findings: readonly Finding[]): readonly Seen[] | Refused {
  const seen: Seen[] = [];
  for (const [index, finding] of findings.entries()) {
    const read = 'facts' in finding ? finding : factsOf(questions, finding.answers);
    if ('fault' in read) {
      const { code, question } = read.fault;
      return refuse(code, `findings.${index}.answers.${question}`, { question });
    }
    seen.push({ finding, facts: read.facts });
  }
  return seen;
}

const isSame = (facts: ConditionFacts, others: ConditionFacts | null): boolean =>
  others !== null && factNames.every((fact) => facts[fact] === others[fact]);

/**
 * The rules judged what was claimed. What they would have barred as it was found (opened hygiene goods, a defect that
 * isn't one on a final sale) waits for a person, unless one has let it in already or it is settled.
 */
function notAsClaimed(state: Opened, item: ItemState, into: readonly InspectedItem[]): ReturnEvent[] {
  const line = item.line === null ? undefined : state.lines[item.line];
  const isAsked = isAskedAbout(state, 'not_authorized', item.item);
  if (line === undefined || item.settled || item.acceptance === 'rejected' || isAsked) return [];
  const barred = into.filter((part) => isBarredAsFound(state, line, part));
  return barred.flatMap((part, index) =>
    discrepancyOf(state, { ...part, parcel: item.parcel }, line.line, 'not_authorized', index),
  );
}

/** The rules would have barred it, had it been claimed as it was found. */
export const isBarredAsFound = (
  state: Opened,
  { sold, reason, codes }: LineState,
  { reasonFound, facts, serials, found = [] }: Pick<InspectedItem, 'reasonFound' | 'facts' | 'serials' | 'found'>,
): boolean =>
  // Nobody can use a locked device, and nothing brings back what was paid for one: a person says whether it is taken.
  (state.program === 'trade_in' && found.includes('activation_locked')) ||
  barredCodesFor({
    sold,
    policy: state.policy,
    at: state.requestedAt,
    reason: reasonFound ?? reason,
    opened: facts.packaging !== 'sealed',
    serials,
    works: facts.function === 'works',
    repair: state.instrument === 'repair',
  }).some((code) => !codes.includes(code));
