import type { NoticeLanguage } from '../../domain/recall/notices.ts';
import { html, lines, pageOf } from './html.ts';
import { type LinkFault, pageWords } from './words.ts';

/** Why there is no form, as its reader can understand it. */
export class NoForm extends Error {
  override readonly name = 'NoForm';
  readonly status: number;
  readonly fault: LinkFault;
  /** What we know of whom the link was for, once its signature was found to be ours. */
  readonly known: Known | null;

  constructor(status: number, fault: LinkFault, known: Known | null = null) {
    super(fault);
    this.status = status;
    this.fault = fault;
    this.known = known;
  }
}

export type Known = { readonly language: NoticeLanguage; readonly contact: string };

/** A plain page that says what is wrong with a link, and what to do. */
export function faultPage(fault: LinkFault, language: NoticeLanguage, contact: string | null): string {
  const { title, whatToDo } = pageWords[language].links[fault];
  const body = html`<main>
<h1>${title}</h1>
<p>${whatToDo}</p>
${contact !== null && html`<h2>${pageWords[language].contact}</h2><p>${lines(contact)}</p>`}
</main>`;
  return pageOf(language, title, body);
}
