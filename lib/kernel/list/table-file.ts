import { byteOrderMark, csvLine, type Cell } from "./csv";

export const fileFormats = ["csv", "json"] as const;
export type FileFormat = (typeof fileFormats)[number];

export const contentTypes: Readonly<Record<FileFormat, string>> = {
  csv: "text/csv; charset=utf-8",
  json: "application/json; charset=utf-8",
};

type Rows<Column extends string> = AsyncIterable<readonly Readonly<Record<Column, Cell>>[]>;

/** Pages of rows as the text of a file, piece by piece: CSV with a header, or one JSON array. What is cut off in the middle is no whole JSON. */
export function tableFile<Column extends string>(
  format: FileFormat,
  columns: readonly Column[],
  pages: Rows<Column>,
): AsyncGenerator<string, void> {
  return format === "csv" ? csvFile(columns, pages) : jsonFile(pages);
}

async function* csvFile<Column extends string>(
  columns: readonly Column[],
  pages: Rows<Column>,
): AsyncGenerator<string, void> {
  // With the first page: what cannot be read at all is no file that has begun.
  let head = byteOrderMark + csvLine(columns);
  for await (const rows of pages) {
    yield head + rows.map((row) => csvLine(columns.map((column) => row[column]))).join("");
    head = "";
  }
  if (head) yield head;
}

async function* jsonFile<Column extends string>(pages: Rows<Column>): AsyncGenerator<string, void> {
  let between = "[\n";
  for await (const rows of pages) {
    if (!rows.length) continue;
    yield between + rows.map((row) => JSON.stringify(row)).join(",\n");
    between = ",\n";
  }
  yield between === "[\n" ? "[]\n" : "\n]\n";
}
