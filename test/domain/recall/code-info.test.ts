import { expect, test } from 'vitest';
import { factOf } from '../../../commands/import-openfda/facts.ts';
import { readCodeInfo } from '../../../domain/recall/code-info/code-info.ts';
import { readDescription } from '../../../domain/recall/code-info/description.ts';

const circumstances = { began: '2023-06-01', monthFirst: true };

const read = (text: string, read = readCodeInfo, known = circumstances) => {
  const { proposals, questions } = read(text, known);
  return {
    proposed: proposals.map(({ proposal }) => factOf(proposal)),
    asked: questions.map(({ code, span }) => `${code}: ${text.slice(span.start, span.end)}`),
  };
};

const understood: readonly (readonly [string, readonly string[]])[] = [
  [
    'Lot: 159, 186 Expiration Date: 12/07/23, 01/03/24 Product No. 4226',
    ['lot 159', 'lot 186', 'expiration 2023-12-07', 'expiration 2024-01-03', 'item 4226'],
  ],
  [
    '1.  Lot / Best By:  FED308962 / 03/30/2025   2.  Lot / Best By:  FED308862 / 03/29/2025',
    ['lot FED308962', 'best_before 2025-03-30', 'lot FED308862', 'best_before 2025-03-29'],
  ],
  ['Lot #S00017', ['lot S00017']],
  ['Lots KX2064 through KX2070', ['lots KX2064..KX2070']],
  ['Lot code 44536 and smaller.', ['lots ..44536']],
  ['Serial numbers between 100200 and 100300', ['serials 100200..100300']],
  ['Best by 7/9-8/1/2023', ['best_before 2023-07-09..2023-08-01']],
  ['best if used by  date of 3/31/23 or before', ['best_before ..2023-03-31']],
  ['Packed on April 23, 2023, or later', ['packaging 2023-04-23..']],
  ['Used by date on or before 11/2023', ['use_by ..2023-11']],
  ['Purchased before 9/15/2023', ['purchase ..2023-09-14']],
  [
    'Best By/Sell By: 9/15/23 through 11/14/23',
    ['best_before 2023-09-15..2023-11-14', 'sell_by 2023-09-15..2023-11-14'],
  ],
  ['Best by date codes: 062124, 062224', ['best_before 2024-06-21', 'best_before 2024-06-22']],
  ['EXP 22 JUN 23', ['expiration 2023-06-22']],
  ['Batch No: CM21126 B01, CM21126 B02', ['lot CM21126 B01', 'lot CM21126 B02']],
  [
    'UPC 0 18586 00114 4; UPC 8 51823-00646 1 and GTIN 10045796100494',
    ['gtin 00018586001144', 'gtin 00851823006461', 'gtin 10045796100494'],
  ],
  ['UPC 04252614', ['gtin 00042100005264']],
  ['All lots with Best By dates between January 11, 2023 and January 11, 2025', ['best_before 2023-01-11..2025-01-11']],
  ["Lot #'s 12345", ['lot 12345']],
  [
    'Lot No. 12345 (expires 12/2023), 12346 (expires 01/2024)',
    ['lot 12345', 'expiration 2023-12', 'lot 12346', 'expiration 2024-01'],
  ],
  ['Lot: 12345 and higher', ['lots 12345..']],
  ['Best by dates: 01/2023-06/2023', ['best_before 2023-01..2023-06']],
  ['All lots.', ['all lots']],
  ['SE102022A SE102122A SE102922A', ['lot SE102022A', 'lot SE102122A', 'lot SE102922A']],
];

test.each(understood)('%s is understood', (text, proposed) => {
  expect(read(text)).toEqual({ proposed, asked: [] });
});

