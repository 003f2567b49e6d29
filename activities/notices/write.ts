import type { NoticeKind, NoticeLanguage } from '../../domain/recall/notices.ts';
import type { HazardClass, RecallKind } from '../../domain/recall/terms.ts';
import type { Instant } from '../../domain/time/duration.ts';
import { escaped } from './html.ts';
import type { Letter } from './port.ts';
import { dayOf, words } from './words.ts';

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
  /** Where the consignee answers, and until when (ISO 8601). */
  readonly response: { readonly url: string; readonly until: Instant };
  readonly goods: readonly { readonly sku: string; readonly lot: string | null; readonly quantity: number }[];
};

/**
 * A notice in words: it names the product and its lots, the reason and the hazard, what to do, and how to answer
 * (21 CFR 7.49(c)(1)); one of class I or II says that it is urgent (7.49(b)). That it was an error, or is over, asks for nothing.
 */
export function writeNotice(content: NoticeContent): Pick<Letter, 'subject' | 'text' | 'html'> {
  const { recall, notice, hazardClass, language, text, goods, response } = content;
  const say = words[language];
  const subject = `${headlineOf(content)} (${recall})`;
  const isEnd = asksNothing(notice);
  const hazard = hazardClass === null || isEnd ? [] : [say.hazards[hazardClass]];
  const lines = goods.map(
    ({ sku, lot, quantity }) => `${sku}, ${lot === null ? say.unknownLot : `${say.lot} ${lot}`}: ${say.unit(quantity)}`,
  );
  const asked: readonly Part[] = [
    { title: say.whatToDo, paragraphs: [text.instructions, say.answer] },
    {
      title: say.respondHere,
      paragraphs: [say.linkIsYours(dayOf(language, response.until)), text.contact],
      link: response.url,
    },
  ];
  const parts: readonly Part[] = [
    { title: null, paragraphs: [say.notices[notice], ...hazard] },
    { title: say.product, paragraphs: [text.product] },
    ...(isEnd ? [] : [{ title: say.why, paragraphs: [text.reason] }]),
    { title: say.affected, paragraphs: [], list: lines },
    ...(isEnd ? [{ title: null, paragraphs: [text.contact] }] : asked),
    { title: null, paragraphs: [`${say.reference}: ${recall}`] },
  ];
  return { subject, text: parts.map(asText).join('\n\n'), html: asHtml(language, subject, parts) };
}

/** Whether a notice is the end of it: there is nothing to do, and nothing to answer. */
export const asksNothing = (notice: NoticeKind): notice is 'withdrawn' | 'terminated' =>
  notice === 'withdrawn' || notice === 'terminated';

/** What a recall is called wherever a consignee reads of it: urgent where its class says so, its kind, the product. */
export function headlineOf({
  kind,
  hazardClass,
  language,
  text,
  notice,
}: Pick<NoticeContent, 'kind' | 'hazardClass' | 'language' | 'text'> & { readonly notice?: NoticeKind }): string {
  const say = words[language];
  if (notice !== undefined && asksNothing(notice)) return `${say[notice]}: ${say.kinds[kind]}: ${text.product}`;
  const urgent = hazardClass === 'I' || hazardClass === 'II' ? `${say.urgent}: ` : '';
  return `${urgent}${say.kinds[kind]}: ${text.product}`;
}

type Part = {
  readonly title: string | null;
  readonly paragraphs: readonly string[];
  readonly list?: readonly string[];
  readonly link?: string;
};

const asText = ({ title, paragraphs, list = [], link }: Part): string =>
  [
    ...(title === null ? [] : [`${title}:`]),
    ...(link === undefined ? [] : [link]),
    ...paragraphs,
    ...list.map((line) => `- ${line}`),
  ].join('\n');

function asHtml(language: NoticeLanguage, subject: string, parts: readonly Part[]): string {
  const body = parts.map(
    ({ title, paragraphs, list = [], link }) =>
      (title === null ? '' : `<h2>${escaped(title)}</h2>`) +
      (link === undefined ? '' : `<p><a href="${escaped(link)}">${escaped(link)}</a></p>`) +
      paragraphs.map((paragraph) => `<p>${escaped(paragraph).replaceAll('\n', '<br>')}</p>`).join('') +
      (list.length === 0 ? '' : `<ul>${list.map((line) => `<li>${escaped(line)}</li>`).join('')}</ul>`),
  );
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escaped(subject)}</title></head><body><h1>${escaped(subject)}</h1>${body.join('')}</body></html>`;
}
