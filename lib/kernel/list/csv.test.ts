import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csvLine } from "./csv";
import hostileCells from "./testing/hostile-cells.json";
import { tableFile, type FileFormat } from "./table-file";

type Separator = "," | ";" | "\t";

/**
 * The records of a text as spreadsheets read them, whichever separator they were told: a quote opens a cell only at its start, and what
 * comes behind its closing quote still belongs to it.
 */
function readTable(text: string, separator: Separator): string[][] {
  const records: string[][] = [];
  let [record, cell, at]: [string[], string, number] = [[], "", 0];
  while (at < text.length) {
    if (cell === "" && text[at] === '"') {
      for (at++; at < text.length && (text[at] !== '"' || text[at + 1] === '"'); at++)
        cell += text[at] === '"' ? text[at++] : text[at];
      at++;
    }
    while (at < text.length && text[at] !== separator && text[at] !== "\r" && text[at] !== "\n") cell += text[at++];
    record.push(cell);
    cell = "";
    if (text[at] === separator) {
      at++;
      continue;
    }
    at += text.startsWith("\r\n", at) ? 2 : 1;
    records.push(record);
    record = [];
  }
  return records;
}

const separators = [",", ";", "\t"] as const;
/** What a spreadsheet would calculate, also behind what it may strip. */
const isFormula = (cell: string): boolean => /^(?:"|\p{C}|\p{Z})*[=+\-@＝＋－＠]/u.test(cell);

describe("a record of CSV", () => {
  test.each([
    [["a", 1, true, null], '"a","1","true",""\r\n'],
    [['say "no", twice', "two\nlines", "cr\rhere"], '"say ""no"", twice","two\nlines","cr\rhere"\r\n'],
    [["=1+1", "+1", "-1", "@sum", "\tx"], '"\'=1+1","\'+1","\'-1","\'@sum","\'\tx"\r\n'],
    [['=HYPERLINK("http://x","y")', "\rx"], `"'=HYPERLINK(""http://x"",""y"")","'\rx"\r\n`],
    [[-5, "a=b", " =1"], '"-5","a=b","\' =1"\r\n'],
    [["over;=1", "a, =1", 'a;"=1', "why\n- this"], `"over;'=1","a,' =1","a;'""=1","why\n'- this"\r\n`],
  ])("%j", (cells, line) => expect(csvLine(cells)).toBe(line));

  test.each(separators.flatMap((separator) => hostileCells.map((cell) => [separator, cell] as const)))(
    "read with %j says %j and calculates nothing",
    (separator, cell) => {
      const read = readTable(csvLine(["before", cell, "behind"]) + csvLine([cell, cell]), separator);
      expect(read.flat().filter(isFormula)).toEqual([]);
      if (separator === ",") expect(read[0]![1]!.replaceAll("'", "")).toBe(cell.replaceAll("'", ""));
    },
  );

  const anyText = fc.string({ unit: fc.constantFrom(..."ab,;\"'=+-@＝\t\r\n é日\u200b") });

  test("calculates nothing whatever the text and the separator, and a number stays a number", () =>
    fc.assert(
      fc.property(
        fc.array(anyText, { minLength: 1, maxLength: 4 }),
        fc.constantFrom(...separators),
        (cells, separator) => {
          expect(readTable(csvLine(cells), separator).flat().filter(isFormula)).toEqual([]);
        },
      ),
    ));

  test("is read back as it was, but for apostrophes before what a spreadsheet would run", () =>
    fc.assert(
      fc.property(
        fc.array(fc.array(anyText, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
        (rows) => {
          const bare = (cells: string[][]) => cells.map((row) => row.map((cell) => cell.replaceAll("'", "")));
          expect(bare(readTable(rows.map(csvLine).join(""), ","))).toEqual(bare(rows));
        },
      ),
    ));

  test.each(["a=b", "1 - 1", "mail@example.org", "two\nlines", "a, b; c\td", "it's", "x+y"])(
    "leaves %j as it is",
    (cell) => {
      expect(csvLine([cell])).toBe(`"${cell}"\r\n`);
    },
  );
});

async function* pages<T>(...all: T[][]) {
  yield* all;
}
async function written(format: FileFormat, ...all: { a: string; b: number | null }[][]): Promise<string> {
  let text = "";
  for await (const piece of tableFile(format, ["b", "a"], pages(...all))) text += piece;
  return text;
}

describe("a file of rows", () => {
  test("is CSV with a byte order mark, a header and a line a row, however many pages it came in", async () => {
    expect(await written("csv", [{ a: "x", b: 1 }], [], [{ a: "y", b: null }])).toBe(
      '\uFEFF"b","a"\r\n"1","x"\r\n"","y"\r\n',
    );
    expect(await written("csv", [])).toBe('\uFEFF"b","a"\r\n');
    expect(await written("csv")).toBe('\uFEFF"b","a"\r\n');
  });

  test("is one JSON array, however many pages it came in", async () => {
    const rows = [
      { a: 'x\u2028"', b: 1 },
      { a: "y", b: null },
    ];
    expect(JSON.parse(await written("json", [rows[0]!], [], [rows[1]!]))).toEqual(rows);
    expect(JSON.parse(await written("json", []))).toEqual([]);
    expect(JSON.parse(await written("json"))).toEqual([]);
  });
});
