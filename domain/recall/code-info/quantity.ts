import { gaps } from './description.ts';
import { Notes, type Reading, type Span } from './reading.ts';

/**
 * How much was distributed. `total` says that the figure is of the whole recall event: openFDA repeats it with every product of the
 * event, so that these must not be added up.
 */
export type Quantity = {
  readonly amount: number;
  readonly unit: string;
  readonly approximate: boolean;
  readonly total: boolean;
};

const UNITS =
  'cases?|cs|units?|bags?|bottles?|jars?|box(?:es)?|packages?|packs?|packets?|pouch(?:es)?|pieces?|cans?|cartons?|containers?|crates?|cups?|tubs?|tubes?|trays?|loaf|loaves|bars?|cookies|cakes?|bagels|sandwiches|items?|devices?|kits?|pallets?|lbs?|pounds?|ounces?|oz|kgs?|kilograms?|grams?|tons?|gallons?|quarts?|pints?|liters?|litres?';
const singular: Readonly<Record<string, string>> = {
  cs: 'case',
  lbs: 'pound',
  lb: 'pound',
  oz: 'ounce',
  kgs: 'kilogram',
  kg: 'kilogram',
  loaves: 'loaf',
  boxes: 'box',
  pouches: 'pouch',
  sandwiches: 'sandwich',
  litres: 'liter',
  litre: 'liter',
};
const WORDS_OF_TOTAL = /\b(?:total|totals|combined|all products|all sizes|all varieties)\b/i;

/** Reads `product_quantity`: figures with a unit are proposed, all else (no unit, packs in packs, "N/A") is asked. */
export function readQuantity(text: string): Reading<Quantity> {
  const notes = new Notes<Quantity>();
  const total = WORDS_OF_TOTAL.test(text);
  for (const clause of clauses(text)) {
    const words = text.slice(clause.start, clause.end);
    const found = new RegExp(
      `^((?:approx(?:imately|\\.)?|about)\\s+)?(\\d{1,3}(?:,\\d{3})+|\\d+)(\\.\\d+)?\\s*((?:[a-z]+\\s+){0,2}?)(${UNITS})\\b\\.?(?:\\s*[-(]?\\s*(?:total|combined|sold|distributed|for|of|all|products|sizes)\\b\\)?)*\\s*\\)?$`,
      'i',
    ).exec(words);
    const [, approximate, whole = '', part = '', , unit = ''] = found ?? [];
    if (found === null) notes.ask('quantity_unclear', clause);
    else {
      const amount = Number(`${whole.replaceAll(',', '')}${part}`);
      notes.propose({ amount, unit: nameOf(unit), approximate: approximate !== undefined, total }, clause);
    }
  }
  const read = notes.reading();
  for (const span of gaps(text, read)) notes.pass('punctuation', span);
  return notes.reading();
}

const nameOf = (unit: string): string => {
  const lower = unit.toLowerCase();
  return singular[lower] ?? lower.replace(/s$/, '');
};

/** The parts of the text, a figure each; a comma before three digits belongs to a figure, or to none. */
function clauses(text: string): readonly Span[] {
  const found: Span[] = [];
  let from = 0;
  const add = (to: number) => {
    const words = text.slice(from, to);
    if (/[\p{L}\p{N}]/u.test(words)) {
      const trimmed = words.trim();
      const start = from + words.indexOf(trimmed);
      found.push({ start, end: start + trimmed.length });
    }
  };
  for (const { index, 0: joint } of text.matchAll(/;|&|\band\b|,(?!\s?\d{3}(?!\d))/gi)) {
    add(index);
    from = index + joint.length;
  }
  add(text.length);
  return found;
}
