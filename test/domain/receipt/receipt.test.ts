import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseRma } from '../../../domain/numbers/rma.ts';
import { receiptCandidates } from '../../../domain/receipt/candidates.ts';
import { bookReceipt, disposeReceipt, matchReceipt, type ReceiptDecision } from '../../../domain/receipt/decide.ts';
import { makeReceiptNumber, parseReceiptNumber } from '../../../domain/receipt/number.ts';
import { receiptPostings } from '../../../domain/receipt/postings.ts';
import { foldReceipt, type Receipt, type ReceiptEvent, unitsLeft } from '../../../domain/receipt/receipt.ts';
import { aKnownReturn, noClues } from './receipts.ts';

const random = fc.uint8Array({ minLength: 8, maxLength: 8 });

test('a receipt’s number is read as it is written, and never taken for a return’s', () => {
  fc.assert(
    fc.property(random, (bytes) => {
      const number = makeReceiptNumber(bytes);
      expect(parseReceiptNumber(number)).toBe(number);
      expect(parseReceiptNumber(` ${number.toLowerCase().replaceAll('-', ' ')}`)).toBe(number);
      expect(parseRma(number)).toBeNull();
      expect(parseRma(number.slice(2))).toBeNull();
      expect(parseReceiptNumber(number.slice(2))).toBeNull();
    }),
  );
});

const aContent = fc
  .record({
    sku: fc.constantFrom('MUG', 'CUP'),
    quantity: fc.integer({ min: -1, max: 5 }),
    serials: fc.uniqueArray(fc.constantFrom('S1', 'S2', 'S3'), { maxLength: 3 }),
    rma: fc.option(fc.constantFrom('A', 'B')),
  })
  .map(({ rma, ...content }) => ({ ...content, ...(rma === null ? {} : { rma }) }));

const aShare = fc
  .record({
    line: fc.constantFrom('R1', 'R2', 'R3', '__proto__'),
    quantity: fc.option(fc.integer({ min: 0, max: 5 }), { nil: undefined }),
    serials: fc.option(fc.array(fc.constantFrom('S1', 'S2', 'S3', 'X'), { maxLength: 2 }), { nil: undefined }),
  })
  .map(({ line, quantity, serials }) => ({
    line,
    ...(quantity === undefined ? {} : { quantity }),
    ...(serials === undefined ? {} : { serials }),
  }));

const aStep = fc.record({
  matches: fc.boolean(),
  lines: fc.option(fc.array(aShare, { minLength: 1, maxLength: 3 })),
});

test('whatever is matched and sent away, in whatever order, no unit leaves twice and none is lost', () => {
  fc.assert(
    fc.property(fc.array(aContent, { maxLength: 4 }), fc.array(aStep, { maxLength: 8 }), (contents, steps) => {
      const all: ReceiptEvent[] = [];
      let state: Receipt | null = null;
      let version = 0;
      const balance = { quarantine: 0, customer: 0, disposed_of: 0 };
      const take = (decision: ReceiptDecision) => {
        if (decision.type === 'refused') return;
        version += 1;
        for (const { from, to, quantity } of receiptPostings(state, decision.events, `c${version}`)) {
          balance[from as 'quarantine'] -= quantity;
          balance[to as 'quarantine'] += quantity;
        }
        all.push(...decision.events);
        state = foldReceipt(state, decision.events);
      };
      const parcel = { receipt: 'U-1', facility: 'RC-1', clues: noClues, weightGrams: null, note: null };
      take(bookReceipt({ ...parcel, contents, partial: false }));
      for (const { matches, lines } of steps) {
        if (state === null) break;
        take(
          matches
            ? matchReceipt(state, { rma: 'A', lines, partial: false })
            : disposeReceipt(state, { disposition: 'destroy', evidence: 'CERT-1', lines, note: 'N' }),
        );
      }
      const receipt = foldReceipt(null, all);
      if (receipt === null) return;
      const shares = all.flatMap((event) => (event.type === 'receipt_booked' ? [] : event.shares));
      const counted = contents.reduce((sum, { quantity }) => sum + quantity, 0);
      const gone = shares.reduce((sum, { quantity }) => sum + quantity, 0);
      expect(unitsLeft(receipt) + gone).toBe(counted);
      expect(balance.quarantine).toBe(unitsLeft(receipt));
      expect(balance.quarantine + balance.customer + balance.disposed_of).toBe(0);
      for (const { line, serials } of Object.values(receipt.lines).map(({ counted: c }) => ({
        line: c.line,
        serials: c.serials ?? [],
      }))) {
        const given = shares.filter((share) => share.line === line).flatMap((share) => share.serials);
        expect(new Set(given).size).toBe(given.length);
        expect(serials).toEqual(expect.arrayContaining(given));
        const held = receipt.lines[line];
        expect(held?.serials.length).toBeLessThanOrEqual(held?.left ?? -1);
      }
    }),
    { numRuns: 2000, seed: 20261122 },
  );
});

