import type { NoticeKind, NoticeLanguage } from '../../domain/recall/notices.ts';
import type { HazardClass, RecallKind } from '../../domain/recall/terms.ts';
import type { Letter } from './port.ts';
import { words } from './words.ts';

/** The merchant's words of a recall in one language. */
export type RecallText = {
  readonly product: string;
  readonly reason: string;
  readonly instructions: string;
  readonly contact: string;
};

export type NoticeContent = {
  readonly recall: string;
  readonly kind: RecallKind;
  readonly hazardClass: HazardClass | null;
  readonly notice: NoticeKind;
  readonly language: NoticeLanguage;
  readonly text: RecallText;
  /** What the consignee was sent of the goods in scope. */
  readonly goods: readonly { readonly sku: string; readonly lot: string | null; readonly quantity: number }[];
};

/**
 * A notice in words: it names the product and its lots, the reason and the hazard, what to do, and how to answer
 * (21 CFR 7.49(c)(1)); one of class I or II says that it is urgent (7.49(b)).
 */
export function writeNotice(content: NoticeContent): Pick<Letter, 'subject' | 'text' | 'html'> {
  const { recall, kind, hazardClass, notice, language, text, goods } = content;
  const say = words[language];
  const urgent = hazardClass === 'I' || hazardClass === 'II' ? `${say.urgent}: ` : '';
  const subject = `${urgent}${say.kinds[kind]}: ${text.product} (${recall})`;
  const hazard = hazardClass === null ? [] : [say.hazards[hazardClass]];
  const lines = goods.map(
    ({ sku, lot, quantity }) => `${sku}, ${lot === null ? say.unknownLot : `${say.lot} ${lot}`}: ${say.unit(quantity)}`,
  );
  const parts: readonly Part[] = [
    { title: null, paragraphs: [say.notices[notice], ...hazard] },
    { title: say.product, paragraphs: [text.product] },
    { title: say.why, paragraphs: [text.reason] },
    { title: say.affected, paragraphs: [], list: lines },
    { title: say.whatToDo, paragraphs: [text.instructions, say.answer, text.contact] },
    { title: null, paragraphs: [`${say.reference}: ${recall}`] },
  ];
  return { subject, text: parts.map(asText).join('\n\n'), html: asHtml(language, subject, parts) };
}

type Part = {
  readonly title: string | null;
  readonly paragraphs: readonly string[];
  readonly list?: readonly string[];
};

const asText = ({ title, paragraphs, list = [] }: Part): string =>
  [...(title === null ? [] : [`${title}:`]), ...paragraphs, ...list.map((line) => `- ${line}`)].join('\n');

function asHtml(language: NoticeLanguage, subject: string, parts: readonly Part[]): string {
  const body = parts.map(
    ({ title, paragraphs, list = [] }) =>
      (title === null ? '' : `<h2>${escaped(title)}</h2>`) +
      paragraphs.map((paragraph) => `<p>${escaped(paragraph).replaceAll('\n', '<br>')}</p>`).join('') +
      (list.length === 0 ? '' : `<ul>${list.map((line) => `<li>${escaped(line)}</li>`).join('')}</ul>`),
  );
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escaped(subject)}</title></head><body><h1>${escaped(subject)}</h1>${body.join('')}</body></html>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
