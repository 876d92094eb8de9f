export type Cell = string | number | boolean | null;

/** What spreadsheets take for the beginning of a formula. */
const beginsFormula = /^[=+\-@\t\r]/;

/**
 * One record as RFC 4180 has it, with its line ending: quoted where it must be. A text that a spreadsheet would take for a formula gets
 * an apostrophe before it. Null is an empty cell.
 */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(",")}\r\n`;

function csvCell(cell: Cell): string {
  const text = typeof cell === "string" && beginsFormula.test(cell) ? `'${cell}` : String(cell ?? "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Tells spreadsheets that the file is UTF-8. */
export const byteOrderMark = "\uFEFF";
