import type { ResponseLink } from '../../activities/notices/link.ts';
import { dayOf, words } from '../../activities/notices/words.ts';
import { headlineOf } from '../../activities/notices/write.ts';
import { type Outcome, outcomes } from '../../domain/recall/response.ts';
import { type Asked, MOST_GOODS } from './find.ts';
import { filledBefore } from './form.ts';
import { type Html, html, lines, pageOf } from './html.ts';
import { type FieldFault, type PageWords, pageWords } from './words.ts';

/** What is in the form: by the name of each field. */
export type Entered = Readonly<Record<string, string>>;
export type Fault = { readonly field: string; readonly code: FieldFault };

/** What the page shows beside what we ask. */
export type Shown = {
  readonly entered: Entered;
  /** How many rows for recipients there are. */
  readonly rows: number;
  readonly faults: readonly Fault[];
  /** Another response of the same consignee came while this one was written. */
  readonly overtaken: boolean;
};

/** The page by which a consignee responds: what it is about, what they were sent, and a form that needs no script. */
export function responsePage(link: ResponseLink, asked: Asked, filled: Shown): string {
  const { recall, kind, hazardClass, mock, language, text, latest } = asked;
  const say = pageWords[language];
  const headline = headlineOf({ kind, hazardClass, language, text });
  const title = filled.faults.length > 0 ? `${say.wrongTitle}: ${headline}` : headline;
  const body = html`<header>
<p class="quiet">${words[language].reference}: ${recall}</p>
<h1>${headline}</h1>
<p>${say.forYou}</p>
</header>
<main>
${mock && html`<p class="box">${say.drill}</p>`}
${statusOf(say, asked, filled)}
${hazardClass !== null && html`<p class="box urgent">${words[language].hazards[hazardClass]}</p>`}
<dl>
<dt>${words[language].why}</dt><dd>${lines(text.reason)}</dd>
<dt>${words[language].whatToDo}</dt><dd>${lines(text.instructions)}</dd>
<dt>${say.contact}</dt><dd>${lines(text.contact)}</dd>
</dl>
<h2>${words[language].affected}</h2>
${goodsTable(say, asked)}
${latest === null && noneForm(say, asked)}
${asked.goods.length > MOST_GOODS ? html`<p class="box">${say.form.tooMany}</p>` : responseForm(say, asked, filled)}
</main>
<footer><p class="quiet">${say.validUntil(dayOf(language, link.expiresAt))}</p></footer>`;
  return pageOf(language, title, body);
}

/** The page as it is first shown. */
export const firstPage = (link: ResponseLink, asked: Asked): string =>
  responsePage(link, asked, { ...filledBefore(asked), faults: [], overtaken: false });

function statusOf(say: PageWords, { latest, language }: Asked, { faults, overtaken }: Shown): Html | null {
  if (faults.length > 0) {
    return html`<div class="box wrong" role="alert" tabindex="-1" autofocus><h2>${say.wrong(faults.length)}</h2>
<ul>${faults.map(({ field, code }) => html`<li><a href="#${field}">${say.faults[code]}</a></li>`)}</ul></div>`;
  }
  if (overtaken) return html`<p class="box wrong" role="alert">${say.answeredMeanwhile}</p>`;
  if (latest === null) return null;
  return html`<div class="box done" role="status"><p><strong>${say.answered(dayOf(language, latest.at))}</strong></p><p>${say.correctIt}</p></div>`;
}

const lotOf = ({ language }: Asked, lot: string | null): string =>
  lot === null ? words[language].unknownLot : `${words[language].lot} ${lot}`;

const goodsTable = ({ goods: heads }: PageWords, { goods, language }: Asked): Html => html`<table>
<thead><tr><th scope="col">${heads.sku}</th><th scope="col">${heads.lot}</th><th scope="col">${heads.quantity}</th></tr></thead>
<tbody>${goods
  .slice(0, MOST_GOODS)
  .map(
    ({ sku, lot, quantity }) =>
      html`<tr><td>${sku}</td><td>${lot ?? words[language].unknownLot}</td><td>${words[language].unit(quantity)}</td></tr>`,
  )}</tbody>
</table>`;

const noneForm = ({ none }: PageWords, { basis }: Asked): Html => html`<section class="screen">
<h2>${none.title}</h2>
<form method="post">
<p id="none-hint">${none.hint}</p>
<input type="hidden" name="basis" value="${basis}">
<button type="submit" class="second" name="do" value="none" aria-describedby="none-hint">${none.button}</button>
</form>
</section>`;

