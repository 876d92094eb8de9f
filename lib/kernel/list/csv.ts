export type Cell = string | number | boolean | null;

/**
 * Where a spreadsheet may see a formula begin: at the start of a cell and behind whatever it may take for the end of one, since it can be
 * told that `;` or a tab separates cells, whatever their quotes say. What it strips (blanks, controls, quotes) may stand before.
 */
const beforeFormula = /(?<=^|[,;\t\r\n])(?=(?:(?![\t\r\n])["\p{C}\p{Z}])*[=+\-@＝＋－＠])|^(?=[\t\r])/gu;

/**
 * One record as RFC 4180 has it, with its line ending and every cell quoted. Where a spreadsheet would begin a formula in a text, an
 * apostrophe stands before it. Null is an empty cell.
 */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(",")}\r\n`;

function csvCell(cell: Cell): string {
  const text = typeof cell === "string" ? cell.replace(beforeFormula, "'") : String(cell ?? "");
  return `"${text.replaceAll('"', '""')}"`;
}

/** Tells spreadsheets that the file is UTF-8. */
export const byteOrderMark = "\uFEFF";
