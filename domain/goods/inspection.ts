import type { AmountByCurrency } from '../policy/policy.ts';
import { type ConditionFacts, conditions, factNames } from './grading.ts';

/** How goods are looked at under a policy. A policy that says nothing of it asks the standard questions of one person. */
export type InspectionPolicy = {
  /** The first set that names the goods' category is asked; one without categories is for all that no other names. */
  readonly questionSets: readonly QuestionSet[];
  /** Goods of a return line that is worth more than this are graded by two people who agree, in minor units. */
  readonly twoPeopleAbove: AmountByCurrency;
};

/** The short list of questions for goods of some categories. Its answers give every fact, so that two inspectors agree. */
export type QuestionSet = {
  readonly categories: readonly string[];
  readonly questions: readonly InspectionQuestion[];
  /** Facts that nobody is asked for. */
  readonly assumes: Partial<ConditionFacts>;
};

export type InspectionQuestion = {
  /** Names it within its set: `is_sealed`. */
  readonly question: string;
  readonly text: string;
  readonly answers: readonly InspectionAnswer[];
};

/** What an answer says of the goods. Where two answers speak of the same fact, the later question's counts. */
export type InspectionAnswer = {
  readonly answer: string;
  readonly text: string;
  readonly facts: Partial<ConditionFacts>;
};

/** An answer's id by its question's. */
export type GivenAnswers = Readonly<Record<string, string>>;

const standardTexts: Readonly<Record<keyof ConditionFacts, string>> = {
  packaging: 'How is the packaging?',
  cosmetic: 'How does it look?',
  function: 'Does it work?',
  completeness: 'Is everything there?',
  expiry: 'Is it past its date?',
  contamination: 'Is it dirty or contaminated?',
};

/** One question a fact, for goods that no set is made for. */
export const standardQuestions: QuestionSet = {
  categories: [],
  questions: factNames.map((fact) => ({
    question: fact,
    text: standardTexts[fact],
    answers: conditions[fact].map((value) => ({
      answer: value,
      text: value.replaceAll('_', ' '),
      facts: { [fact]: value },
    })),
  })),
  assumes: {},
};

/** Of a policy that says nothing of it: the standard questions, asked of one person. */
export const standardInspection: InspectionPolicy = { questionSets: [], twoPeopleAbove: {} };

/** The questions for goods of a category. */
export function questionsFor({ questionSets: sets }: InspectionPolicy, category: string): QuestionSet {
  return (
    sets.find(({ categories }) => categories.includes(category)) ??
    sets.find(({ categories }) => categories.length === 0) ??
    standardQuestions
  );
}

export type AnswerFault =
  | { readonly code: 'question_unanswered'; readonly question: string }
  | { readonly code: 'question_unknown'; readonly question: string }
  | { readonly code: 'answer_unknown'; readonly question: string };

/** The facts that answers give: all questions of the set, and no others, have to be answered. */
export function factsOf(
  { questions, assumes }: QuestionSet,
  given: GivenAnswers,
): { readonly facts: ConditionFacts } | { readonly fault: AnswerFault } {
  const stranger = Object.keys(given).find((name) => !questions.some(({ question }) => question === name));
  if (stranger !== undefined) return { fault: { code: 'question_unknown', question: stranger } };
  let facts: Partial<ConditionFacts> = assumes;
  for (const { question, answers } of questions) {
    if (!Object.hasOwn(given, question)) return { fault: { code: 'question_unanswered', question } };
    const answer = answers.find((each) => each.answer === given[question]);
    if (answer === undefined) return { fault: { code: 'answer_unknown', question } };
    facts = { ...facts, ...answer.facts };
  }
  return { facts: { ...unseen, ...facts } };
}

/**
 * Goods that nobody has looked at, or said enough of. A set that was published says of every fact, and nothing is disposed before it
 * was inspected: these stand only where a policy slipped past that check, and for no item.
 */
export const unseen: ConditionFacts = {
  packaging: 'missing',
  cosmetic: 'damaged',
  function: 'untested',
  completeness: 'incomplete',
  expiry: 'not_applicable',
  contamination: 'none',
};

/** Facts that a set leaves open: neither assumed nor given by every answer of a question. */
export function openFacts({ questions, assumes }: QuestionSet): readonly (keyof ConditionFacts)[] {
  const isGiven = (fact: keyof ConditionFacts) =>
    Object.hasOwn(assumes, fact) ||
    questions.some(({ answers }) => answers.length > 0 && answers.every(({ facts }) => Object.hasOwn(facts, fact)));
  return factNames.filter((fact) => !isGiven(fact));
}
