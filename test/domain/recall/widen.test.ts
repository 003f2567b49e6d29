import { expect, test } from 'vitest';
import type { RecallScope, ScopeLine } from '../../../domain/recall/scope.ts';
import { lostBy } from '../../../domain/recall/widen.ts';

const nothing = { lots: [], lotRanges: [], serialRanges: [], dateCodes: [], expires: null, shipped: null };
const scope = (...lines: Partial<ScopeLine>[]): RecallScope => ({
  lines: lines.map((line) => ({ sku: 'S', ...nothing, ...line })),
});
const range = (from: string, to: string) => [{ from, to }];
const window = (from: string, until: string) => ({ from: `${from}T00:00:00.000Z`, until: `${until}T00:00:00.000Z` });

test.for<[string, RecallScope, RecallScope]>([
  ['the same', scope({ lots: ['L1'] }), scope({ lots: ['L1'] })],
  ['a lot more', scope({ lots: ['L1'] }), scope({ lots: ['L2', 'L1'] })],
  ['a range around a lot', scope({ lots: ['L15'] }), scope({ lotRanges: range('L10', 'L20') })],
  ['a wider range', scope({ serialRanges: range('A12', 'A15') }), scope({ serialRanges: range('A10', 'A19') })],
  [
    'no last lot any more',
    scope({ lotRanges: range('L10', 'L20') }),
    scope({ lotRanges: [{ from: 'L10', to: null }] }),
  ],
  [
    'an earlier beginning',
    scope({ lotRanges: [{ from: 'L20', to: null }] }),
    scope({ lotRanges: [{ from: 'L10', to: null }] }),
  ],
  ['all of a plant', scope({ lots: ['38-1'], lotRanges: range('38-3', '38-5') }), scope({ lotPrefixes: ['38-'] })],
  ['a shorter beginning', scope({ lotPrefixes: ['38-25'] }), scope({ lotPrefixes: ['38'] })],
  ['all of the SKU', scope({ lots: ['L1'], dateCodes: ['D1'] }), scope({})],
  ['another SKU', scope({ lots: ['L1'] }), scope({ sku: 'T' }, { lots: ['L1'] })],
  ['any time', scope({ shipped: window('2026-01-01', '2026-02-01') }), scope({})],
  [
    'longer',
    scope({ shipped: window('2026-01-02', '2026-02-01') }),
    scope({ shipped: window('2026-01-01', '2026-02-01') }),
  ],
])('nothing is lost by %s', ([, before, after]) => {
  expect(lostBy(before, after)).toBeNull();
});

test.for<[string, RecallScope, RecallScope, string]>([
  ['a SKU that is left out', scope({ lots: ['L1'] }), scope({ sku: 'T' }), 'lines'],
  ['a lot that is left out', scope({ lots: ['L1', 'L2'] }), scope({ lots: ['L2'] }), 'lines[0].lots'],
  ['some lots for all', scope({}), scope({ lots: ['L1'] }), 'lines[0].lots'],
  [
    'a shorter range',
    scope({ lotRanges: range('L10', 'L20') }),
    scope({ lotRanges: range('L10', 'L19') }),
    'lines[0].lotRanges',
  ],
  [
    'a last lot where there was none',
    scope({ lotRanges: [{ from: 'L10', to: null }] }),
    scope({ lotRanges: range('L10', 'L99') }),
    'lines[0].lotRanges',
  ],
  [
    'a higher last lot of another length, without L07',
    scope({ lotRanges: [{ from: null, to: 'L50' }] }),
    scope({ lotRanges: [{ from: null, to: 'L100' }] }),
    'lines[0].lotRanges',
  ],
  ['a longer beginning', scope({ lotPrefixes: ['38'] }), scope({ lotPrefixes: ['38-25'] }), 'lines[0].lotPrefixes'],
  [
    'a serial range that is left out',
    scope({ serialRanges: range('A1', 'A2') }),
    scope({ lots: ['L1'] }),
    'lines[0].serialRanges',
  ],
  ['a date code that is left out', scope({ dateCodes: ['D1'] }), scope({ lots: ['L1'] }), 'lines[0].dateCodes'],
  [
    'fewer days',
    scope({ expires: { from: '2026-01-01', to: '2026-02-01' } }),
    scope({ expires: { from: '2026-01-01', to: '2026-01-31' } }),
    'lines[0].expires',
  ],
  ['a window on all', scope({}), scope({ shipped: window('2026-01-01', '2026-02-01') }), 'lines[0].shipped'],
])('%s would be lost', ([, before, after, field]) => {
  expect(lostBy(before, after)).toBe(field);
});
