import type { DateKind } from './reading.ts';

/** What the words before a code say that it is. */
export type Label = 'lot' | 'serial' | 'gtin' | 'item_number' | DateKind;

const OF_CODE = "(?:\\s?(?:codes?\\b|numbers?\\b|nos?\\b\\.?|nbrs?\\b\\.?|#(?:[’']?s\\b)?|ids?\\b)(?:\\(s\\))?)";
const OF_DATE =
  '(?:["”]?\\s{0,3}(?:dates?\\b(?:\\(s\\))?|codes?\\b))*(?:\\s(?:printed|listed|stamped)\\b)?(?:\\s(?:of|as|on(?!\\sor\\s))\\b)?';

const words: readonly (readonly [Label, string])[] = [
  ['lot', `(?:lots?|batch(?:es)?)\\b(?:/(?:lots?|batch|unit)\\b)?(?:\\((?:s|es)\\))?${OF_CODE}*`],
  ['serial', `(?:serial\\b${OF_CODE}*|s/n\\b${OF_CODE}*)`],
  [
    'gtin',
    `(?:(?:unit|case|item|retail|inner|outer|consumer)\\s)?(?:upcs?|gtins?|eans?|bar\\s?codes?|gs1\\scode)\\b(?:-(?:a|8|12|13|14)\\b)?(?:\\(s\\))?${OF_CODE}*`,
  ],
  [
    'item_number',
    `(?:skus?\\b${OF_CODE}*|(?:item|cat(?:alog(?:ue)?)?|product|model|part|ref(?:erence)?)\\b\\.?${OF_CODE}+|item\\b(?=\\s?\\d))`,
  ],
  [
    'best_before',
    `(?:best\\s(?:if\\s|when\\s)?(?:used?\\s|enjoyed\\s|consumed\\s)?(?:by|buy|before)\\b|best\\s?by\\b|bbd?\\b|bbe\\b)${OF_DATE}`,
  ],
  ['use_by', `used?\\s(?:or\\sfreeze\\s)?(?:by|thru|through|before)\\b${OF_DATE}`],
  ['sell_by', `sell\\s?-?(?:by|thru|through)(?![a-z])${OF_DATE}`],
  ['expiration', `(?:exp\\b\\.?|expiration\\b|expiry\\b|expir(?:es?|ed|ing)\\b)${OF_DATE}`],
  [
    'production',
    `(?:(?:manufactur(?:ed|ing|e)|production|produced|made|baked)\\s(?:dates?\\b(?:\\(s\\))?|on\\b)|(?:mfg|mfd|manf)\\b\\.?)${OF_DATE}`,
  ],
  ['packaging', `pack(?:ed|aged|aging|ing)?\\s(?:dates?\\b(?:\\(s\\))?|on\\b)${OF_DATE}`],
  ['purchase', `(?:purchased|bought)\\b${OF_DATE}`],
];

/** The label that begins at `start`, and where it ends; null where none does. A label begins a word. */
export function labelAt(text: string, start: number): { readonly label: Label; readonly end: number } | null {
  for (const [label, pattern] of words) {
    const here = new RegExp(`(?<![\\p{L}\\d])(?:${pattern})`, 'iuy');
    here.lastIndex = start;
    const found = here.exec(text);
    if (found !== null) return { label, end: start + found[0].trimEnd().length };
  }
  return null;
}

export const isDateKind = (label: Label): label is DateKind =>
  label !== 'lot' && label !== 'serial' && label !== 'gtin' && label !== 'item_number';
