import { expect, test } from 'vitest';
import { linesOut } from '../../api/returns/decision.ts';
import { sentenceOf } from '../../api/returns/timeline.ts';

test('the timeline names a person only where there was one', () => {
  const resolved = { type: 'attention_resolved', attention: 'A1', resolution: 'acknowledge' } as const;
  expect(sentenceOf({ ...resolved, note: null }, 'EUR')).toBe('A1 no longer needs a person.');
  expect(sentenceOf({ ...resolved, note: 'N-1' }, 'EUR')).toBe('A person resolved A1: acknowledge.');
  expect(sentenceOf({ type: 'effect_retried', effect: 'refund:S1-1' }, 'EUR')).toBe('Tried again: refund S1-1.');
});

test('the timeline counts the units that are held again', () => {
  const reserved = { type: 'units_reserved', line: 'L1', item: null } as const;
  expect(sentenceOf({ ...reserved, units: [[0, 2]] }, 'EUR')).toBe('2 unit(s) of line L1 are held again.');
  expect(sentenceOf({ ...reserved, units: [] }, 'EUR')).toBe('No unit(s) of line L1 are held again.');
});

test('a shopper reads what a person decided in place of what the rules had said', () => {
  const line = { verdict: 'approved', codes: ['outside_window'] } as unknown as Parameters<typeof linesOut>[0][number];
  expect(linesOut([line], [])[0]?.sentences).toEqual(['We looked at your request: this can come back.']);
  expect(linesOut([{ ...line, verdict: 'ineligible' }], [])[0]?.sentences).toEqual([
    'The time to return this is over.',
  ]);
});