const asked: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  // Nothing says what the code is of.
  ['100923', [], ['unlabelled_code: 100923']],
  ['2558311087 2548400701 3803161180', [], ['unlabelled_code: 2558311087 2548400701 3803161180']],
  ['062124, 062224, 062324', [], ['unlabelled_code: 062124, 062224, 062324']],
  // One code or two?
  ['Lot: C189 0239', [], ['code_unclear: C189 0239']],
  ['Lots 211007 MB and 210917MB', [], ['not_understood: 211007 MB and 210917MB']],
  // A code's own last letters are no label.
  ['Lot 73-007-BB', ['lot 73-007-BB'], []],
  ['Lot 1001-1010', [], ['code_unclear: 1001-1010']],
  ['Lot 2001 to 1001', [], ['not_understood: 2001 to 1001']],
  // Which codes lie between, nobody can tell.
  ['Lots 22A1B to 22A9B', [], ['not_understood: 22A1B to 22A9B']],
  // A day of August, or August 2022?
  ['Best By Date: Aug-22', [], ['date_unclear: Aug-22']],
  ['Expiration 05/24', [], ['date_unclear: 05/24']],
  ['Best by 02/30/2023', [], ['date_unclear: 02/30/2023']],
  ['Best by 11/21/2923', [], ['date_unclear: 11/21/2923']],
  ['Best Before 10/02-11/2023', [], ['date_unclear: 10/02-11/2023']],
  // Digits are missing; the check digit is wrong.
  ['UPC: 87574 55501', [], ['gtin_incomplete: 87574 55501']],
  ['UPC 842095122354', [], ['gtin_incomplete: 842095122354']],
  // What is taken back, or waits for more, is nothing that could be proposed.
  ['Lots 1234, 1235 are not affected', [], ['not_understood: 1234, 1235 are not affected']],
  ['Lots 1234 except 1235', [], ['not_understood: 1234 except 1235']],
  ['All lots except 1235', [], ['not_understood: All lots except 1235']],
  [
    'best by dates until a best by date later than 05/16/2023',
    [],
    ['not_understood: best by dates until a best by date later than 05/16/2023'],
  ],
  ['Lot code breakdown: 4 = facility', [], ['unlabelled_code: Lot code breakdown: 4 = facility']],
  [
    'all products that have a plant code of "38-25"',
    [],
    ['unlabelled_code: all products that have a plant code of "38-25'],
  ],
  ['No codes', [], ['no_code_stated: No codes']],
  // A count behind a lot is no lot.
  ['Lot 123456 Qty: 500', [], ['not_understood: 123456 Qty: 500']],
  ['Lot 123456, 500 units', ['lot 123456'], ['which_product: 500 units']],
  ['Lot 123456, qty 500', ['lot 123456'], ['unlabelled_code: qty 500']],
  ['Lots 5001, 5002...5010', ['lot 5001', 'lot 5002'], ['unlabelled_code: 5010']],
  ['Lots before 5010', [], ['not_understood: before 5010']],
  ['All lots manufactured before 3/1/2023', [], ['unlabelled_code: All lots manufactured before 3/1/2023']],
  ['Lot 12345   19 oz.', ['lot 12345'], ['which_product: 19 oz.']],
];

test.each(asked)('%s leaves a question', (text, proposed, questions) => {
  expect(read(text)).toEqual({ proposed, asked: questions });
});

test('a day and a month that could be exchanged are asked where the firm is not American', () => {
  const abroad = { began: '2023-06-01', monthFirst: false };
  expect(read('Best by 04/05/2023', readCodeInfo, abroad).asked).toEqual(['date_unclear: 04/05/2023']);
  expect(read('Best by 25/05/2023', readCodeInfo, abroad).proposed).toEqual(['best_before 2023-05-25']);
});

test('a description gives its identifiers, and asks nothing of its prose', () => {
  const text =
    'Candy Corn 15 oz, 12 count case; UPC on pouch: 8 61297 00030 8. UPC on master case: 1 08 61297 00030 5. Item # 721-1000, best by date 3/8/2023. No brand, sold by the lot.';
  expect(read(text, readDescription)).toEqual({
    proposed: ['gtin 00861297000308', 'gtin 10861297000305', 'item 721-1000', 'best_before 2023-03-08'],
    asked: [],
  });
});
