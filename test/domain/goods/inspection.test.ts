import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { conditions, gradeOf } from '../../../domain/goods/grading.ts';
import {
  factsOf,
  openFacts,
  type QuestionSet,
  questionsFor,
  standardInspection,
  standardQuestions,
} from '../../../domain/goods/inspection.ts';
import { defaultCustomerPolicy } from '../../../domain/policy/default-customer.ts';
import { anyFacts } from '../sale.ts';

const { inspection = standardInspection } = defaultCustomerPolicy;
const powered = questionsFor(inspection, 'electronics');
const goodPhone = { packaging: 'opened', powers_on: 'yes', marks: 'light', complete: 'yes' };

describe('the questions of the bench', () => {
  test('are those of the category, else those for all, else one a fact', () => {
    const forAll: QuestionSet = { ...standardQuestions, assumes: { expiry: 'fresh' } };
    expect(powered.questions.map(({ question }) => question)).toEqual(Object.keys(goodPhone));
    expect(questionsFor({ ...inspection, questionSets: [forAll, ...inspection.questionSets] }, 'tools')).toBe(powered);
    expect(questionsFor({ ...inspection, questionSets: [forAll] }, 'kitchen')).toBe(forAll);
    expect(questionsFor(inspection, 'kitchen')).toBe(standardQuestions);
  });

  test('give the facts, and so the grade', () => {
    const seen = factsOf(powered, goodPhone);
    expect(seen).toEqual({
      facts: {
        packaging: 'opened',
        function: 'works',
        cosmetic: 'light_wear',
        completeness: 'complete',
        expiry: 'not_applicable',
        contamination: 'none',
      },
    });
    const broken = factsOf(powered, { ...goodPhone, powers_on: 'no' });
    expect('facts' in broken && gradeOf('electronics', broken.facts)).toBe('D');
  });

  test.each([
    ['one that has no answer', { ...goodPhone, marks: undefined }, 'question_unanswered', 'marks'],
    ['an answer that is not offered', { ...goodPhone, marks: 'scars' }, 'answer_unknown', 'marks'],
    ['an answer that every object has', { ...goodPhone, marks: 'toString' }, 'answer_unknown', 'marks'],
    ['a question that is not asked', { ...goodPhone, smell: 'none' }, 'question_unknown', 'smell'],
  ])('refuse %s', (_what, given, code, question) => {
    expect(factsOf(powered, JSON.parse(JSON.stringify(given)))).toEqual({ fault: { code, question } });
  });

  test('when they are the standard ones, any facts can be told by answers', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        expect(factsOf(standardQuestions, facts)).toEqual({ facts });
      }),
    );
  });

  test('leave a fact open where some answer is silent on it', () => {
    expect(openFacts(standardQuestions)).toEqual([]);
    expect(openFacts(powered)).toEqual([]);
    expect(openFacts({ ...powered, assumes: { expiry: 'fresh' } })).toEqual(['contamination']);
    const [packaging] = powered.questions;
    const silent = { answer: 'lost', text: 'Lost', facts: {} };
    const vague = packaging === undefined ? [] : [{ ...packaging, answers: [...packaging.answers, silent] }];
    expect(openFacts({ categories: [], questions: vague, assumes: {} })).toEqual(Object.keys(conditions));
  });
});
