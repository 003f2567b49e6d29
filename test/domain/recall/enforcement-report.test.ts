import { expect, test } from 'vitest';
import { type EnforcementReport, readReport } from '../../../domain/recall/enforcement-report.ts';

const aReport = (given: Partial<EnforcementReport> = {}): EnforcementReport => ({
  recallNumber: 'F-9001-2026',
  eventId: '99001',
  firm: 'Example Orchard Foods',
  country: 'United States',
  classification: 'Class II',
  status: 'Ongoing',
  voluntaryMandated: 'Voluntary: Firm initiated',
  initiationDate: '20260302',
  classificationDate: '20260318',
  terminationDate: '',
  reportDate: '20260325',
  reason: 'Undeclared milk.',
  codeInfo: 'Lot AB24017',
  moreCodeInfo: '',
  productDescription: 'Almond butter, UPC 0 36000 29145 2',
  productQuantity: '1,240 cases',
  distributionPattern: 'CA, OR',
  ...given,
});

test('the head of a report is read into its own words', () => {
  expect(readReport(aReport())).toMatchObject({
    hazardClass: 'II',
    status: 'ongoing',
    initiative: 'voluntary',
    initiatedOn: '2026-03-02',
    classifiedOn: '2026-03-18',
    terminatedOn: null,
    unclear: [],
    understanding: 'full',
  });
});

test.each(['', 'Not Yet Classified'])(
  'a class that is not given yet (%j) is none, and nothing to ask',
  (classification) => {
    expect(readReport(aReport({ classification }))).toMatchObject({ hazardClass: null, unclear: [] });
  },
);

test.each([
  ['classification', 'Class IV'],
  ['status', 'Nearly done'],
  ['initiationDate', '20260230'],
  ['terminationDate', 'soon'],
  ['voluntaryMandated', 'asked'],
] as const)('%s %j is not taken for something else', (field, text) => {
  expect(readReport(aReport({ [field]: text })).unclear).toEqual([field]);
});

test.each([
  [{ codeInfo: 'Lot AB24017' }, 'full'],
  [{ codeInfo: 'Lot AB24017, plant 38' }, 'partial'],
  [{ productDescription: 'Almond butter, UPC 36000 29145' }, 'partial'],
  [{ codeInfo: '', moreCodeInfo: 'Lot AB24017' }, 'full'],
  // The product's number alone doesn't say which of its lots.
  [{ codeInfo: 'None' }, 'none'],
  [{ codeInfo: '' }, 'none'],
  [{ codeInfo: '', productDescription: 'Almond butter, lot AB24017' }, 'none'],
] as const)('%j is understood: %s', (given, understanding) => {
  expect(readReport(aReport(given)).understanding).toBe(understanding);
});

test.each([
  ['1,240 cases', [{ amount: 1240, unit: 'case', approximate: false, total: false }], 0],
  ['approx. 995 lbs.', [{ amount: 995, unit: 'pound', approximate: true, total: false }], 0],
  ['22,512,942 total cases for all products', [{ amount: 22512942, unit: 'case', approximate: false, total: true }], 0],
  [
    '8 quarts, 4 pints',
    [
      { amount: 8, unit: 'quart', approximate: false, total: false },
      { amount: 4, unit: 'pint', approximate: false, total: false },
    ],
    0,
  ],
  ['31, 572 cases', [], 1],
  ['12 cases/12 bottles ea.', [], 1],
  ['66', [], 1],
  ['N/A', [], 1],
  ['', [], 0],
])('quantity %j', (text, proposals, questions) => {
  const { quantity } = readReport(aReport({ productQuantity: text }));
  expect(quantity.proposals.map(({ proposal }) => proposal)).toEqual(proposals);
  expect(quantity.questions).toHaveLength(questions);
});

test.each([
  ['CA, OR and WA', ['US-CA', 'US-OR', 'US-WA'], 0],
  ['Distributed in WA only.', ['US-WA'], 0],
  ['DISTRIBUTED IN OHIO', ['US-OH'], 0],
  ['Nationwide', ['nationwide'], 0],
  ['WEST VIRGINIA; Washington, D.C.', ['US-WV'], 1],
  ['NY and Canada', ['US-NY'], 1],
])('distribution %j', (text, territories, questions) => {
  const { distribution } = readReport(aReport({ distributionPattern: text }));
  const found = distribution.proposals.map(({ proposal }) =>
    proposal.type === 'state' ? proposal.code : proposal.type,
  );
  expect(found).toEqual(territories);
  expect(distribution.questions).toHaveLength(questions);
});
