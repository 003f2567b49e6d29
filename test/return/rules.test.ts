import { expect, test } from 'vitest';
import type { PolicyRule } from '../../domain/policy/policy.ts';
import { plusDays } from './calendar.ts';
import { aCustomerReturn, aReceivedReturn } from './world.ts';

const furniture = { category: 'furniture' };
const books = { category: 'books' };
const of = (categories: readonly string[], set: PolicyRule['set']): PolicyRule => ({
  rule: `${categories.join('-')}-rule`,
  when: { categories },
  set,
});

test('a decision names the rule that made it, and lines of one return may differ', () => {
  const rules = [of(['books'], { window: { days: 7 } })];
  const journey = aCustomerReturn({ policy: { rules }, lines: [{ sold: books }, { sold: furniture }] });
  expect(journey.all('line_decided')).toMatchObject([
    { line: 'L1', verdict: 'ineligible', rules: { outside_window: 'books-rule' } },
    { line: 'L2', verdict: 'eligible', rules: { within_window: 'base' } },
  ]);
});

test('rules of another channel, country or group of buyers leave a return alone', () => {
  const lost = { window: { days: 0 } };
  const rules: PolicyRule[] = [
    { rule: 'store', when: { channels: ['store'] }, set: lost },
    { rule: 'abroad', when: { countries: ['US', 'CA'] }, set: lost },
    { rule: 'vip', when: { buyerGroups: ['vip'] }, set: lost },
  ];
  const verdict = (order: object) => aCustomerReturn({ policy: { rules }, order }).now.lines['L1']?.verdict;
  expect(verdict({})).toBe('eligible');
  const others = [{ channel: 'store' }, { country: 'CA' }, { buyerGroup: 'vip' }];
  expect(others.map(verdict)).toEqual(['ineligible', 'ineligible', 'ineligible']);
});

test('each item waits for its inspection as long as its category may', () => {
  const rules = [of(['furniture'], { inspectionWithin: 'P9D' })];
  const journey = aReceivedReturn({ policy: { rules }, lines: [{ sold: books }, { sold: furniture }] });
  expect(journey.due).toEqual([
    { deadline: 'inspection:P1-1', at: plusDays(2, journey.at) },
    { deadline: 'inspection:P1-2', at: plusDays(9, journey.at) },
  ]);
});

test('what is trusted is paid on arrival, beside what is inspected first', () => {
  const rules = [of(['books'], { refund: { timing: 'receipt' } })];
  const journey = aReceivedReturn({ policy: { rules }, lines: [{ sold: books }, { sold: furniture }] });
  expect(journey.all('settlement_due')).toMatchObject([{ items: ['P1-1'] }]);
});

test('one line worth a look sends the whole return to a person', () => {
  const rules = [of(['furniture'], { review: { aboveAmount: { EUR: 1 } } })];
  const journey = aCustomerReturn({ policy: { rules }, lines: [{ sold: books }, { sold: furniture }] });
  expect(journey.now.phase).toBe('in_review');
  expect(journey.all('line_decided').map(({ verdict }) => verdict)).toEqual(['eligible', 'needs_review']);
});

test('goods are kept only where all of them may be', () => {
  const rules = [of(['books'], { returnlessUpTo: { EUR: 1_000_000 } })];
  expect(aCustomerReturn({ policy: { rules }, lines: [{ sold: books }] }).happened).toContain('kept');
  const mixed = aCustomerReturn({ policy: { rules }, lines: [{ sold: books }, { sold: furniture }] });
  expect(mixed.happened).not.toContain('kept');
});
