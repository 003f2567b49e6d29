import { gaps } from './description.ts';
import { Notes, type Reading } from './reading.ts';

/** Where goods went: a state or territory of the United States by its code of ISO 3166-2, or all of them. */
export type Territory = { readonly type: 'state'; readonly code: string } | { readonly type: 'nationwide' };

const states: Readonly<Record<string, string>> = {
  alabama: 'AL',
  alaska: 'AK',
  arizona: 'AZ',
  arkansas: 'AR',
  california: 'CA',
  colorado: 'CO',
  connecticut: 'CT',
  delaware: 'DE',
  florida: 'FL',
  georgia: 'GA',
  hawaii: 'HI',
  idaho: 'ID',
  illinois: 'IL',
  indiana: 'IN',
  iowa: 'IA',
  kansas: 'KS',
  kentucky: 'KY',
  louisiana: 'LA',
  maine: 'ME',
  maryland: 'MD',
  massachusetts: 'MA',
  michigan: 'MI',
  minnesota: 'MN',
  mississippi: 'MS',
  missouri: 'MO',
  montana: 'MT',
  nebraska: 'NE',
  nevada: 'NV',
  'new hampshire': 'NH',
  'new jersey': 'NJ',
  'new mexico': 'NM',
  'new york': 'NY',
  'north carolina': 'NC',
  'north dakota': 'ND',
  ohio: 'OH',
  oklahoma: 'OK',
  oregon: 'OR',
  pennsylvania: 'PA',
  'rhode island': 'RI',
  'south carolina': 'SC',
  'south dakota': 'SD',
  tennessee: 'TN',
  texas: 'TX',
  utah: 'UT',
  vermont: 'VT',
  virginia: 'VA',
  washington: 'WA',
  'west virginia': 'WV',
  wisconsin: 'WI',
  wyoming: 'WY',
  'district of columbia': 'DC',
  'puerto rico': 'PR',
  guam: 'GU',
};
const codes = new Set(Object.values(states));
const PASSED =
  /^(?:[\s.,;:&()/-]|\b(?:the|products?|recalled|was|were|is|are|distributed|distribution|shipped|sold|to|in|following|states?|and|only|us|u\.s\.?|usa|united states|retail|stores?|of|via|through|located)\b)+$/i;

/**
 * Reads `distribution_pattern`: states of the United States by name or code, and "nationwide". The rest (countries, shops, the
 * internet) is asked. Where all is in capitals, a code that could be a word (IN, OR, ME) counts
 * only if it stands in a list.
 */
export function readDistribution(text: string): Reading<Territory> {
  const notes = new Notes<Territory>();
  const mixed = /[a-z]/.test(text);
  const names = Object.keys(states).sort((a, b) => b.length - a.length);
  const found = new RegExp(
    `\\b(?:(nationwide|nationally|nation-wide)|(${names.join('|')})(?!,?\\s*D\\.?\\s?C\\b)|([A-Z]{2}))\\b`,
    'gi',
  );
  for (const match of text.matchAll(found)) {
    const [word, nationwide, name, code] = match;
    const span = { start: match.index, end: match.index + word.length };
    const state = name === undefined ? code : states[name.toLowerCase()];
    if (nationwide !== undefined) notes.propose({ type: 'nationwide' }, span);
    else if (
      state !== undefined &&
      codes.has(state) &&
      (name !== undefined || mixed || stands(text, span.start, span.end))
    ) {
      notes.propose({ type: 'state', code: `US-${state}` }, span);
    }
  }
  const read = notes.reading();
  for (const span of gaps(text, read)) {
    if (PASSED.test(text.slice(span.start, span.end))) notes.pass('prose', span);
    else notes.ask('not_understood', span);
  }
  return notes.reading();
}

/** In a list, or by itself. */
function stands(text: string, start: number, end: number): boolean {
  const [before, after] = [text.slice(0, start).trimEnd(), text.slice(end).trimStart()];
  const joint = /[,;:&.()]/;
  const [last, next] = [before.at(-1) ?? ',', after.at(0) ?? ','];
  const neighbours = [/\b[A-Z]{2}$/.exec(before)?.[0], /^[A-Z]{2}\b/.exec(after)?.[0]];
  return joint.test(last) || joint.test(next) || neighbours.some((code) => code !== undefined && codes.has(code));
}
