import PDFDocument from 'pdfkit';

const MARGIN = 40;
const SIZE = 7.5;
const GAP = 6;

/** A heading with a table under it; every cell is text. */
export type Section = {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Under the heading, before the table. */
  readonly note?: string;
};

export type Heading = {
  readonly title: string;
  /** Lines under the title: what it is about, and as of when. */
  readonly about: readonly string[];
  /** What nobody may overlook: large under the title, and on every page. */
  readonly warning?: string | null;
  /** The moment that it tells of. */
  readonly at: Date;
};

/** The sections as a PDF on A4, across. With no clock in it but that of its heading, the same sections make the same bytes. */
export async function pdfOf(
  { title, about, warning = null, at }: Heading,
  sections: readonly Section[],
): Promise<Buffer> {
  const info = { Title: title, Producer: 'Homeward', Creator: 'Homeward', CreationDate: at, ModDate: at };
  const pdf = new PDFDocument({ size: 'A4', layout: 'landscape', margin: MARGIN, bufferPages: true, info });
  const chunks: Buffer[] = [];
  const ended = new Promise<void>((resolve, reject) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', resolve);
    pdf.on('error', reject);
  });
  pdf.font('Helvetica-Bold').fontSize(16).text(plain(title));
  for (const line of about) pdf.font('Helvetica').fontSize(9).text(plain(line));
  if (warning !== null) warn(pdf, plain(warning));
  for (const section of sections) write(pdf, section);
  number(pdf, plain(warning === null ? title : `${title}, ${warning}`));
  pdf.end();
  await ended;
  return Buffer.concat(chunks);
}

type Pdf = PDFKit.PDFDocument;

function warn(pdf: Pdf, text: string): void {
  pdf.moveDown(0.5).font('Helvetica-Bold').fontSize(20).fillColor('#b00020').text(text);
  pdf.fillColor('#000000').fontSize(9);
}

function write(pdf: Pdf, { title, columns, rows, note }: Section): void {
  const widths = widthsOf(pdf, columns, rows);
  room(pdf, 70);
  pdf.moveDown(1).font('Helvetica-Bold').fontSize(11).text(plain(title), MARGIN);
  pdf.moveDown(0.3);
  if (note !== undefined) pdf.font('Helvetica').fontSize(8).text(plain(note), MARGIN).moveDown(0.3);
  if (rows.length === 0) {
    pdf.font('Helvetica').fontSize(SIZE).text('Nothing is recorded.', MARGIN);
    return;
  }
  line(pdf, columns, widths, 'Helvetica-Bold');
  for (const row of rows) {
    if (room(pdf, heightOf(pdf, row, widths))) line(pdf, columns, widths, 'Helvetica-Bold');
    line(pdf, row, widths, 'Helvetica');
  }
}

function line(pdf: Pdf, cells: readonly string[], widths: readonly number[], font: string): void {
  pdf.font(font).fontSize(SIZE);
  const top = pdf.y;
  const height = heightOf(pdf, cells, widths);
  let left = MARGIN;
  for (const [index, width] of widths.entries()) {
    pdf.text(plain(cells[index] ?? ''), left, top, { width: width - GAP, height });
    left += width;
  }
  const bottom = top + height + 2;
  pdf
    .moveTo(MARGIN, bottom - 1)
    .lineTo(pdf.page.width - MARGIN, bottom - 1)
    .lineWidth(0.25)
    .strokeColor('#cccccc')
    .stroke();
  pdf.x = MARGIN;
  pdf.y = bottom + 1;
}

/** The height of the highest cell, at most half a page: a longer one is cut, and the journal has it whole. */
function heightOf(pdf: Pdf, cells: readonly string[], widths: readonly number[]): number {
  pdf.fontSize(SIZE);
  const heights = widths.map((width, index) => pdf.heightOfString(plain(cells[index] ?? ''), { width: width - GAP }));
  return Math.min(Math.max(...heights, SIZE), pdf.page.height / 2);
}

/** Begins a page where there is no room; whether it did. */
function room(pdf: Pdf, height: number): boolean {
  if (pdf.y + height + 8 <= pdf.page.height - MARGIN) return false;
  pdf.addPage();
  return true;
}

/** Each column as wide as its longest word or its share of the text needs, all of them as wide as the page. */
function widthsOf(pdf: Pdf, columns: readonly string[], rows: readonly (readonly string[])[]): readonly number[] {
  pdf.font('Helvetica-Bold').fontSize(SIZE);
  const page = pdf.page.width - 2 * MARGIN;
  const wanted = columns.map((column, index) => {
    const texts = [column, ...rows.slice(0, 200).map((row) => row[index] ?? '')].map(plain);
    return Math.min(Math.max(...texts.map((text) => pdf.widthOfString(text))) + GAP + 2, 260);
  });
  const sum = wanted.reduce((total, width) => total + width, 0);
  const last = wanted.length - 1;
  if (sum <= page) return wanted.map((width, index) => (index === last ? width + page - sum : width));
  return wanted.map((width) => (width * page) / sum);
}

function number(pdf: Pdf, title: string): void {
  const { count } = pdf.bufferedPageRange();
  for (let page = 0; page < count; page += 1) {
    pdf.switchToPage(page);
    // Within the margin, where text would otherwise begin a page of its own.
    pdf.page.margins.bottom = 0;
    pdf.font('Helvetica').fontSize(SIZE).fillColor('#666666');
    pdf.text(`${title}, page ${page + 1} of ${count}`, MARGIN, pdf.page.height - MARGIN + 12, { lineBreak: false });
    pdf.fillColor('#000000');
  }
}

/** More than half a page of the smallest letters; measuring more would only take time. */
const MOST_SHOWN = 10_000;

/** The fonts that every PDF reader has know the letters of western Europe; others become a question mark. The journal has them. */
const plain = (text: string): string =>
  text
    .slice(0, MOST_SHOWN)
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/[\r\n\t]+/g, ' ')
    .replace(/[^\x20-\x7e\xa0-\xff]/gu, '?');