/** The Enter key presses the first button of a form: it is to send, not to ask for more rows. */
const byEnter = html`<button type="submit" class="unseen" name="do" value="respond" tabindex="-1" aria-hidden="true"></button>`;

function responseForm(say: PageWords, asked: Asked, filled: Shown): Html {
  return html`<h2 id="response">${say.form.title}</h2>
<form method="post" enctype="multipart/form-data" novalidate aria-labelledby="response">
<p>${say.form.hint}</p>
<input type="hidden" name="basis" value="${asked.basis}">
<input type="hidden" name="rows" value="${filled.rows}">
${byEnter}
${asked.goods.map((_, index) => goodsFields(say, asked, filled, index))}
${asked.reachesOn && recipientsFields(say, asked, filled)}
<section class="screen">
<h2>${say.proof.title}</h2>
<p id="proof-hint">${say.proof.hint}</p>
${asked.proofs > 0 && html`<p>${say.proof.sent(asked.proofs)}</p>`}
${faultOf(say, filled, 'proof')}
<label for="proof">${say.proof.label}</label>
<input type="file" id="proof" name="proof" multiple accept="image/jpeg,image/png,image/webp,application/pdf" aria-describedby="proof-hint proof-fault">
</section>
<p><button type="submit" name="do" value="respond">${asked.latest === null ? say.send : say.sendAgain}</button></p>
</form>`;
}

/** Which outcomes are asked for: goods are put right where they are in a correction alone. */
const askedOutcomes = ({ kind }: Asked): readonly Outcome[] =>
  outcomes.filter((outcome) => kind === 'correction' || outcome !== 'corrected');

function goodsFields(say: PageWords, asked: Asked, filled: Shown, index: number): Html | null {
  const goods = asked.goods[index];
  if (goods === undefined) return null;
  const { sku, lot, quantity } = goods;
  return html`<fieldset>
<legend>${sku}, ${lotOf(asked, lot)}</legend>
<p class="quiet">${say.form.shipped(words[asked.language].unit(quantity))}</p>
<input type="hidden" name="sku.${index}" value="${sku}"><input type="hidden" name="lot.${index}" value="${lot ?? ''}">
<div class="fields">${askedOutcomes(asked).map((outcome) => field(say, filled, `${outcome}.${index}`, say.outcomes[outcome], 'number'))}</div>
</fieldset>`;
}

const recipientsFields = (say: PageWords, asked: Asked, filled: Shown): Html => html`<h2>${say.passedOn.title}</h2>
<p>${say.passedOn.hint}</p>
${Array.from({ length: filled.rows }, (_, row) => recipientFields(say, asked, filled, row))}
<p><button type="submit" class="second" name="do" value="more">${say.passedOn.more}</button></p>`;

function recipientFields(say: PageWords, asked: Asked, filled: Shown, row: number): Html {
  const { passedOn } = say;
  const chosen = filled.entered[`to.${row}.goods`] ?? '0';
  const id = `to.${row}.goods`;
  return html`<fieldset>
<legend>${passedOn.recipient(row + 1)}</legend>
<input type="hidden" name="to.${row}.known" value="${filled.entered[`to.${row}.known`] ?? ''}">
<div class="fields who">
<div><label for="${id}">${passedOn.goods}</label><select id="${id}" name="${id}">${asked.goods.map(
    ({ sku, lot }, index) =>
      html`<option value="${index}"${String(index) === chosen && html` selected`}>${sku}, ${lotOf(asked, lot)}</option>`,
  )}</select></div>
${field(say, filled, `to.${row}.quantity`, passedOn.quantity, 'number')}
${field(say, filled, `to.${row}.name`, passedOn.name, 'text')}
${field(say, filled, `to.${row}.email`, passedOn.email, 'email')}
</div>
</fieldset>`;
}

function field(say: PageWords, filled: Shown, name: string, label: string, kind: 'number' | 'text' | 'email'): Html {
  const isWrong = filled.faults.some((fault) => fault.field === name);
  const value = filled.entered[name] ?? '';
  return html`<div><label for="${name}">${label}</label>${faultOf(say, filled, name)}<input id="${name}" name="${name}" type="${kind === 'email' ? 'email' : 'text'}" value="${value}" autocomplete="off"${
    kind === 'number' ? html` inputmode="numeric" maxlength="9"` : html` maxlength="200"`
  }${isWrong && html` aria-invalid="true" aria-describedby="${name}-fault"`}></div>`;
}

function faultOf(say: PageWords, { faults }: Shown, name: string): Html | null {
  const fault = faults.find(({ field: at }) => at === name);
  return fault === undefined ? null : html`<p class="fault" id="${name}-fault">${say.faults[fault.code]}</p>`;
}
