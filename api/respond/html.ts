import { createHash } from 'node:crypto';
import { escaped } from '../../activities/notices/html.ts';
import type { NoticeLanguage } from '../../domain/recall/notices.ts';

/** HTML that is safe to put into other HTML: its texts are escaped already. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = Html | string | number | false | null | undefined | readonly Part[];

/** Puts HTML together: what is no HTML itself is escaped, what is false or missing leaves nothing. */
export const html = (pieces: TemplateStringsArray, ...parts: readonly Part[]): Html =>
  new Html(pieces.map((piece, index) => piece + written(parts[index])).join(''));

function written(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'object') return part.map(written).join('');
  return escaped(String(part));
}

/** A text with its line breaks. */
export const lines = (text: string): readonly Part[] =>
  text.split('\n').flatMap((line, index): readonly Part[] => (index === 0 ? [line] : [html`<br>`, line]));

const STYLE = `
:root{color-scheme:light;--ink:#1b1b1b;--line:#767676;--quiet:#4a4a4a;--blue:#0b4f9e;--red:#b00020}
*{box-sizing:border-box}
body{margin:0;font:1.0625rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;color:var(--ink);background:#fff;overflow-wrap:break-word}
header,main,footer{max-width:46rem;margin:0 auto;padding:1rem}
header{padding-bottom:0}
h1{font-size:1.75rem;line-height:1.2;margin:.25rem 0 .5rem}
h2{font-size:1.25rem;margin:2rem 0 .5rem}
p{margin:.5rem 0}
dl{margin:1rem 0}
dt{font-weight:600;margin-top:.75rem}
dd{margin:0}
a{color:var(--blue)}
.quiet{color:var(--quiet)}
.box{border:1px solid var(--line);border-left:.5rem solid var(--blue);padding:.75rem 1rem;margin:1rem 0}
.urgent,.wrong{border-left-color:var(--red)}
.done{border-left-color:#1a7f37}
.box h2{margin-top:0}
table{border-collapse:collapse;width:100%;margin:.5rem 0}
th,td{border-bottom:1px solid var(--line);padding:.4rem .75rem .4rem 0;text-align:left;vertical-align:top}
th:last-child,td:last-child{text-align:right;padding-right:0;white-space:nowrap}
fieldset{border:1px solid var(--line);margin:1rem 0;padding:.25rem 1rem 1rem;min-width:0}
legend{font-weight:600;padding:0 .4rem;margin-left:-.4rem}
.fields{display:grid;grid-template-columns:repeat(auto-fill,minmax(11.5rem,1fr));gap:1rem;align-items:end}
.fields.who{grid-template-columns:repeat(auto-fill,minmax(16rem,1fr))}
label{display:block;margin-bottom:.25rem}
input,select,button{font:inherit;color:inherit}
input[type=text],input[type=email],select{width:100%;min-height:2.75rem;padding:.4rem .6rem;border:1px solid var(--line);border-radius:.25rem;background:#fff}
input[aria-invalid]{border:2px solid var(--red)}
input[type=file]{max-width:100%;padding:.4rem 0}
.fields>div:has(.fault){grid-column:1/-1}
.fault{color:var(--red);font-weight:600;margin:0 0 .25rem}
button{min-height:2.75rem;padding:.5rem 1.25rem;border:2px solid var(--blue);border-radius:.25rem;background:var(--blue);color:#fff;font-weight:600;cursor:pointer}
button.unseen{position:absolute;left:-999rem}
button.second{background:#fff;color:var(--blue)}
:focus-visible{outline:3px solid #1b1b1b;outline-offset:2px;box-shadow:0 0 0 6px #ffd54a}
footer{border-top:1px solid var(--line);margin-top:2rem}
@media print{button,.screen{display:none}body{font-size:11pt}header,main,footer{max-width:none;padding:0}fieldset,tr,.box{break-inside:avoid}a{color:inherit;text-decoration:none}}
`;

/** The page runs no script, is in nobody's frame, fetches nothing and sends its form to us alone. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow',
};

/** A whole page. */
export const pageOf = (language: NoticeLanguage, title: string, body: Html): string =>
  html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
${body}
</body>
</html>
`.text;
