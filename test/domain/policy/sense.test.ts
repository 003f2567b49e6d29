import { expect, test } from 'vitest';
import { defaultCustomerPolicy } from '../../../domain/policy/default-customer.ts';
import type { Policy } from '../../../domain/policy/policy.ts';
import { policyFaults } from '../../../domain/policy/sense.ts';

const faultsWith = (changes: Partial<Policy>): string[] =>
  policyFaults({ ...defaultCustomerPolicy, ...changes }).map(({ field, code }) => `${field} ${code}`);

const { receipt, window, refund } = defaultCustomerPolicy;

test('the policy of a fresh installation makes sense', () => {
  expect(faultsWith({})).toEqual([]);
});

test.each<[string, Partial<Policy>, string[]]>([
  [
    'reminders out of order',
    { receipt: { ...receipt, reminders: ['P7D', 'P7D'] } },
    ['receipt.reminders[1] not_ascending'],
  ],
  [
    'a reminder after the escalation',
    { receipt: { ...receipt, reminders: ['P14D'] } },
    ['receipt.reminders[0] after_escalation'],
  ],
  ['an escalation after the end', { receipt: { ...receipt, expiry: 'P14D' } }, ['receipt.escalation after_expiry']],
  [
    'a wait of no time',
    { inspectionWithin: 'PT0S', refund: { ...refund, pendingCheck: 'P0D' } },
    ['inspectionWithin not_positive', 'refund.pendingCheck not_positive'],
  ],
  [
    'a worse grade that keeps more of the price',
    { diminishedValueBasisPoints: { A: 0, B: 2000, C: 1000, D: 3000 } },
    ['diminishedValueBasisPoints.C worse_grade_loses_less'],
  ],
  [
    'no way back and no money',
    { methods: [], refund: { ...refund, instruments: [] } },
    ['methods offers_nothing', 'refund.instruments offers_nothing'],
  ],
  [
    'a season that ends before it begins',
    {
      window: {
        ...window,
        extensions: [{ from: '2026-12-01T00:00:00Z', to: '2026-11-01T00:00:00Z', until: '2026-10-01T00:00:00Z' }],
      },
    },
    ['window.extensions[0].to ends_before_it_begins', 'window.extensions[0].until ends_before_it_begins'],
  ],
  [
    'rules that share a name, or have that of the policy itself',
    {
      rules: [
        { rule: 'vip', when: { buyerGroups: ['vip'] }, set: { finalSale: false } },
        { rule: 'vip', when: { channels: ['store'] }, set: { finalSale: false } },
        { rule: 'base', when: { channels: ['store'] }, set: { finalSale: false } },
      ],
    },
    ['rules[1].rule name_taken', 'rules[2].rule name_taken'],
  ],
  [
    'routes that share a name',
    {
      routing: {
        routes: [
          { route: 'far', when: {}, to: { to: 'nearest' } },
          { route: 'far', when: {}, to: { to: 'nearest' } },
        ],
        zones: [],
      },
    },
    ['routing.routes[1].route name_taken'],
  ],
  [
    'rules that set nothing, or always',
    {
      rules: [
        { rule: 'one', when: { channels: ['web'] }, set: { window: {} } },
        { rule: 'two', when: {}, set: { returnlessUpTo: {} } },
      ],
    },
    ['rules[0].set sets_nothing', 'rules[1].when always_applies'],
  ],
  [
    'a rule by category for what is of the whole return',
    { rules: [{ rule: 'slow', when: { categories: ['furniture'] }, set: { receipt } }] },
    ['rules[0].set.receipt of_the_whole_return'],
  ],
  [
    'a rule that makes no sense where the policy itself does',
    {
      rules: [
        {
          rule: 'odd',
          when: { channels: ['store'] },
          set: { methods: [], receipt: { ...receipt, expiry: 'P14D' }, inspectionWithin: 'PT0S' },
        },
      ],
    },
    [
      'rules[0].set.receipt.escalation after_expiry',
      'rules[0].set.inspectionWithin not_positive',
      'rules[0].set.methods offers_nothing',
    ],
  ],
])('%s is named', (_what, changes, faults) => {
  expect(faultsWith(changes)).toEqual(faults);
});
