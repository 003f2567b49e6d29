/** What a cell holds; a flag is told by its name, what is absent by nothing. */
export type Cell = string | number | boolean | null;

/**
 * A line as RFC 4180 has it. A cell that a spreadsheet would take for a formula gets an apostrophe before it, unless it is a
 * number: what is in it came from outside.
 */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(inCsv).join(',')}\r\n`;

/** All lines of a table. */
export const csvOf = (rows: readonly (readonly Cell[])[]): string => rows.map(csvLine).join('');

function inCsv(cell: Cell): string {
  const text = cell === null ? '' : String(cell);
  const isFormula = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text);
  const plain = isFormula ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