test('a content that names its return is that return’s at once, and the rest stays', () => {
  const parcel = { receipt: 'U-1', facility: 'RC-1', clues: noClues, weightGrams: 900, note: null, partial: false };
  const contents = [
    { sku: 'MUG', quantity: 2, rma: 'A' },
    { sku: 'CUP', quantity: 1, rma: 'B' },
    { sku: 'MUG', quantity: 1 },
    { sku: 'CUP', quantity: 3, rma: 'A' },
  ];
  const decision = bookReceipt({ ...parcel, contents });
  if (decision.type === 'refused') throw new Error(decision.code);
  expect(decision.events.map((event) => (event.type === 'receipt_matched' ? [event.rma, event.shares] : null))).toEqual(
    [
      null,
      [
        'A',
        [expect.objectContaining({ line: 'R1', quantity: 2 }), expect.objectContaining({ line: 'R4', quantity: 3 })],
      ],
      ['B', [expect.objectContaining({ line: 'R2', quantity: 1 })]],
    ],
  );
  const receipt = foldReceipt(null, decision.events);
  expect(receipt === null ? 0 : unitsLeft(receipt)).toBe(1);
});

test('which of several units with serials goes is never guessed', () => {
  const parcel = { receipt: 'U-1', facility: 'RC-1', clues: noClues, weightGrams: null, note: null, partial: false };
  const decision = bookReceipt({ ...parcel, contents: [{ sku: 'TV', quantity: 2, serials: ['S1', 'S2'] }] });
  const receipt = decision.type === 'accepted' ? foldReceipt(null, decision.events) : null;
  if (receipt === null) throw new Error('not booked');
  const one = (serials?: string[]) =>
    matchReceipt(receipt, {
      rma: 'A',
      lines: [{ line: 'R1', quantity: 1, ...(serials === undefined ? {} : { serials }) }],
      partial: false,
    });
  expect(one()).toMatchObject({ type: 'refused', code: 'serials_needed' });
  expect(one(['S3'])).toMatchObject({ type: 'refused', code: 'serials_not_left' });
  expect(one(['S2'])).toMatchObject({ type: 'accepted' });
});

const mug = [{ sku: 'MUG', quantity: 2 }];

test('one return that a clue names is named; of two, neither', () => {
  const label = { ...noClues, tracking: '1Z-A' };
  const one = aKnownReturn('A', { trackings: ['1Z-A'] });
  expect(receiptCandidates(label, mug, [one, aKnownReturn('B')])).toMatchObject({ identified: 'A' });
  const two = [one, aKnownReturn('B', { trackings: ['1Z-A'] })];
  expect(receiptCandidates(label, mug, two).identified).toBeNull();
  expect(receiptCandidates(label, mug, two).candidates).toHaveLength(2);
});

test('clues that point to different returns name none', () => {
  const clues = { ...noClues, rma: 'A', tracking: '1Z-B' };
  const found = receiptCandidates(clues, mug, [aKnownReturn('A'), aKnownReturn('B', { trackings: ['1Z-B'] })]);
  expect(found).toMatchObject({
    identified: null,
    candidates: [
      { rma: 'A', reasons: ['rma'] },
      { rma: 'B', reasons: ['tracking'] },
    ],
  });
});

test('a closed return is found as well, and the same buyer’s goods are a hint but no name', () => {
  const closed = aKnownReturn('A', { closed: true, serials: ['S-9'] });
  const serial = [{ sku: 'MUG', quantity: 1, serials: ['S-9'] }];
  expect(receiptCandidates(noClues, serial, [closed])).toMatchObject({
    identified: 'A',
    candidates: [{ rma: 'A', closed: true, awaited: 0 }],
  });
  const hint = receiptCandidates({ ...noClues, buyer: 'B-1' }, mug, [aKnownReturn('C', { buyer: 'B-1' })]);
  expect(hint).toMatchObject({ identified: null, candidates: [{ rma: 'C', reasons: ['buyer_and_sku'], awaited: 2 }] });
});

test('the name doesn’t depend on the order in which returns are found', () => {
  const returns = [
    aKnownReturn('A', { order: 'O-9' }),
    aKnownReturn('B', { order: 'O-9', buyer: 'B-1' }),
    aKnownReturn('C', { serials: ['S-1'], order: 'O-9' }),
    aKnownReturn('D', { buyer: 'B-1' }),
  ];
  const clues = { ...noClues, order: 'O-9', buyer: 'B-1', serials: ['S-1'] };
  const expected = receiptCandidates(clues, mug, returns);
  expect(expected).toMatchObject({ identified: 'C' });
  fc.assert(
    fc.property(fc.shuffledSubarray(returns, { minLength: 4 }), (shuffled) => {
      expect(receiptCandidates(clues, mug, shuffled)).toEqual(expected);
    }),
  );
});
