import { describe, expect, test } from 'vitest';
import { plusDays } from './calendar.ts';
import { aReceivedReturn, type Wish } from './world.ts';

/** Three mugs for 27 €, which two people grade from 20 € on. */
const precious: Wish = { policy: { inspection: { questionSets: [], twoPeopleAbove: { EUR: 2000 } } } };
const damaged = { cosmetic: 'damaged' } as const;

describe('goods above the threshold', () => {
  test('are neither settled nor moved before a second person came to the same grade', () => {
    const journey = aReceivedReturn(precious).as('anna').inspect('P1-1');
    expect(journey.happened).toEqual(['item_inspected', 'attention_raised']);
    expect(journey.queue).toEqual(['second_inspection P1-1']);
    expect(journey.inspect('P1-1').refusal).toBe('second_person_needed');
    expect(journey.send({ type: 'dispose', item: 'P1-1', disposition: 'donate', note: 'N' }).refusal).toBe(
      'item_not_inspected',
    );
    journey.as('ben').inspect('P1-1');
    expect(journey.happened).toEqual([
      'inspection_confirmed',
      'item_accepted',
      'item_disposed',
      'settlement_due',
      'attention_resolved',
    ]);
    expect(journey.queue).toEqual([]);
  });

  test('wait for a third look where the second person saw something else', () => {
    const journey = aReceivedReturn(precious).as('anna').inspect('P1-1').as('ben').inspect('P1-1', { facts: damaged });
    expect(journey.now.items['P1-1']).toMatchObject({ grade: 'C', stage: 'inspected', gradedBy: ['ben'] });
    expect(journey.queue).toEqual(['second_inspection P1-1']);
    journey.as('anna').inspect('P1-1', { facts: damaged });
    expect(journey.now.items['P1-1']).toMatchObject({ grade: 'C', settled: true });
  });

  test('stay above it when they are split, each part with its own two people', () => {
    const journey = aReceivedReturn(precious)
      .as('anna')
      .inspect('P1-1', { quantity: 2 }, { quantity: 1, facts: damaged });
    expect(journey.queue).toEqual(['second_inspection P1-1.1', 'second_inspection P1-1.2']);
    journey.as('ben').inspect('P1-1.2', { quantity: 1, facts: damaged });
    expect(journey.now.items).toMatchObject({ 'P1-1.1': { settled: false }, 'P1-1.2': { settled: true } });
    expect(journey.queue).toEqual(['second_inspection P1-1.1']);
  });

  test('may be agreed to from the queue, but not by who graded them', () => {
    const journey = aReceivedReturn(precious).as('anna').inspect('P1-1');
    expect(journey.resolve('second_inspection', 'accept').refusal).toBe('second_person_needed');
    journey.as('ben').resolve('second_inspection', 'accept');
    expect(journey.now.items['P1-1']).toMatchObject({ gradedBy: ['anna', 'ben'], settled: true });
    expect(journey.queue).toEqual([]);
  });

  test('are paid for at receipt where the policy says so, and wait at the bench all the same', () => {
    const journey = aReceivedReturn({ ...precious, timing: 'receipt' });
    expect(journey.now.items['P1-1']).toMatchObject({ settled: true });
    journey.as('anna').inspect('P1-1');
    expect(journey.now.items['P1-1']).toMatchObject({ stage: 'inspected', choice: null });
    expect(journey.as('ben').inspect('P1-1').happened).toContain('item_disposed');
  });
});

test('goods below the threshold need one person', () => {
  const cheap: Wish = { policy: { inspection: { questionSets: [], twoPeopleAbove: { EUR: 2700 } } } };
  expect(aReceivedReturn(cheap).inspect('P1-1').happened).toContain('settlement_due');
});

test('an inspection by answers is graded by what they say', () => {
  const answers = {
    packaging: 'opened',
    cosmetic: 'damaged',
    function: 'works',
    completeness: 'complete',
    expiry: 'not_applicable',
    contamination: 'none',
  };
  const journey = aReceivedReturn().send({ type: 'inspect', item: 'P1-1', findings: [{ quantity: 3, answers }] });
  expect(journey.all('item_inspected')[0]?.into[0]).toMatchObject({ grade: 'C', answers });
  const { packaging: _, ...unanswered } = answers;
  journey.at = plusDays(1, journey.at);
  journey.send({ type: 'inspect', item: 'P1-1', findings: [{ quantity: 3, answers: unanswered }] });
  expect(journey.last).toEqual({
    type: 'refused',
    refusal: {
      code: 'question_unanswered',
      field: 'findings.0.answers.packaging',
      params: { question: 'packaging' },
    },
  });
});
